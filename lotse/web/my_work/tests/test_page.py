"""The page a person begins the day with: only what is theirs, most pressing first."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.cases.models import Case
from lotse.records.cases.services import change
from lotse.records.people.models import User
from tests.company import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


def page_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("my-work"))
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_is_asked_to_log_in(client: Client) -> None:
    assert client.get(reverse("my-work")).headers["Location"].startswith("/login/")


def test_what_was_due_yesterday_stands_before_what_is_due_today(company: Company) -> None:
    today = f"{company.now:%Y-%m-%d}"
    yesterday = f"{company.now - timedelta(days=1):%Y-%m-%d}"
    late = company.task(company.lead, due_on=yesterday)
    due = company.task(company.lead, due_on=today)

    page = page_of(company.anna)

    places = [page.index(reverse("task-completion", args=[task.pk])) for task in (late, due)]
    assert places == sorted(places)
    assert page.index('id="overdue"') < page.index('id="today"')


def test_a_lead_over_its_time_is_overdue(company: Company) -> None:
    ago = company.now - timedelta(days=400)
    change(company.lead, clock_from=ago, phase_entered_at=ago)
    Case.objects.filter(pk=company.lead.pk).update(overdue_at=ago + timedelta(days=2))

    assert "Phase überschritten: " in page_of(company.anna)
    assert "Phase überschritten: " not in page_of(company.dora)


def test_offers_are_shown_to_those_who_are_asked(company: Company) -> None:
    offer = reverse("offer", args=[company.offer_of(company.offered).pk])
    asked, other = page_of(company.ole), page_of(company.bernd)

    assert offer in asked
    assert offer not in other


def test_a_partner_reads_what_and_where_but_not_who_asks(company: Company) -> None:
    page = page_of(company.ole)

    assert "28195 Bremen" in page
    assert "Ehlers" not in page


def test_what_is_another_persons_is_not_on_the_page(company: Company) -> None:
    company.task(company.lead, due_on=f"{company.now:%Y-%m-%d}")

    page = page_of(company.dora)

    assert reverse("lead", args=[company.lead.pk]) not in page
    assert "Für heute ist alles getan" in page


def test_a_manager_is_told_what_waits_in_the_pool(company: Company) -> None:
    assert "in der Warteliste" in page_of(company.carla)
    assert "in der Warteliste" not in page_of(company.anna)


def test_working_through_in_order_opens_the_first_and_leads_to_the_next(company: Company) -> None:
    other = company.lead_of(company.anna, last_name="Zweite")
    company.task(company.lead, due_on=f"{company.now - timedelta(days=1):%Y-%m-%d}")
    company.task(other, due_on=f"{company.now:%Y-%m-%d}")
    client = Client()
    client.force_login(company.anna)

    first = client.post(reverse("my-work-walk"), follow=True)

    assert first.redirect_chain == [(reverse("lead", args=[company.lead.pk]), 302)]
    page = first.content.decode()
    assert f'href="{reverse("lead", args=[other.pk])}" rel="next"' in page


def test_a_task_that_was_put_off_comes_back_to_this_page(company: Company) -> None:
    task = company.task(company.lead, due_on=f"{company.now:%Y-%m-%d}")
    client = Client()
    client.force_login(company.anna)

    done = client.post(reverse("task-completion", args=[task.pk]), {"next": "/"})

    assert done.headers["Location"] == "/"
    task.refresh_from_db()
    assert task.done_by == company.anna
