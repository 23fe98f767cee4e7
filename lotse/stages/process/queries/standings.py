"""How cases stand in their phase, with all that the sentence on the page says (domain: 4)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from lotse.kernel.durations import Duration
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase
from lotse.stages.process.models import Series
from lotse.stages.process.queries.reminders import get_next_mail_on, get_run
from lotse.stages.process.rules.phases import STOPS, State, state_of


@dataclass(frozen=True)
class Standing:
    """The parts of the sentence: phase, duration, since when, next reminder, what would stop it."""

    state: State
    phase: Phase | None
    duration: Duration | None
    entered_at: datetime | None
    # From here the duration counts, until here it lasts.
    clock_from: datetime | None
    due_at: datetime | None
    # Since when it is overdue.
    overdue_since: datetime | None
    # Until when an appointment or a task keeps it from being overdue.
    held_until: datetime | None
    deferred_until: datetime | None
    reminders_sent: int
    next_reminder_at: datetime | None
    # What would end the reminders.
    stops: tuple[str, ...]


def get_standings(cases: Collection[Case], *, now: datetime) -> dict[int, Standing]:
    """Return how each case stands; three queries, however many they are."""
    prefetch_related_objects(list(cases), "phase")
    series = _get_series([c.pk for c in cases if c.is_overdue(now)])
    return {case.pk: _standing(case, series.get(case.pk), now=now) for case in cases}


def get_standing(case: Case, *, now: datetime) -> Standing:
    return get_standings([case], now=now)[case.pk]


def _get_series(case_ids: Iterable[int]) -> dict[int, Series]:
    found = Series.objects.filter(case__in=case_ids, ended_at=None)
    return {series.case_id: series for series in found.select_related("case__process")}


def _standing(case: Case, series: Series | None, *, now: datetime) -> Standing:
    state = state_of(
        clock_from=case.clock_from, due_at=case.due_at, overdue_at=case.overdue_at, now=now
    )
    is_overdue = state == State.OVERDUE
    return Standing(
        state=state,
        phase=case.phase,
        duration=case.phase.duration if case.phase else None,
        entered_at=case.phase_entered_at,
        clock_from=case.clock_from,
        due_at=case.due_at,
        overdue_since=case.overdue_at if is_overdue else None,
        held_until=case.held_until if state == State.HELD else None,
        deferred_until=case.deferred_until,
        reminders_sent=series.sent if series else 0,
        next_reminder_at=_next_reminder_at(series, now=now) if series else None,
        stops=STOPS if is_overdue else (),
    )


def _next_reminder_at(series: Series, *, now: datetime) -> datetime | None:
    run = get_run()
    day = get_next_mail_on(series, run=run)
    if day is None:
        return None
    # A day that was missed is made up by the next run.
    return max(run.moment_of(day), run.moment_of(run.first_day_from(now)))
