"""What a change of a process would do now: which cases become overdue or cease to be, which mails go out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from lotse.kernel.durations import Duration
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process

# No case stands in a phase for longer than this; where to begin to look for a moment.
LONGEST = timedelta(days=366 * 100)
# What a database keeps of a moment.
STEP = timedelta(microseconds=1)

# Narrows cases to those a reader may see.
See = Callable[[QuerySet[Case]], QuerySet[Case]]


@dataclass(frozen=True)
class Effect:
    """How many cases a change makes overdue, and how many it lets be in time again."""

    overdue: int
    in_time: int


def get_effect(
    durations: Mapping[Phase, Duration | None], *, now: datetime, see: See | None = None
) -> Effect:
    """
    Say what other durations would do at this moment, without writing anything.

    Two counts for each phase, however many cases stand in it; only of those the reader may `see`.
    """
    zone = ZoneInfo(settings.HOME_ZONE)
    overdue = in_time = 0
    for phase, duration in durations.items():
        if duration == phase.duration:
            continue
        then = _overdue_with(duration, zone=zone, now=now)
        held: QuerySet[Case] = Case.objects.open().filter(
            phase=phase, assignee__isnull=False, deferred_until=None, clock_from__isnull=False
        )
        held = see(held) if see else held
        overdue += _among(held, then).exclude(overdue_at__lte=now).count()
        in_time += held.filter(overdue_at__lte=now).exclude(pk__in=_among(held, then)).count()
    return Effect(overdue, in_time)


def _among(held: QuerySet[Case], condition: Q | None) -> QuerySet[Case]:
    return held.none() if condition is None else held.filter(condition)


def _overdue_with(duration: Duration | None, *, zone: ZoneInfo, now: datetime) -> Q | None:
    """Return which cases are overdue with a duration; None if none ever is."""
    if duration is None:
        return None
    free = Q(held_until=None) | Q(held_until__lte=now)
    return free & Q(clock_from__lte=latest_start(duration, zone=zone, now=now))


def latest_start(duration: Duration, *, zone: ZoneInfo, now: datetime) -> datetime:
    """
    Return the latest moment (UTC) from which a duration has passed by now.

    A later start never ends earlier, so it is found by halving.
    """
    low, high = 0, LONGEST // STEP
    while low < high:
        middle = (low + high) // 2
        if duration.after(now - middle * STEP, zone=zone) <= now:
            high = middle
        else:
            low = middle + 1
    return (now - low * STEP).astimezone(UTC)


def get_phases_without_duration(process: Process) -> Sequence[Phase]:
    """Return the open phases in which nothing is ever overdue, in their order."""
    phases = process.phases.filter(kind=Phase.Kind.OPEN, duration_number=None)
    return list(phases.order_by("position", "pk"))
