"""Finding cases overdue: one series for each span, with its line in the journal, and its end."""

from collections.abc import Sequence
from datetime import datetime

from lotse.kernel.actors import SYSTEM
from lotse.records.cases.models import Case
from lotse.records.journal.services import Line, record_all
from lotse.records.outbox.services import cancel
from lotse.stages.process.facts import BecameOverdue, SeriesEnded
from lotse.stages.process.models import Series
from lotse.stages.process.queries.watches import Watch, get_watches
from lotse.stages.process.rules import follow_up as rules


def watch(cases: Sequence[Case], *, now: datetime) -> None:
    """End the series that something has ended, and begin one for each case that is overdue without."""
    watches = get_watches(cases, now=now)
    _end([one for one in watches if one.series and not one.series.ended_at], now=now)
    _begin([one for one in watches if not one.series or one.series.ended_at], now=now)


def _end(watches: Sequence[Watch], *, now: datetime) -> None:
    ended, lines = [], []
    for one in watches:
        series, kept = one.series, one.kept
        ending = rules.ending_of(kept, one.watched, now=now) if kept else None
        if series is None or kept is None or ending is None:
            continue
        series.ended_at = rules.ended_at(kept, ending, now=now)
        series.ended_by = ending.value
        ended.append(series)
        if series.sent:
            fact = SeriesEnded(ending=ending.value, sent=series.sent)
            lines.append(Line(fact, about=one.case))
    Series.objects.bulk_update(ended, ["ended_at", "ended_by"], batch_size=500)
    # What waits in the outbox does not leave any more: a series ends at once.
    waiting = [series.last_message_id for series in ended if series.last_message_id]
    cancel(waiting, reason=rules.ENDED, now=now)
    record_all(lines, by=SYSTEM, at=now)


def _begin(watches: Sequence[Watch], *, now: datetime) -> None:
    begun, resumed, lines = [], [], []
    for one in watches:
        case, last = one.watched, one.kept
        start_at = rules.start_of(case, released_at=one.released_at, last=last)
        if start_at is None or not rules.is_overdue(case, now=now):
            continue
        if one.series and rules.goes_on(last, case, start_at=start_at):
            resumed.append(one.series)
            continue
        begun.append(_series(one, start_at=start_at))
        if rules.is_news(last, case):
            lines.append(_overdue(one.case, since=start_at))
    Series.objects.filter(pk__in=[s.pk for s in resumed]).update(ended_at=None, ended_by="")
    Series.objects.bulk_create(begun, batch_size=1000)
    record_all(lines, by=SYSTEM, at=now)


def _series(one: Watch, *, start_at: datetime) -> Series:
    entered_at, assignee_id = one.watched.phase_entered_at, one.case.assignee_id
    # Who is overdue is held by somebody, in a phase whose clock runs.
    if entered_at is None or assignee_id is None:
        raise ValueError("nobody's case is overdue")
    return Series(
        case=one.case,
        started_at=start_at,
        phase_entered_at=entered_at,
        assignee_id=assignee_id,
        is_again=rules.is_again(one.kept, one.watched),
    )


def _overdue(case: Case, *, since: datetime) -> Line:
    fact = BecameOverdue(phase_id=case.phase_id or 0, since_at=since.isoformat())
    return Line(fact, about=case)
