"""Changing a process: phases come and go, their durations change, and the cases in them follow."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.durations import Duration, Unit
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Message
from lotse.stages.process import services
from lotse.stages.process.queries import get_effect
from lotse.stages.process.queries.designs import latest_start
from lotse.stages.process.services import designing
from tests.world import World, acting

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
DURATIONS = st.builds(Duration, st.integers(1, 60), st.sampled_from(Unit))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@pytest.fixture
def world() -> World:
    return World()


def lasts(world: World, number: int | None, unit: str = "day") -> None:
    """Give the first phase another duration, and let the worker look."""
    values = {"duration_number": number, "duration_unit": unit if number else ""}
    ids = services.change_phases(
        world.process, {world.contacting: values}, by=acting(world.ines), now=world.now
    )
    world.go_on(*Case.objects.filter(pk__in=ids))


def open_names(world: World) -> list[str]:
    rows = world.process.phases.filter(kind=Phase.Kind.OPEN).order_by("position")
    return [phase.name_de for phase in rows]


def test_a_shorter_duration_makes_what_stands_there_overdue_at_once(world: World) -> None:
    lead = world.lead_of(world.anna)
    world.time_passes(until="2026-03-04 08:00")
    assert not Case.objects.get(pk=lead.pk).is_overdue(world.now)

    lasts(world, 3, "hour")

    lead.refresh_from_db()
    assert lead.overdue_at == world.now - timedelta(days=1, hours=20)
    assert world.history(lead)[-1] == "process.became_overdue"
    entry = Entry.objects.about(world.process).get()
    assert (entry.kind, entry.data["fields"]) == ("process.phase_changed", ["duration"])


@pytest.mark.parametrize(("number", "unit"), [(3, "week"), (None, "")])
def test_a_longer_one_ends_the_reminders(world: World, number: int | None, unit: str) -> None:
    world.process.follow_up_since = world.now
    world.process.save()
    lead = world.lead_of(world.anna)
    world.time_passes(until="2026-03-06 06:59")
    assert Case.objects.get(pk=lead.pk).is_overdue(world.now)

    lasts(world, number, unit)
    world.time_passes(until="2026-03-20 08:00")

    assert not Case.objects.get(pk=lead.pk).is_overdue(world.now)
    assert [m.state for m in Message.objects.filter(kind="follow-up")] == ["sent"]


def test_more_cases_than_go_on_at_once_are_left_to_the_worker(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(designing, "AT_ONCE", 2)
    world.leads_of(world.anna, 5)
    world.time_passes(until="2026-03-03 09:00")

    lasts(world, 1, "hour")
    assert Case.objects.filter(overdue_at__lte=world.now).count() == 2
    world.work()

    assert Case.objects.filter(overdue_at__lte=world.now).count() == 5


@pytest.mark.parametrize(
    ("duration", "told"),
    [
        (Duration(1, Unit.HOUR), (2, 0)),
        (Duration(2, Unit.DAY), (0, 0)),
        (Duration(4, Unit.DAY), (0, 1)),
        (None, (0, 1)),
    ],
)
def test_the_effect_is_told_before_and_is_what_happens(
    world: World, duration: Duration | None, told: tuple[int, int]
) -> None:
    world.lead_of(world.anna)
    world.time_passes(until="2026-03-03 09:00")
    world.lead_of(world.ben)
    held = world.lead_of(world.ben)
    world.task(held, due_on="2026-03-09")
    world.lead_of(world.anna)
    world.time_passes(until="2026-03-04 10:00")
    before = Case.objects.filter(overdue_at__lte=world.now).count()

    effect = get_effect({world.contacting: duration}, now=world.now)
    lasts(world, duration.number if duration else None, duration.unit if duration else "")

    assert (effect.overdue, effect.in_time) == told
    after = Case.objects.filter(overdue_at__lte=world.now).count()
    assert after == before + effect.overdue - effect.in_time


@given(duration=DURATIONS, now=MOMENTS, earlier=st.integers(0, 10**12))
def test_a_case_is_overdue_just_if_it_began_before_the_latest_start(
    duration: Duration, now: datetime, earlier: int
) -> None:
    start = latest_start(duration, zone=BERLIN, now=now)

    assert duration.after(start, zone=BERLIN) <= now
    assert duration.after(start + timedelta(microseconds=1), zone=BERLIN) > now
    assert duration.after(start - timedelta(microseconds=earlier), zone=BERLIN) <= now


def test_a_new_phase_stands_before_those_that_end_a_case(world: World) -> None:
    services.add_phase(
        phase=Phase(process=world.process, name_de="Angebot"), by=acting(world.ines), now=world.now
    )

    names = [p.name_de for p in world.process.phases.order_by("position")]
    assert names == ["Kontaktieren", "Qualifizieren", "Angebot", "Erfolgreich", "Erfolglos"]


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (1, ["Qualifizieren", "Kontaktieren"]),
        (2, ["Kontaktieren", "Qualifizieren"]),
        (99, ["Kontaktieren", "Qualifizieren"]),
        (-5, ["Qualifizieren", "Kontaktieren"]),
    ],
)
def test_a_phase_is_put_at_another_place(world: World, place: int, names: list[str]) -> None:
    services.place_phase(world.qualifying, place=place, by=acting(world.ines), now=world.now)

    assert open_names(world) == names


def test_a_removed_phase_hands_its_cases_on_and_stays_in_their_history(world: World) -> None:
    lead = world.lead_of(world.anna)
    closed = world.lead_of(world.ben)
    Case.objects.filter(pk=closed.pk).update(closed_at=world.now, outcome="won", stage="done")
    world.time_passes(until="2026-03-03 09:00")

    ids = services.remove_phase(
        world.contacting, to=world.qualifying, by=acting(world.ines), now=world.now
    )
    world.go_on(*Case.objects.filter(pk__in=ids))

    lead.refresh_from_db()
    assert (lead.phase, lead.clock_from) == (world.qualifying, world.now)
    assert world.history(lead)[-1] == "process.moved"
    assert Case.objects.get(pk=closed.pk).phase == world.contacting
    assert open_names(world) == ["Qualifizieren"]
    assert Entry.objects.about(world.process).get().data["cases"] == 1


def test_where_cases_stand_it_must_be_said_where_they_go(world: World) -> None:
    world.lead_of(world.anna)
    for to in (None, world.contacting, world.offering):
        with pytest.raises(services.WrongPlace):
            services.remove_phase(world.contacting, to=to, by=acting(world.ines), now=world.now)
    assert open_names(world) == ["Kontaktieren", "Qualifizieren"]


def test_the_last_open_phase_stays(world: World) -> None:
    services.remove_phase(world.contacting, to=None, by=acting(world.ines), now=world.now)

    with pytest.raises(services.LastPhase):
        services.remove_phase(world.qualifying, to=None, by=acting(world.ines), now=world.now)


def test_follow_up_needs_a_duration(world: World) -> None:
    world.process.phases.update(duration_number=None, duration_unit="")

    with pytest.raises(services.NoDuration):
        services.set_follow_up(
            world.process, is_on=True, values={}, by=acting(world.ines), now=world.now
        )
    assert Entry.objects.about(world.process).count() == 0


def test_switching_on_twice_keeps_since_when(world: World) -> None:
    for until in ("2026-03-03 09:00", "2026-03-04 09:00"):
        services.set_follow_up(
            world.process, is_on=True, values={}, by=acting(world.ines), now=world.now
        )
        world.time_passes(until=until)
    world.process.refresh_from_db()

    assert world.process.follow_up_since == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert Entry.objects.about(world.process).count() == 1
