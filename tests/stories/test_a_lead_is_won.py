"""A lead is won: a colleague has the opportunity; it is taken back while nothing was done on it."""

import pytest

from lotse.lifecycle.undo import CannotUndo
from lotse.records.accounts.models import MatchKey
from lotse.records.cases.models import Case
from lotse.records.outbox.models import Notice
from lotse.stages.closing import services as closing
from lotse.stages.process import services as process
from tests.world import World, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_winning_is_taken_back_while_nothing_was_done_on_the_opportunity(world: World) -> None:
    lead = world.lead_of(world.anna)
    act = closing.close_won(case=lead, hand_over_to=world.ben, by=acting(world.anna), now=world.now)
    world.time_passes(until="2026-03-02 10:00")

    world.undo(act, by=world.anna)

    lead.refresh_from_db()
    assert (lead.outcome, lead.stage, lead.phase) == ("", "process", world.contacting)
    assert not Case.objects.opportunities().exists()
    assert not Notice.objects.exists()
    assert MatchKey.objects.filter(of=MatchKey.Of.CASE).exclude(record_id=lead.pk).count() == 0

    again = closing.close_won(case=lead, by=acting(world.anna), now=world.now)
    world.go_on(lead)
    assert again.entries.count() == 3
    assert Case.objects.opportunities().get().assignee == world.anna


def test_not_when_somebody_worked_on_the_opportunity(world: World) -> None:
    lead = world.lead_of(world.anna)
    act = closing.close_won(case=lead, by=acting(world.anna), now=world.now)
    world.time_passes(until="2026-03-02 10:00")
    opportunity = Case.objects.opportunities().get()
    process.defer(
        case=opportunity, until=world.now.replace(day=9), by=acting(world.anna), now=world.now
    )

    with pytest.raises(CannotUndo) as refused:
        world.undo(act, by=world.anna)

    assert refused.value.code == "worked_on"
    assert Case.objects.opportunities().exists()


def test_a_lost_lead_is_opened_again_in_its_phase_with_its_clock_anew(world: World) -> None:
    lead = world.lead_of(world.anna)
    process.move(case=lead, phase=world.qualifying, by=acting(world.anna), now=world.now)
    closing.close_lost(case=lead, reason=world.not_interested, by=acting(world.anna), now=world.now)
    world.time_passes(until="2026-03-20 09:00")

    closing.reopen(case=lead, by=acting(world.carla), now=world.now)
    world.go_on(lead)

    assert (lead.outcome, lead.lost_reason, lead.stage) == ("", None, "process")
    assert (lead.phase, lead.clock_from) == (world.qualifying, world.now)
