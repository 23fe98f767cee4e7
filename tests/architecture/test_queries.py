"""That no page asks the database more often when there is more to show."""

from collections.abc import Mapping

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import save_account, save_contact
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Reason
from lotse.records.people.models import OpeningHours, Partner, Team
from tests.company import Company
from tests.pages import addresses, client_of

pytestmark = pytest.mark.django_db
MORE = 12


def more_of_everything(company: Company) -> None:
    """Add records of each kind, to those the pages show already."""
    company.leads_arrive(*(f"Neu {n}" for n in range(MORE)))
    for n in range(MORE):
        account = save_account(Account(name=f"Werft {n}", created_at=company.now))
        contact = Contact(first_name="Uwe", last_name=f"Lenz {n}", account=company.account)
        contact.created_at = company.now
        save_contact(contact)
        lead = company.lead_of(company.ines, last_name=f"Arbeit {n}", account=account)
        company.task(lead, due_on=f"{company.now:%Y-%m-%d}")
        company.task(company.lead, due_on=f"{company.now:%Y-%m-%d}")
        company.person(f"Person{n} Neu", "sales_rep", team=company.south)
        company.rule_for(target="team", target_team=company.south)
        company.area.pk = None
        company.area.save()
        Partner.objects.create(name=f"Partner {n}", hours=company.hours)
        Team.objects.create(name=f"Team {n}", hours=company.hours)
        hours = OpeningHours.objects.create(name=f"Hours {n}", zone="Europe/Berlin")
        company.hours.closed_days.create(day=f"2099-01-{n + 1:02}", name=f"Tag {n}")
        Partner.objects.create(name=f"Other {n}", hours=hours)
        Reason.objects.create(use=Reason.Use.LOST, key=f"r{n}", name_de=f"Grund {n}")


def queries(client: Client, address: str) -> int:
    # Once before, so that what is read once in a process does not count.
    client.get(address, follow=True)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.get(address, follow=True)
    return len(caught)


def grown(client: Client, pages: Mapping[str, str], company: Company) -> dict[str, tuple[int, int]]:
    """Return the pages that ask more often once there is more, with both numbers of queries."""
    # A list is remembered for the pages of its rows, which ask for their neighbours then.
    for at in pages.values():
        client.get(at, follow=True)
    few = {name: queries(client, at) for name, at in pages.items()}
    more_of_everything(company)
    many = {name: queries(client, at) for name, at in pages.items()}
    return {name: (few[name], many[name]) for name in few if many[name] > few[name]}


@login_not_required
def offender(_request: HttpRequest) -> HttpResponse:
    names = [case.lead_type.name for case in Case.objects.all() if case.lead_type]
    return HttpResponse(" ".join(names))


urlpatterns = [path("offender/", offender)]


def test_a_page_makes_as_many_queries_for_many_rows_as_for_few() -> None:
    company = Company()

    assert grown(client_of(company, "ines"), addresses(company, "ines"), company) == {}


@pytest.mark.urls(__name__)
def test_a_page_that_asks_for_each_row_is_noticed() -> None:
    assert set(grown(Client(), {"offender": "/offender/"}, Company())) == {"offender"}
