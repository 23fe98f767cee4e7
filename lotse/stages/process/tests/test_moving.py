"""Moves: any phase to any other, kept with how long it stayed, guarded where the phase says so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotse.records.cases.models import Case
from lotse.records.cases.services import CaseChanged
from lotse.records.catalog.models import Process
from lotse.records.journal.models import Entry
from lotse.stages.process import services as process
from lotse.stages.process.facts import Moved
from lotse.stages.process.work import work
from tests.world import World, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_whoever_gets_a_lead_finds_it_in_the_first_phase(world: World) -> None:
    lead = world.lead_of(world.anna)

    assert lead.phase == world.contacting
    assert lead.clock_from == lead.assigned_at == world.now
    assert lead.due_at == lead.wake_at == world.now + timedelta(days=2)


def test_the_clock_of_the_first_phase_runs_from_the_acceptance(world: World) -> None:
    accepted = world.now - timedelta(hours=3)

    lead = world.lead_of(world.anna, accepted_at=accepted)

    assert lead.phase_entered_at == world.now
    assert lead.due_at == accepted + timedelta(days=2)


def test_the_lead_type_says_in_which_process_a_lead_begins(world: World) -> None:
    other = Process.objects.create(key="other", kind="lead", name_de="Anders", position=9)
    first = other.phases.create(position=1, name_de="Anfang")
    world.test_drive.processes.add(other)

    assert world.lead_of(world.anna).phase == first


def test_a_move_says_from_where_to_where_and_how_long_it_stayed(world: World) -> None:
    lead = world.lead_of(world.anna)
    world.time_passes(until="2026-03-03 09:30")

    process.move(case=lead, phase=world.qualifying, by=acting(world.anna), now=world.now)

    world.go_on(lead)
    assert lead.phase == world.qualifying
    assert lead.due_at == world.now + timedelta(weeks=1)
    fact = Entry.objects.about(lead).get(kind=Moved.kind).fact
    assert isinstance(fact, Moved)
    assert (fact.from_phase_id, fact.stayed) == (world.contacting.pk, 24.5 * 3600)


def test_dropped_where_it_is_nothing_happens(world: World) -> None:
    lead = world.lead_of(world.anna)
    before = world.history(lead)

    act = process.move(case=lead, phase=world.contacting, by=acting(world.anna), now=world.now)

    assert act is None
    assert world.history(lead) == before


def test_a_move_is_taken_back_with_its_clock(world: World) -> None:
    lead = world.lead_of(world.anna)
    due_at = lead.due_at
    world.time_passes(until="2026-03-03 09:30")
    act = process.move(case=lead, phase=world.qualifying, by=acting(world.anna), now=world.now)
    world.go_on(lead)

    world.undo(act, by=world.anna)

    lead.refresh_from_db()
    assert (lead.phase, lead.due_at) == (world.contacting, due_at)


def test_only_managers_move_out_of_a_guarded_phase(world: World) -> None:
    lead = world.lead_of(world.anna)
    world.contacting.only_managers_leave = True
    world.contacting.save()

    with pytest.raises(process.CannotMove) as refused:
        process.move(case=lead, phase=world.qualifying, by=acting(world.anna), now=world.now)
    assert refused.value.reason.code == "move.guarded"

    process.move(
        case=lead, phase=world.qualifying, by=acting(world.carla), now=world.now, as_manager=True
    )
    assert lead.phase == world.qualifying


def test_a_phase_is_entered_with_the_fields_it_needs(world: World) -> None:
    lead = world.lead_of(world.anna)
    world.qualifying.required_fields = ["value", "product"]
    world.qualifying.save()

    with pytest.raises(process.CannotMove) as refused:
        process.move(case=lead, phase=world.qualifying, by=acting(world.anna), now=world.now)

    assert refused.value.reason.values["fields"] == ["value", "product"]


@pytest.mark.parametrize("kind", ["won", "lost"])
def test_a_phase_that_ends_a_case_is_only_reached_by_closing(world: World, kind: str) -> None:
    lead = world.lead_of(world.anna)
    last = world.process.phases.get(kind=kind)

    with pytest.raises(process.CannotMove) as refused:
        process.move(case=lead, phase=last, by=acting(world.anna), now=world.now)

    assert refused.value.reason.code == "move.ends_here"
    lead.refresh_from_db()
    assert lead.phase == world.contacting


def test_a_lead_does_not_go_into_a_process_for_opportunities(world: World) -> None:
    lead = world.lead_of(world.anna)

    with pytest.raises(process.CannotMove) as refused:
        process.move(case=lead, phase=world.offering, by=acting(world.anna), now=world.now)

    assert refused.value.reason.code == "move.wrong_kind"


def test_a_card_that_somebody_else_moved_is_not_moved_unseen(world: World) -> None:
    lead = world.lead_of(world.anna)
    seen = lead.version
    process.move(case=lead, phase=world.qualifying, by=acting(world.ben), now=world.now)

    with pytest.raises(CaseChanged):
        process.move(
            case=lead, phase=world.contacting, by=acting(world.anna), now=world.now, version=seen
        )


def test_another_process_is_entered_at_its_first_phase(world: World) -> None:
    other = Process.objects.create(key="other", kind="lead", name_de="Anders", position=9)
    first = other.phases.create(position=1, name_de="Anfang")
    lead = world.lead_of(world.anna)

    process.change_process(case=lead, process=other, by=acting(world.anna), now=world.now)

    lead.refresh_from_db()
    assert (lead.process, lead.phase) == (other, first)


def test_many_are_moved_as_one_act_and_what_can_not_go_stays(world: World) -> None:
    leads = world.leads_of(world.anna, 3)
    there = world.lead_of(world.anna)
    process.move(case=there, phase=world.qualifying, by=acting(world.anna), now=world.now)
    nobodys = Case.objects.create(created_at=world.now, stage="assignment")

    act = process.move_many(
        cases=[*leads, there, nobodys],
        phase=world.qualifying,
        by=acting(world.carla),
        now=world.now,
    )

    assert act.entries.count() == 3
    assert set(Case.objects.filter(phase=world.qualifying)) == {*leads, there}
    world.undo(act, by=world.carla)
    assert set(Case.objects.filter(phase=world.contacting)) == set(leads)


def test_the_number_of_queries_does_not_grow_with_the_batch(world: World) -> None:
    def arrive(count: int) -> list[Case]:
        rows = [
            Case(
                stage="process", assignee=world.anna, assigned_at=world.now, created_at=world.now,
                wake_at=world.now,
            )
            for _ in range(count)
        ]  # fmt: skip
        return Case.objects.bulk_create(rows)

    def spent(count: int) -> list[int]:
        """Count the queries of a first phase, a move of all, and all becoming overdue."""
        cases = arrive(count)
        world.now += timedelta(minutes=1)
        later = world.now + timedelta(days=30)
        acts: list[Callable[[], object]] = [
            lambda: work(cases, now=world.now),
            lambda: process.move_many(
                cases=cases, phase=world.qualifying, by=acting(world.anna), now=world.now
            ),
            lambda: work(list(Case.objects.filter(pk__in=[c.pk for c in cases])), now=later),
        ]
        return [count_queries(act) for act in acts]

    assert spent(3) == spent(60)


def count_queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)
