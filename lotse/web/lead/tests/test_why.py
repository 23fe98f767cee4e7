"""The panel that says why a lead is with whom it is with."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from lotse.access.telling.when import Reader
from lotse.access.viewer import get_viewer
from lotse.records.activities.holds import zone_of
from lotse.records.cases.models import Case
from lotse.records.people.models import User
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.assignment.rules import Target
from lotse.web.lead.why import Why, get_why
from tests.company import Company
from tests.world import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


def why(viewer: User, case: Case, company: Company) -> Why | None:
    case.refresh_from_db()
    reader = Reader("en", zone_of(viewer), company.now)
    with override("en"):
        return get_why(get_viewer(viewer), case, reader)


def test_a_rule_that_asked_is_told_with_all_who_could_have_been(company: Company) -> None:
    AssignmentRule.objects.all().delete()
    company.rule_for(
        target=Target.TEAM.value, target_team=company.north, name_de="Nord", name_en="Nord"
    )
    company.person("Erik Ebel", "sales_rep", team=company.north, is_active=False)
    company.person("Fred Funk", "sales_rep", team=company.north)
    [case] = company.leads_arrive("Gruber")

    found = why(company.ines, case, company)

    assert found is not None
    assert found.title.startswith("Why is ")
    [one] = found.rounds
    assert one.rule == "Nord"
    [chosen] = [c for c in one.candidates if c.is_chosen]
    assert one.candidates[0] == chosen
    assert {c.name for c in one.candidates} >= {"Dora Dietz", "Fred Funk"}
    assert chosen.name in found.decision.text


def test_a_partner_is_told_that_they_are_asked_and_nothing_of_the_house(company: Company) -> None:
    found = why(company.ole, company.offered, company)

    assert found is not None
    assert (found.rounds, found.version, found.decision.because) == ([], None, ())


def test_what_was_given_by_hand_says_by_whom(company: Company) -> None:
    assignment.assign(
        case=company.lead, to=company.ben, by=acting(company.carla), now=company.now, note=""
    )

    found = why(company.ben, company.lead, company)

    assert found is not None
    assert found.title == "Why do I have this lead?"
    assert "Carla" in found.decision.text
    assert found.rounds == []


def test_the_panel_stands_on_the_page(client: Client, company: Company) -> None:
    client.force_login(company.ines)

    page = client.get(reverse("lead", args=[company.offered.pk])).content.decode()

    assert 'id="why-title"' in page
    assert "Fassung" in page
