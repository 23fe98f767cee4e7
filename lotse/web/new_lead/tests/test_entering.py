"""Entering a lead by hand: kept or handed into the round, once, and with hints of who is known."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.cases.models import Case, Inquiry
from lotse.records.people.models import User
from tests.company import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


def client_for(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def filled(client: Client, **typed: str) -> dict[str, str]:
    form = client.get(reverse("lead-new")).context["form"]
    return {"key": str(form["key"].value()), **typed}


def enter(user: User, **typed: str) -> Any:
    client = client_for(user)
    return client.post(reverse("lead-new"), filled(client, **typed), follow=True)


def test_whoever_keeps_a_lead_works_on_it_at_once(company: Company) -> None:
    page = enter(company.anna, last_name="Petersen", message="Bitte bald.", is_mine="on")

    case = Case.objects.get(last_name="Petersen")
    assert (case.assignee, case.stage) == (company.anna, Case.Stage.PROCESS)
    assert page.redirect_chain == [(reverse("lead", args=[case.pk]), 302)]
    assert "Bitte bald." in page.content.decode()
    assert Inquiry.objects.get(case=case).channel == "hand"


def test_a_lead_that_is_not_kept_goes_the_way_of_all(company: Company) -> None:
    enter(company.anna, last_name="Petersen")

    case = Case.objects.get(last_name="Petersen")
    assert case.assignee is None
    assert case.asked_partner == company.dressler


def test_a_form_that_is_sent_twice_is_one_lead(company: Company) -> None:
    client = client_for(company.anna)
    typed = filled(client, last_name="Petersen", is_mine="on")

    first = client.post(reverse("lead-new"), typed)
    again = client.post(reverse("lead-new"), typed)

    assert Case.objects.filter(last_name="Petersen").count() == 1
    assert again.headers["Location"] == first.headers["Location"]


@pytest.mark.parametrize("typed", [{}, {"city": "Kiel"}, {"email": "no address", "last_name": "x"}])
def test_what_cannot_be_a_lead_is_explained_and_kept_in_the_form(
    company: Company, typed: dict[str, str]
) -> None:
    before = Case.objects.count(), Inquiry.objects.count()

    page = enter(company.anna, **typed)

    assert page.status_code == 422
    assert 'class="error-summary"' in page.content.decode()
    assert all(value in page.content.decode() for value in typed.values())
    assert (Case.objects.count(), Inquiry.objects.count()) == before


def test_what_was_chosen_from_the_lists_stands_on_the_lead(company: Company) -> None:
    enter(
        company.anna,
        last_name="Petersen",
        lead_type=str(company.test_drive.pk),
        value="1200",
        is_mine="on",
    )

    case = Case.objects.get(last_name="Petersen")
    assert (case.lead_type, case.value) == (company.test_drive, Decimal(1200))


def test_known_contacts_are_hinted_to_those_who_may_see_them(company: Company) -> None:
    typed = {"last_name": "Hartwig", "email": "hartwig@example.com"}

    hers = client_for(company.anna).get(reverse("lead-new-known"), typed).content.decode()
    others = client_for(company.dora).get(reverse("lead-new-known"), typed).content.decode()

    assert "Sabine Hartwig" in hers
    assert "Sabine" not in others


def test_who_may_create_none_is_refused(company: Company) -> None:
    assert client_for(company.ruth).get(reverse("lead-new")).status_code == 403
    assert client_for(company.ruth).post(reverse("lead-new"), {}).status_code == 403
