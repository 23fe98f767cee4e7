"""When the reminders of an overdue case begin, on which days they go out, and what ends them (domain: 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from lotse.kernel.durations import Duration, Unit
from lotse.kernel.language import mark
from lotse.kernel.reasons import sentence

INACTIVE = sentence("follow_up.inactive", mark("%(person)s is not active any more."))
REFUSED = sentence("follow_up.refused", mark("The mail server refused the mail."))
ENDED = sentence("follow_up.ended", mark("The reminders had ended by then."))
NOT_OVERDUE = sentence("follow_up.not_overdue", mark("The case was not overdue any more."))
OVERTAKEN = sentence("follow_up.overtaken", mark("A later reminder has taken its place."))
SWITCHED_OFF = sentence("follow_up.switched_off", mark("Follow-up was switched off."))


class Ending(StrEnum):
    """What ends a series of reminders."""

    MOVED = "moved"
    CLOSED = "closed"
    HANDED_OVER = "handed_over"
    DEFERRED = "deferred"
    APPOINTMENT = "appointment"
    TASK = "task"
    # The case is not overdue for another reason: its phase was given another duration.
    DURATION = "duration"


# What keeps a case from being overdue for a while, so that a new series may follow.
PASSING = frozenset({Ending.APPOINTMENT, Ending.TASK})
# What somebody can take back, so that the series goes on as if nothing had been.
TAKEN_BACK = frozenset({Ending.MOVED, Ending.CLOSED, Ending.HANDED_OVER, Ending.DEFERRED})


@dataclass(frozen=True)
class Run:
    """When the daily run is: a time of day on the wall of a zone."""

    time: time
    zone: ZoneInfo

    def moment_of(self, day: date) -> datetime:
        return datetime.combine(day, self.time, tzinfo=self.zone).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def last_day(self, now: datetime) -> date:
        """Return the day of the latest run that should have happened by now."""
        today = self.day_of(now)
        return today if self.moment_of(today) <= now else today - timedelta(days=1)

    def first_day_from(self, moment: datetime) -> date:
        """Return the day of the first run at or after a moment."""
        today = self.day_of(moment)
        return today if self.moment_of(today) >= moment else today + timedelta(days=1)


@dataclass(frozen=True)
class Watched:
    """What must be known of a case to begin, keep or end its series."""

    is_closed: bool
    assignee_id: int | None
    assigned_at: datetime | None
    phase_entered_at: datetime | None
    deferred_until: datetime | None
    overdue_at: datetime | None


@dataclass(frozen=True)
class Kept:
    """What must be known of a series."""

    started_at: datetime
    phase_entered_at: datetime
    assignee_id: int
    # The latest task by a person, or appointment in the future, entered since the series began.
    task_at: datetime | None = None
    appointment_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None


def ending_of(series: Kept, case: Watched, *, now: datetime) -> Ending | None:
    """Say what has ended a series; None while it goes on."""
    endings = {
        Ending.CLOSED: case.is_closed,
        Ending.HANDED_OVER: case.assignee_id != series.assignee_id,
        Ending.MOVED: case.phase_entered_at != series.phase_entered_at,
        Ending.DEFERRED: case.deferred_until is not None,
        # Entering it is what counts, even if it was cancelled or ticked off within the second.
        Ending.APPOINTMENT: _is_after(series.appointment_at, series.started_at),
        Ending.TASK: _is_after(series.task_at, series.started_at),
        Ending.DURATION: not is_overdue(case, now=now),
    }
    return next((ending for ending, holds in endings.items() if holds), None)


def _is_after(moment: datetime | None, start: datetime) -> bool:
    return moment is not None and moment > start


def ended_at(series: Kept, ending: Ending, *, now: datetime) -> datetime:
    """Return since when a series is over: what was entered ended it then, whenever that is seen."""
    moments = {Ending.APPOINTMENT: series.appointment_at, Ending.TASK: series.task_at}
    return moments.get(ending) or now


def is_overdue(case: Watched, *, now: datetime) -> bool:
    return case.overdue_at is not None and case.overdue_at <= now


def start_of(case: Watched, *, released_at: datetime | None, last: Kept | None) -> datetime | None:
    """
    Return the moment from which an overdue case is to be reminded of; None if it never is overdue.

    That is when it became overdue; or later, when whoever holds it now got it, when a task or
    appointment that kept it from being overdue was done with (`released_at`), or when the series
    before ended.
    """
    if case.overdue_at is None:
        return None
    moments = (
        case.overdue_at,
        released_at,
        case.assigned_at,
        last.ended_at if last and last.phase_entered_at == case.phase_entered_at else None,
    )
    return max(moment for moment in moments if moment is not None)


def is_again(last: Kept | None, case: Watched) -> bool:
    """Say whether a series follows one that a task or appointment ended, in the same stay in the phase."""
    return (
        last is not None
        and last.ending in PASSING
        and last.phase_entered_at == case.phase_entered_at
    )


def is_news(last: Kept | None, case: Watched) -> bool:
    """Say whether becoming overdue is to be told: not when only the hands have changed."""
    return (
        last is None
        or last.ending != Ending.HANDED_OVER
        or last.phase_entered_at != case.phase_entered_at
    )


def goes_on(last: Kept | None, case: Watched, *, start_at: datetime) -> bool:
    """
    Say whether the series that ended last goes on instead of a new one.

    It does when what ended it was taken back: the same stay in the phase, in the same hands, and
    nothing else that begins a series has happened since.
    """
    return (
        last is not None
        and last.ended_at is not None
        and last.ending in TAKEN_BACK
        and last.phase_entered_at == case.phase_entered_at
        and last.assignee_id == case.assignee_id
        and start_at <= last.ended_at
    )


@dataclass(frozen=True)
class Sent:
    """How far a series has come."""

    started_at: datetime
    # The day of the first mail that was really sent: all others are reckoned from it.
    anchor_on: date | None = None
    # The day of the latest mail, sent or tried.
    last_on: date | None = None


def next_mail_on(
    sent: Sent, *, interval: Duration, switched_on_at: datetime | None, run: Run
) -> date | None:
    """
    Return the day of the run that sends the next mail; None while follow-up is switched off.

    Mail n goes out on anchor + (n - 1) × interval. What would have gone out while it was switched
    off is not made up; of several days that were missed, only one mail remains.
    """
    if switched_on_at is None:
        return None
    if sent.anchor_on is None:
        return _first_mail_on(sent, switched_on_at=switched_on_at, run=run)
    last = max(sent.last_on or sent.anchor_on, sent.anchor_on)
    on_from = run.first_day_from(switched_on_at)
    return next(day for day in _days(sent.anchor_on, interval, last) if day >= on_from)


def _first_mail_on(sent: Sent, *, switched_on_at: datetime, run: Run) -> date:
    day_after = run.day_of(sent.started_at) + timedelta(days=1)
    # A first mail that could not be sent is tried again day by day: there is no anchor yet.
    again_on = sent.last_on + timedelta(days=1) if sent.last_on else day_after
    return max(day_after, again_on, run.first_day_from(switched_on_at))


def _days(anchor: date, interval: Duration, after: date) -> Iterator[date]:
    """Yield the days of a series that lie after a day."""
    longest = interval.number * {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31}[interval.unit]
    first = max(1, (after - anchor).days // longest)
    for n in count(first):
        day = interval.after_day(anchor, times=n)
        if day > after:
            yield day
