"""The week of a person."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.company import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


def test_the_week_of_an_appointment_shows_it_to_whoever_has_it(company: Company) -> None:
    day = f"{company.visit.starts_at:%Y-%m-%d}"

    for user, is_shown in ((company.anna, True), (company.dora, False)):
        client = Client()
        client.force_login(user)
        page = client.get(reverse("calendar"), {"day": day}).content.decode()
        assert (company.visit.title in page) == is_shown


@pytest.mark.parametrize("day", ["", "yesterday", "9999-12-31", "0001-01-01", "2026-02-30"])
def test_a_day_that_is_none_shows_this_week(client: Client, company: Company, day: str) -> None:
    client.force_login(company.anna)

    page = client.get(reverse("calendar"), {"day": day})

    assert page.status_code == 200
    assert page.context["is_this_week"]
