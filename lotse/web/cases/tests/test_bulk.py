"""Acts on many: what was ticked or filtered and no other, one undo for all, and a plain word on the rest."""

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.journal.models import Act
from tests.company import Company
from tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


def fair(company: Company, count: int) -> list[Case]:
    """Let leads arrive that nobody is asked about."""
    for rule in type(company.rule).objects.filter(is_on=True):
        rule.is_on = False
        rule.save()
    return open_cases([
        Case(last_name=f"Messe {n:03}", created_at=company.now, wake_at=None, stage=Case.Stage.ASSIGNMENT)
        for n in range(count)
    ])  # fmt: skip


def told(client: Client) -> str:
    """Return what the next page says was done."""
    page = client.get(reverse("leads"))
    return " ".join(str(message) for message in page.context["messages"])


def test_twenty_are_spread_over_three_and_taken_back(company: Company) -> None:
    leads = fair(company, 20)
    client = client_of(company, "carla")
    to = [company.anna, company.ben, company.dora]

    answer = client.post(
        reverse("leads-distribution"),
        {"case": [c.pk for c in leads], "to": [p.pk for p in to], "filled": "1"},
    )

    assert answer.headers["Location"] == reverse("leads")
    held = [Case.objects.filter(last_name__startswith="Messe", assignee=p).count() for p in to]
    assert sorted(held) == [6, 7, 7]
    assert "20 auf 3 Personen verteilt." in told(client)
    [act] = Act.objects.filter(kind="distribute")
    client.post(reverse("undo", args=[act.pk]))
    assert Case.objects.filter(last_name__startswith="Messe", assignee=None).count() == 20


def test_all_means_all_that_the_list_shows_and_no_other(company: Company) -> None:
    """Casebook LST-07: beyond the page, within the filter."""
    fair(company, 120)
    others = open_cases([
        Case(last_name="Andere", created_at=company.now, stage=Case.Stage.ASSIGNMENT)
        for _ in range(9)
    ])  # fmt: skip

    client_of(company, "carla").post(
        reverse("leads-distribution"),
        {"all": "1", "list": "group=new&q=Messe", "to": company.ben.pk, "filled": "1"},
    )

    assert Case.objects.filter(assignee=company.ben, last_name__startswith="Messe").count() == 120
    assert not Case.objects.filter(pk__in=[c.pk for c in others], assignee__isnull=False).exists()


def test_what_is_not_ones_own_stays_and_it_is_said(company: Company) -> None:
    """Casebook LST-07, as a rep who sees more than may be changed."""
    own = company.leads_of(company.anna, 3)
    bens = [company.lead_of(company.ben, team=company.south) for _ in range(2)]
    client = client_of(company, "anna")

    client.post(
        reverse("leads-move"),
        {"case": [c.pk for c in (*own, *bens)], "phase": company.qualifying.pk, "filled": "1"},
    )

    moved = Case.objects.filter(phase=company.qualifying)
    assert set(moved.values_list("pk", flat=True)) == {c.pk for c in own}
    assert "2 von 5 dürfen Sie nicht ändern." in told(client)


def test_what_one_may_not_see_is_not_even_counted(company: Company) -> None:
    """Casebook PRM-03, in bulk."""
    foreign = company.lead_of(company.dora)
    own = company.lead_of(company.anna)
    client = client_of(company, "anna")

    client.post(
        reverse("leads-move"),
        {"case": [own.pk, foreign.pk], "phase": company.qualifying.pk, "filled": "1"},
    )

    foreign.refresh_from_db()
    assert foreign.phase == company.contacting
    page = told(client)
    assert "1 nach" in page
    assert "dürfen Sie nicht" not in page


def test_closing_many_asks_for_a_reason(company: Company) -> None:
    """Casebook LST-10, in bulk."""
    leads = company.leads_of(company.anna, 3)
    client = client_of(company, "anna")
    cases = {"case": [c.pk for c in leads]}

    asked = client.post(reverse("leads-closure"), cases)
    empty = client.post(reverse("leads-closure"), {**cases, "filled": "1"})
    before = Case.objects.filter(outcome="lost").count()
    done = client.post(
        reverse("leads-closure"),
        {**cases, "reason": company.not_interested.pk, "filled": "1"},
    )

    assert asked.status_code == 200
    assert empty.status_code == 422
    assert "Bitte sagen Sie, warum." in empty.content.decode()
    assert all(f'value="{c.pk}"' in empty.content.decode() for c in leads)
    assert before == 0
    assert done.status_code == 302
    assert Case.objects.filter(outcome="lost").count() == 3


def test_without_a_selection_it_says_what_to_do(company: Company) -> None:
    page = client_of(company, "carla").post(reverse("leads-distribution"), {"filled": "1"})

    assert "Nichts ausgewählt" in page.content.decode()


def test_nobody_is_given_to_who_may_not_see_leads(company: Company) -> None:
    [lead] = fair(company, 1)

    page = client_of(company, "carla").post(
        reverse("leads-distribution"),
        {"case": lead.pk, "to": 999_999, "filled": "1"},
    )

    assert page.status_code == 422
    lead.refresh_from_db()
    assert lead.assignee is None
