"""The pages of accounts and contacts: as the owner, a colleague, a partner; lists, forms, consent."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.accounts.models import Account, Consent, Contact
from lotse.records.accounts.services import save_account
from lotse.records.people.models import User
from lotse.web.shared.slices import SIZE
from tests.company import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


def client_for(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def values(response: Any) -> dict[str, str]:
    """Return what the form on a page would send."""
    return {field.html_name: field.value() or "" for field in response.context["form"]}


def test_an_account_shows_its_people_and_cases(company: Company) -> None:
    page = client_for(company.anna).get(reverse("account", args=[company.account.pk]))

    text = page.content.decode()
    assert "Kranbau Ost GmbH" in text
    assert "Sabine Hartwig" in text
    assert reverse("lead", args=[company.lead.pk]) in text


def test_a_case_that_one_may_not_see_is_not_on_the_page(company: Company) -> None:
    Account.objects.filter(pk=company.account.pk).update(owner=company.dora)

    page = client_for(company.dora).get(reverse("account", args=[company.account.pk]))

    assert page.status_code == 200
    assert reverse("lead", args=[company.lead.pk]) not in page.content.decode()


@pytest.mark.parametrize("who", ["dora", "ole"])
def test_a_stranger_finds_nothing(company: Company, who: str) -> None:
    client = client_for(getattr(company, who))

    for name in ("account", "account-fields"):
        assert client.get(reverse(name, args=[company.account.pk])).status_code == 404
    for name in ("contact", "contact-fields", "contact-consents"):
        assert client.get(reverse(name, args=[company.contact.pk])).status_code == 404
    assert "Kranbau" not in client.get(reverse("accounts")).content.decode()
    assert "Hartwig" not in client.get(reverse("contacts")).content.decode()


def test_an_auditor_reads_and_is_refused_to_edit(company: Company) -> None:
    client = client_for(company.ruth)

    assert client.get(reverse("account", args=[company.account.pk])).status_code == 200
    assert client.get(reverse("account-fields", args=[company.account.pk])).status_code == 403
    assert client.get(reverse("contact-new")).status_code == 403


def test_a_search_finds_by_the_beginning_of_a_word(company: Company) -> None:
    client = client_for(company.ines)

    found = client.get(reverse("accounts"), {"q": "kranb"}).content.decode()
    nothing = client.get(reverse("accounts"), {"q": "xyzzy"}).content.decode()

    assert "Kranbau Ost GmbH" in found
    assert "Kranbau" not in nothing
    assert "xyzzy" in nothing


def test_a_long_list_goes_on_page_by_page(company: Company) -> None:
    for number in range(SIZE + 3):
        save_account(Account(name=f"Werft {number:03}", created_at=company.now))
    client = client_for(company.ines)

    first = client.get(reverse("accounts"))
    after = first.context["page"].after
    second = client.get(reverse("accounts"), {"after": after})

    names = [account.name for page in (first, second) for account in page.context["page"].rows]
    assert names == sorted(Account.objects.values_list("name", flat=True))
    assert second.context["page"].after is None


def test_htmx_gets_the_rows_alone(company: Company) -> None:
    part = client_for(company.ines).get(reverse("contacts"), headers={"HX-Request": "true"})

    assert b"<html" not in part.content
    assert b'id="rows"' in part.content


def test_an_account_is_created_and_belongs_to_whoever_created_it(company: Company) -> None:
    client = client_for(company.ben)

    refused = client.post(reverse("account-new"), {"name": ""})
    client.post(reverse("account-new"), {"name": "Neubau GmbH", "owner": company.ben.pk})

    assert refused.status_code == 422
    created = Account.objects.get(name="Neubau GmbH")
    assert created.owner == company.ben
    assert client.get(reverse("account", args=[created.pk])).status_code == 200


def test_two_who_edit_an_account_lose_nothing(company: Company) -> None:
    anna, carla = client_for(company.anna), client_for(company.carla)
    address = reverse("account-fields", args=[company.account.pk])
    hers, theirs = values(anna.get(address)), values(carla.get(address))

    carla.post(address, {**theirs, "phone": "0421 1", "city": "Bonn"})
    clash = anna.post(address, {**hers, "phone": "0421 2", "street": "Am Kai 1"})
    anna.post(address, {**values(clash), "keep-phone": "theirs"})

    assert clash.status_code == 422
    assert "Carla" in clash.content.decode()
    company.account.refresh_from_db()
    account = company.account
    assert (account.phone, account.city, account.street) == ("0421 1", "Bonn", "Am Kai 1")


def test_a_contact_joins_only_an_account_that_one_knows(company: Company) -> None:
    save_account(Account(name="Geheim AG", created_at=company.now))
    client = client_for(company.ben)
    wanted = {"last_name": "Roth", "account": "Geheim AG"}

    refused = client.post(reverse("contact-new"), wanted)

    assert refused.status_code == 422
    assert not Contact.objects.filter(last_name="Roth").exists()


def test_a_contact_keeps_an_account_that_the_editor_may_not_know(company: Company) -> None:
    Contact.objects.filter(pk=company.contact.pk).update(owner=company.dora)
    client = client_for(company.dora)
    address = reverse("contact-fields", args=[company.contact.pk])

    client.post(address, {**values(client.get(address)), "city": "Emden"})

    company.contact.refresh_from_db()
    assert (company.contact.city, company.contact.account) == ("Emden", company.account)


def test_a_consent_is_noted_with_its_wording(company: Company) -> None:
    client = client_for(company.anna)
    address = reverse("contact-consents", args=[company.contact.pk])
    wanted = {"channel": "mail", "state": "granted", "wording": "Ja, gern."}

    future = client.post(address, {**wanted, "since_on": "2999-01-01"})
    client.post(address, {**wanted, "since_on": f"{company.now:%Y-%m-%d}"})

    assert future.status_code == 422
    assert Consent.objects.get(contact=company.contact).state == "granted"
    page = client.get(reverse("contact", args=[company.contact.pk])).content.decode()
    assert "Ja, gern." in page
