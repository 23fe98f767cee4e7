"""When a case is due and from when it is overdue: derived here, kept in columns for the lists (domain: 4)."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from lotse.kernel.durations import Duration
from lotse.records.cases.models import Case

# The columns that `rederive` may change.
COLUMNS = ("due_at", "overdue_at")


def due_at(
    clock_from: datetime | None, duration: Duration | None, *, zone: ZoneInfo
) -> datetime | None:
    """Return when the duration of a phase has passed; None where nothing counts."""
    if clock_from is None or duration is None:
        return None
    return duration.after(clock_from, zone=zone)


def overdue_at(
    due: datetime | None,
    *,
    held_until: datetime | None,
    is_held: bool,
    is_closed: bool,
    is_deferred: bool,
) -> datetime | None:
    """
    Return the moment from which a case is overdue if nothing happens.

    Nobody's, closed and deferred cases are never overdue. While an appointment lies ahead or a task
    is open and not past its day (`held_until`), the case is not; it becomes so again afterwards.
    """
    if due is None or not is_held or is_closed or is_deferred:
        return None
    return max(due, held_until) if held_until else due


def rederive(cases: Iterable[Case], *, zone: ZoneInfo) -> None:
    """Set the derived columns of cases in memory; their `phase` must be at hand. The caller saves."""
    for case in cases:
        duration = case.phase.duration if case.phase else None
        case.due_at = due_at(case.clock_from, duration, zone=zone)
        case.overdue_at = overdue_at(
            case.due_at,
            held_until=case.held_until,
            is_held=case.assignee_id is not None,
            is_closed=case.is_closed,
            is_deferred=case.deferred_until is not None,
        )
