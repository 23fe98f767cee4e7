"""Deferral: parked until a moment, then back by itself with its clock anew."""

from datetime import timedelta

import pytest

from lotse.stages.process import services as process
from tests.world import World, acting, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_what_is_put_off_is_not_overdue_and_comes_back_with_its_clock_anew(world: World) -> None:
    lead = world.lead_of(world.anna)
    back_at = at("2026-04-01 06:00")

    process.defer(case=lead, until=back_at, by=acting(world.anna), now=world.now)
    world.time_passes(until="2026-03-20 09:00")
    lead.refresh_from_db()
    assert (lead.overdue_at, lead.wake_at) == (None, back_at)

    world.time_passes(until="2026-04-02 05:00")
    lead.refresh_from_db()
    assert (lead.phase, lead.deferred_until) == (world.contacting, None)
    assert lead.overdue_at == back_at + timedelta(days=2)
    assert world.history(lead)[-2:] == ["process.deferred", "process.came_back"]


def test_it_can_come_back_into_another_phase(world: World) -> None:
    lead = world.lead_of(world.anna)

    process.defer(
        case=lead, until=at("2026-03-04 06:00"), phase=world.qualifying, by=acting(world.anna),
        now=world.now,
    )  # fmt: skip
    world.time_passes(until="2026-03-05 06:00")

    lead.refresh_from_db()
    assert (lead.phase, lead.phase_entered_at) == (world.qualifying, at("2026-03-04 06:00"))


def test_it_can_be_taken_up_before(world: World) -> None:
    lead = world.lead_of(world.anna)
    process.defer(case=lead, until=at("2026-04-01 06:00"), by=acting(world.anna), now=world.now)
    world.time_passes(until="2026-03-09 09:00")

    process.resume(case=lead, by=acting(world.anna), now=world.now)
    world.go_on(lead)

    assert lead.deferred_until is None
    assert lead.due_at == world.now + timedelta(days=2)


def test_moving_it_takes_it_up(world: World) -> None:
    lead = world.lead_of(world.anna)
    process.defer(case=lead, until=at("2026-04-01 06:00"), by=acting(world.anna), now=world.now)

    process.move(case=lead, phase=world.qualifying, by=acting(world.anna), now=world.now)

    assert lead.deferred_until is None


def test_putting_off_is_taken_back(world: World) -> None:
    lead = world.lead_of(world.anna)
    due_at = lead.due_at
    act = process.defer(
        case=lead, until=at("2026-04-01 06:00"), by=acting(world.anna), now=world.now
    )
    world.go_on(lead)

    world.undo(act, by=world.anna)

    lead.refresh_from_db()
    assert (lead.deferred_until, lead.overdue_at) == (None, due_at)


def test_a_moment_that_has_passed_is_refused(world: World) -> None:
    lead = world.lead_of(world.anna)

    with pytest.raises(process.NotAhead):
        process.defer(case=lead, until=world.now, by=acting(world.anna), now=world.now)


def test_what_nobody_works_on_can_not_be_put_off(world: World) -> None:
    lead = world.lead_of(world.anna)
    lead.assignee = None
    lead.save()

    with pytest.raises(process.CannotMove):
        process.defer(case=lead, until=at("2026-04-01 06:00"), by=acting(world.anna), now=world.now)
