"""Which reminders would go out on the days ahead, to whom and for which cases, if nobody does anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from lotse.kernel.durations import Duration
from lotse.records.cases.models import Case
from lotse.records.cases.overdue import due_at, overdue_at
from lotse.records.catalog.models import Process
from lotse.stages.process.models import FollowUpRun
from lotse.stages.process.queries.designs import See, latest_start
from lotse.stages.process.queries.reminders import get_run
from lotse.stages.process.queries.watches import Watch, get_watches
from lotse.stages.process.rules import follow_up as rules
from lotse.stages.process.rules.follow_up import Sent
from lotse.stages.process.rules.forecast import Plan, mails_ahead

BATCH = 500


def _all(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases


@dataclass(frozen=True)
class Design:
    """A process as it is, or as somebody is about to save it."""

    plan: Plan
    # Durations that differ from the saved ones, by phase; None: never overdue.
    durations: Mapping[int, Duration | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Ahead:
    """A mail that would go out; without a number there is nobody it could go to."""

    day: date
    case: Case
    number: int | None
    overdue_at: datetime


def saved(process: Process) -> Design:
    return Design(Plan(process.interval, process.follow_up_since, process.starts_again))


def first_day(*, now: datetime) -> date:
    """Return the day of the next run; one that is due and was not done yet is that one."""
    run = get_run()
    last = run.last_day(now)
    done = FollowUpRun.objects.filter(day__gte=last).exists()
    return last + timedelta(days=1) if done else last


def get_ahead(
    process: Process, *, design: Design, days: int, now: datetime, see: See = _all
) -> Iterator[Ahead]:
    """
    Yield the mails of the next `days` runs of a process, case by case, each case's in their order.

    Read in batches of cases that are or will be overdue by then; nothing is written.

    :param see: narrows cases to those the reader may see
    """
    if design.plan.switched_on_at is None:
        return
    first = first_day(now=now)
    last = first + timedelta(days=days - 1)
    end = get_run().moment_of(last)
    for cases in _batches(see(_concerned(process, design, end=end))):
        for watch in get_watches(cases, now=now):
            yield from _ahead(watch, design, first=first, last=last, now=now)


def _concerned(process: Process, design: Design, *, end: datetime) -> QuerySet[Case]:
    zone = ZoneInfo(settings.HOME_ZONE)
    late = Q(overdue_at__lte=end) & ~Q(phase__in=design.durations)
    for phase_id, duration in design.durations.items():
        if duration:
            started_by = latest_start(duration, zone=zone, now=end)
            late |= Q(phase=phase_id, clock_from__lte=started_by)
    cases = Case.objects.open().filter(process=process, assignee__isnull=False)
    return cases.filter(late | Q(deferred_until__lte=end)).select_related(
        "phase", "deferred_to_phase", "assignee"
    )


def _batches(cases: QuerySet[Case]) -> Iterator[Sequence[Case]]:
    last = 0
    while some := list(cases.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield some
        last = some[-1].pk


def _ahead(
    watch: Watch, design: Design, *, first: date, last: date, now: datetime
) -> Iterator[Ahead]:
    case = watch.case
    watched = _as_designed(watch, design)
    series = _series_of(watch, watched, design.plan, now=now)
    if series is None or watched.overdue_at is None or case.assignee is None:
        return
    sent, number = series
    run = get_run()
    for planned in mails_ahead(
        sent, number=number, plan=design.plan, run=run,
        can_arrive=case.assignee.is_active, first=first, last=last,
    ):  # fmt: skip
        # It must be overdue when the run looks: the next one then sends what this one did not.
        if run.moment_of(planned.day) >= watched.overdue_at:
            yield Ahead(planned.day, case, planned.number, watched.overdue_at)


def _as_designed(watch: Watch, design: Design) -> rules.Watched:
    """Return a case as the run will find it: back from its deferral, with the durations of the design."""
    case, watched = watch.case, watch.watched
    if case.deferred_until is None:
        if case.phase_id not in design.durations:
            return watched
        return replace(
            watched, overdue_at=_overdue_at(case, case.phase_id, case.clock_from, design)
        )
    phase_id = case.deferred_to_phase_id or case.phase_id
    overdue = _overdue_at(case, phase_id, case.deferred_until, design)
    entered = watched.phase_entered_at if case.deferred_to_phase_id is None else case.deferred_until
    return replace(watched, deferred_until=None, phase_entered_at=entered, overdue_at=overdue)


def _overdue_at(
    case: Case, phase_id: int | None, clock_from: datetime | None, design: Design
) -> datetime | None:
    phase = case.deferred_to_phase if case.deferred_to_phase_id == phase_id else case.phase
    duration = phase.duration if phase else None
    if phase_id is not None and phase_id in design.durations:
        duration = design.durations[phase_id]
    return overdue_at(
        due_at(clock_from, duration, zone=ZoneInfo(settings.HOME_ZONE)),
        held_until=case.held_until,
        is_held=True,
        is_closed=False,
        is_deferred=False,
    )


def _series_of(
    watch: Watch, watched: rules.Watched, plan: Plan, *, now: datetime
) -> tuple[Sent, int] | None:
    """Return the series that sends the mails, as it stands or as it will begin, and how many it has sent."""
    series, kept = watch.series, watch.kept
    if series and kept and series.ended_at is None:
        ending = rules.ending_of(kept, watched, now=now)
        if ending is None:
            is_sending = plan.starts_again or not series.is_again
            return (series.progress, series.sent) if is_sending else None
        kept = replace(kept, ended_at=rules.ended_at(kept, ending, now=now), ending=ending)
    start_at = rules.start_of(watched, released_at=watch.released_at, last=kept)
    if start_at is None:
        return None
    if series and rules.goes_on(kept, watched, start_at=start_at):
        return series.progress, series.sent
    if rules.is_again(kept, watched) and not plan.starts_again:
        return None
    return Sent(start_at), 0
