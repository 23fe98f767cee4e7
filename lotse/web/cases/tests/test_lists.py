"""The lists of leads and opportunities: groups, filters, pages, and who sees what."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.web.cases.queries import SIZE
from tests.company import Company
from tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


def text(client: Client, name: str = "leads", **query: str) -> str:
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def ids(client: Client, name: str = "leads", **query: str) -> list[int]:
    """Return the numbers of the cases that a page shows, in its order."""
    answer = client.get(reverse(name), query)
    return [row.pk for row in answer.context["rows"]]


def walked(client: Client, **query: str) -> list[int]:
    """Return the numbers of all cases, page after page."""
    address, found = f"{reverse('leads')}?group=active&{'&'.join(map('='.join, query.items()))}", []
    while address:
        page = client.get(address)
        found += [row.pk for row in page.context["rows"]]
        address = page.context["next"]
    return found


def test_three_groups_with_their_numbers(company: Company) -> None:
    client = client_of(company, "carla")

    new, active, done = client.get(reverse("leads")).context["tabs"]

    assert (new[1], active[1], done[1]) == (
        Case.objects.new().filter(kind="lead").count(),
        Case.objects.active().filter(kind="lead").count(),
        Case.objects.done().filter(kind="lead").count(),
    )
    assert company.lead.pk in ids(client, group="active")
    assert company.lead.pk not in ids(client, group="new")


def test_nobody_counts_or_sees_what_is_not_theirs(company: Company) -> None:
    client = client_of(company, "dora")

    page = client.get(reverse("leads"), {"group": "active"})

    assert [number for _, number, _ in page.context["tabs"]] == [0, 0, 0]
    assert "Hartwig" not in page.content.decode()


def test_leads_of_equal_values_are_leafed_through_once_each(company: Company) -> None:
    """Casebook LST-01: sorted by a column with equal values, up and down, nothing twice or never."""
    many = open_cases([
        Case(last_name="Gleich", created_at=company.now, assignee=company.anna, team=company.south,
             assigned_at=company.now, stage=Case.Stage.PROCESS)
        for _ in range(2 * SIZE + 5)
    ])  # fmt: skip
    client = client_of(company, "carla")

    for sort in (
        "name",
        "-name",
        "phase",
        "-phase",
        "assignee",
        "created",
        "-created",
        "value",
        "due",
    ):
        found = walked(client, sort=sort, q="Gleich")
        assert sorted(found) == sorted(c.pk for c in many), sort
        assert found == walked(client, sort=sort, q="Gleich"), sort


def test_going_back_shows_the_same_page(company: Company) -> None:
    open_cases([
        Case(last_name=f"Blatt {n:03}", created_at=company.now - timedelta(minutes=n), assignee=company.anna,
             team=company.south, assigned_at=company.now, stage=Case.Stage.PROCESS)
        for n in range(SIZE + 20)
    ])  # fmt: skip
    client = client_of(company, "carla")
    first = client.get(reverse("leads"), {"group": "active", "q": "Blatt"})
    second = client.get(first.context["next"])

    back = client.get(second.context["previous"])

    assert [r.pk for r in back.context["rows"]] == [r.pk for r in first.context["rows"]]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"assignee": "me"}, {"mine"}),
        ({"assignee": "me", "assignee_is": "not"}, {"other"}),
        ({"source": "none"}, {"mine", "other"}),
        ({"value_from": "20.000"}, {"mine"}),
        ({"value_to": "19999,99"}, {"other"}),
        ({"score_over": "70"}, {"mine"}),
        ({"overdue": "1"}, {"other"}),
        ({"q": "100%"}, {"mine"}),
        ({"q": "%"}, {"mine"}),
        ({"q": "kein-solcher"}, set()),
        # What makes no sense is passed over.
        ({"assignee": "'; --", "value_from": "viel", "sort": "nonsense", "after": "x"}, {"mine", "other"}),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(
    company: Company, query: dict[str, str], shown: set[str]
) -> None:
    Case.objects.filter(assignee__isnull=False).update(closed_at=company.now, outcome="joined")
    mine = company.lead_of(company.carla, company="100% Frisch GmbH", value=20_000, score=71)
    other = company.lead_of(company.anna, company="1000 Frisch GmbH", value=5_000, score=70)
    Case.objects.filter(pk=other.pk).update(overdue_at=company.now - timedelta(days=1))
    names = {mine.pk: "mine", other.pk: "other"}

    found = ids(client_of(company, "carla"), group="active", **query)

    assert {names[pk] for pk in found} == shown


def test_each_filter_can_be_taken_away_again(company: Company) -> None:
    client = client_of(company, "carla")
    page = client.get(reverse("leads"), {"group": "active", "q": "Hartwig", "overdue": "1"})

    without = {str(chip.label): address for chip, address in page.context["chips"]}

    assert len(without) == 2
    assert all("overdue=1" in a or "q=Hartwig" in a for a in without.values())


def test_each_emptiness_says_what_to_do(company: Company) -> None:
    client = client_of(company, "carla")

    assert "Nichts passt zu diesen Filtern" in text(client, group="active", q="xyzzy")
    Case.objects.update(opened_by=None)
    Case.objects.all().delete()
    assert "Keine neuen Leads" in text(client, group="new")
    assert "Niemand bearbeitet einen Lead" in text(client, group="active")
    assert "Hier sind keine Verkaufschancen" in text(client, "opportunities")


def test_a_partner_is_shown_neither_campaigns_nor_teams(company: Company) -> None:
    form = client_of(company, "ole").get(reverse("leads-filter")).content.decode()

    assert 'name="campaign"' not in form
    assert 'name="team"' not in form


def test_htmx_gets_the_list_alone_and_history_the_whole_page(company: Company) -> None:
    client = client_of(company, "carla")
    htmx: Any = {"headers": {"HX-Request": "true"}}
    again: Any = {"headers": {"HX-Request": "true", "HX-History-Restore-Request": "true"}}

    assert "<!doctype" not in client.get(reverse("leads"), **htmx).content.decode().lower()
    assert "<!doctype" in client.get(reverse("leads"), **again).content.decode().lower()


def test_the_opportunities_are_a_list_of_their_own(company: Company) -> None:
    found = ids(client_of(company, "carla"), "opportunities")

    assert found == [company.opportunity.pk]


def test_markup_in_a_name_stays_text(company: Company) -> None:
    company.lead_of(company.anna, last_name='"><img src=x onerror=window.pwned=1>')

    page = text(client_of(company, "carla"), group="active")

    assert not re.search(r"<img[^>]*onerror", page)


def test_each_filter_that_is_set_is_told_in_the_language_of_the_reader(company: Company) -> None:
    client = client_of(company, "carla")
    query = {
        "q": "Kran",
        "value_from": "10",
        "value_to": "20",
        "score_over": "5",
        "phase_is": "not",
    }
    query["phase"] = str(company.contacting.pk)

    chips = client.get(reverse("leads"), query).context["chips"]

    phase = f"nicht {company.contacting.name}"
    assert [chip.text for chip, _ in chips] == ["„Kran“", phase, "ab 10 €", "bis 20 €", "über 5"]
