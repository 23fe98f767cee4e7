"""Closing: unsuccessful needs a reason; a successful lead opens one opportunity; undone while untouched."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotse.records.cases.models import Case
from lotse.records.catalog.models import Reason
from lotse.records.outbox.models import Notice
from lotse.stages.closing import services as closing
from lotse.stages.closing.work import work
from tests.world import World, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_unsuccessful_keeps_reason_and_comment_and_ends_in_the_phase_for_it(world: World) -> None:
    lead = world.lead_of(world.anna)

    closing.close_lost(
        case=lead, reason=world.not_interested, comment="Hat gekauft", by=acting(world.anna),
        now=world.now,
    )  # fmt: skip
    world.go_on(lead)

    assert (lead.outcome, lead.stage, lead.closed_at) == ("lost", "done", world.now)
    assert (lead.lost_reason, lead.closing_comment) == (world.not_interested, "Hat gekauft")
    assert lead.phase == world.process.phases.get(kind="lost")
    assert (lead.overdue_at, lead.wake_at) == (None, None)


def test_without_a_reason_nothing_is_stored(world: World) -> None:
    lead = world.lead_of(world.anna)
    declined = Reason.objects.create(use=Reason.Use.DECLINED, key="far", name_de="Zu weit")

    for reason in (None, declined):
        with pytest.raises(closing.CannotClose) as refused:
            closing.close_lost(case=lead, reason=reason, by=acting(world.anna), now=world.now)
        assert refused.value.reason.code == "close.reason"

    lead.refresh_from_db()
    assert (lead.outcome, lead.phase) == ("", world.contacting)
    assert "closing.lost" not in world.history(lead)


def test_a_closed_case_is_not_closed_again(world: World) -> None:
    lead = world.lead_of(world.anna)
    closing.close_won(case=lead, by=acting(world.anna), now=world.now)

    with pytest.raises(closing.CannotClose) as refused:
        closing.close_lost(
            case=lead, reason=world.not_interested, by=acting(world.ben), now=world.now
        )

    assert refused.value.reason.code == "close.closed"


def test_what_nobody_holds_can_be_given_up_but_not_won(world: World) -> None:
    lead = Case.objects.create(created_at=world.now, stage="assignment", last_name="Niemand")

    with pytest.raises(closing.CannotClose):
        closing.close_won(case=lead, by=acting(world.carla), now=world.now)
    closing.close_lost(
        case=lead, reason=world.not_interested, by=acting(world.carla), now=world.now
    )

    assert lead.outcome == "lost"


def test_a_won_lead_opens_an_opportunity_for_the_same_person(world: World) -> None:
    lead = world.lead_of(world.anna, value=12_000, email="s.hartwig@x.example")

    closing.close_won(case=lead, by=acting(world.anna), now=world.now)
    world.go_on(lead)

    opportunity = lead.opened
    assert (lead.stage, opportunity.kind, opportunity.stage) == ("done", "opportunity", "process")
    assert (opportunity.assignee, opportunity.value) == (world.anna, Decimal(12_000))
    assert opportunity.email == "s.hartwig@x.example"
    assert not Notice.objects.exists()


def test_the_opportunity_begins_in_its_own_process(world: World) -> None:
    lead = world.lead_of(world.anna)
    closing.close_won(case=lead, by=acting(world.anna), now=world.now)

    world.time_passes(until="2026-03-02 09:01")

    lead.refresh_from_db()
    assert lead.opened.phase == world.offering
    assert world.history(lead.opened) == ["closing.opened_by_lead", "process.phase_entered"]


def test_handed_over_it_is_the_colleagues_who_is_told(world: World) -> None:
    lead = world.lead_of(world.anna)

    closing.close_won(case=lead, hand_over_to=world.ben, by=acting(world.anna), now=world.now)
    world.go_on(lead)

    assert lead.assignee == world.anna
    assert (lead.opened.assignee, lead.opened.team) == (world.ben, world.south)
    notice = Notice.objects.get()
    assert (notice.user, notice.case_id) == (world.ben, lead.opened.pk)


def test_nobody_who_is_not_active_is_handed_anything(world: World) -> None:
    lead = world.lead_of(world.anna)
    world.ben.is_active = False
    world.ben.save()

    with pytest.raises(closing.CannotClose):
        closing.close_won(case=lead, hand_over_to=world.ben, by=acting(world.anna), now=world.now)


def test_looked_at_again_it_opens_no_second_one(world: World) -> None:
    lead = world.lead_of(world.anna)
    closing.close_won(case=lead, by=acting(world.anna), now=world.now)

    work([lead], now=world.now)
    work([lead], now=world.now)

    assert Case.objects.opportunities().count() == 1


def test_an_opportunity_that_closes_opens_nothing(world: World) -> None:
    lead = world.lead_of(world.anna)
    closing.close_won(case=lead, by=acting(world.anna), now=world.now)
    world.time_passes(until="2026-03-03 09:00")
    opportunity = Case.objects.opportunities().get()

    closing.close_won(case=opportunity, by=acting(world.anna), now=world.now)
    world.go_on(opportunity)

    assert (opportunity.outcome, opportunity.stage) == ("won", "done")
    assert Case.objects.opportunities().count() == 1


def test_many_are_closed_and_taken_back_as_one_act(world: World) -> None:
    leads = world.leads_of(world.anna, 3)
    done = world.lead_of(world.anna)
    closing.close_won(case=done, by=acting(world.anna), now=world.now)

    act = closing.close_many_lost(
        cases=[*leads, done], reason=world.not_interested, by=acting(world.carla), now=world.now
    )
    assert act.entries.count() == 3
    assert Case.objects.filter(outcome="lost").count() == 3

    world.undo(act, by=world.carla)
    assert Case.objects.filter(outcome="lost").count() == 0
    assert Case.objects.filter(phase=world.contacting).count() == 3


def test_a_won_lead_is_not_opened_again(world: World) -> None:
    lead = world.lead_of(world.anna)
    closing.close_won(case=lead, by=acting(world.anna), now=world.now)

    with pytest.raises(closing.CannotClose) as refused:
        closing.reopen(case=lead, by=acting(world.carla), now=world.now)

    assert refused.value.reason.code == "close.not_lost"


def test_the_number_of_queries_does_not_grow_with_the_batch(world: World) -> None:
    def spent(count: int) -> int:
        ids = [lead.pk for lead in world.leads_of(world.anna, count)]
        closing.close_many_won(
            cases=Case.objects.filter(pk__in=ids),
            hand_over_to=world.ben,
            by=acting(world.carla),
            now=world.now,
        )
        leads = list(Case.objects.filter(pk__in=ids))
        with CaptureQueriesContext(connection) as queries:
            work(leads, now=world.now)
        return len(queries)

    # A statement takes a dozen new cases on SQLite.
    assert spent(2) == spent(12)
