"""Before somebody accepts, no page and no answer of Lotse tells a partner's people whom the lead is from."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from lotse.records.outbox.models import Notice
from tests.company import Company
from tests.pages import FILLED, address_of, routes

pytestmark = pytest.mark.django_db

TELLING = ("Ehlers", "5550100", "ehlers@example.com")


@pytest.fixture
def company() -> Company:
    return Company()


def pages_of(company: Company, who: str) -> dict[str, str]:
    """Return what this person reads on every page there is, and on those of the offered lead."""
    client = Client()
    client.force_login(getattr(company, who))
    paths = {address_of(route, company) for route in routes() if is_open(route)}
    paths |= {
        reverse(name, args=[company.offered.pk])
        for name in (
            "lead",
            "lead-history",
            "guide",
            "guide-account",
            "guide-contact",
            "guide-case",
        )
    }
    paths |= {
        reverse(name, args=[company.offer_of(company.offered).pk])
        for name in ("offer", "offer-refusal")
    }
    return {path: text_of(client.get(path, follow=True)) for path in paths}


def is_open(route: URLPattern) -> bool:
    return not route.pattern.converters or str(route.name) in FILLED


def text_of(answer: Any) -> str:
    return "" if answer.streaming else str(answer.content.decode(errors="replace"))


@pytest.mark.parametrize("who", ["ole", "paul"])
def test_no_page_names_the_person_to_those_who_are_only_asked(company: Company, who: str) -> None:
    found = {
        (path, word)
        for path, page in pages_of(company, who).items()
        for word in TELLING
        if word in page
    }

    assert found == set()


def test_the_page_of_the_lead_is_there_once_it_is_accepted(company: Company) -> None:
    client = Client()
    client.force_login(company.ole)
    lead = reverse("lead", args=[company.offered.pk])
    before = client.get(lead)

    offer = company.offer_of(company.offered)
    client.post(reverse("offer-acceptance", args=[offer.pk]))

    assert (before.status_code, client.get(lead).status_code) == (404, 200)


def test_the_bell_leads_to_the_offer(company: Company) -> None:
    client = Client()
    client.force_login(company.ole)

    page = client.get("/notices/").content.decode()

    assert reverse("offer", args=[company.offer_of(company.offered).pk]) in page
    assert "28195 Bremen" in page


def test_the_bell_of_others_leads_nowhere_they_may_not_go(company: Company) -> None:
    offer = company.offer_of(company.offered)
    notice = Notice.objects.filter(case_id=company.offered.pk).first()
    assert notice is not None
    Notice.objects.create(
        user=company.bernd,
        kind=notice.kind,
        data=notice.data,
        case_id=company.offered.pk,
        created_at=company.now,
    )
    client = Client()
    client.force_login(company.bernd)

    page = client.get("/notices/").content.decode()

    assert reverse("offer", args=[offer.pk]) not in page
    assert "28195" not in page


def test_the_mail_names_nobody_even_if_the_subject_does(company: Company) -> None:
    [lead] = company.leads_arrive("Vogel", subject="Anfrage von Heike Vogel")

    company.work()

    mails = [str(mail) for mail in company.mails(company.ole)]
    assert lead.asked_partner == company.dressler
    assert mails
    assert not [mail for mail in mails if "Vogel" in mail]


def test_inside_the_house_the_name_is_known(company: Company) -> None:
    client = Client()
    client.force_login(company.carla)

    page = client.get(reverse("offer", args=[company.offer_of(company.offered).pk]))

    assert "Ehlers" in page.content.decode()
