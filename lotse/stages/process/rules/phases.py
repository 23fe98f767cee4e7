"""How a case stands in its phase, whether it may move, and when to look at it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lotse.kernel.language import mark
from lotse.kernel.reasons import Reason, because, sentence

# From this part of a phase's duration on, a case is shown yellow.
YELLOW_FROM = 0.75

# What would end the reminders of an overdue case; the pages say them in words.
STOPS = ("phase", "appointment", "task")

CLOSED = sentence("move.closed", mark("The case is closed."))
NOT_IN_PROCESS = sentence("move.not_in_process", mark("Nobody works on the case yet."))
GUARDED = sentence("move.guarded", mark("Only managers move a case out of %(phase)s."))
MISSING = sentence("move.missing", mark("%(phase)s needs: %(fields)s."))
WRONG_KIND = sentence("move.wrong_kind", mark("%(phase)s is not a phase for this kind of case."))
ENDS_HERE = sentence("move.ends_here", mark("%(phase)s ends the case: close it."))


class State(StrEnum):
    """How a case stands in its phase; the pages say it in a word and a colour."""

    # Nothing counts: closed, deferred, nobody's, or a phase without a duration.
    UNTIMED = "untimed"
    FINE = "fine"
    YELLOW = "yellow"
    # Past its due moment, but an appointment ahead or an open task keeps it from being overdue.
    HELD = "held"
    OVERDUE = "overdue"


def state_of(
    *,
    clock_from: datetime | None,
    due_at: datetime | None,
    overdue_at: datetime | None,
    now: datetime,
) -> State:
    """Say how a case stands; `overdue_at` is empty where nothing can make it overdue."""
    if clock_from is None or due_at is None or overdue_at is None:
        return State.UNTIMED
    if overdue_at <= now:
        return State.OVERDUE
    if due_at <= now:
        return State.HELD
    yellow_at = clock_from + (due_at - clock_from) * YELLOW_FROM
    return State.YELLOW if yellow_at <= now else State.FINE


@dataclass(frozen=True)
class Wish:
    """What must be known of a case and the phase it is to move to."""

    is_closed: bool
    is_in_process: bool
    case_kind: str
    from_phase_id: int | None
    from_is_guarded: bool
    to_phase_id: int
    to_process_kind: str
    to_is_open: bool
    # The fields that the phase wants and the case does not have.
    missing: Sequence[str] = ()


def why_not_move(wish: Wish, *, as_manager: bool) -> Reason | None:
    """Say why a case can't move so; None if it can."""
    if wish.is_closed:
        return because(CLOSED)
    if not wish.is_in_process:
        return because(NOT_IN_PROCESS)
    if wish.from_is_guarded and not as_manager:
        return because(GUARDED, phase_id=wish.from_phase_id)
    return _why_not_there(wish)


def _why_not_there(wish: Wish) -> Reason | None:
    if wish.to_process_kind != wish.case_kind:
        return because(WRONG_KIND, phase_id=wish.to_phase_id)
    if wish.missing:
        return because(MISSING, phase_id=wish.to_phase_id, fields=list(wish.missing))
    return None if wish.to_is_open else because(ENDS_HERE, phase_id=wish.to_phase_id)


def clock_of_first_phase(
    *, accepted_at: datetime | None, assigned_at: datetime | None, now: datetime
) -> datetime:
    """Return from when the first phase counts: acceptance, or assignment where nobody was asked."""
    return accepted_at or assigned_at or now


def next_look(
    *, deferred_until: datetime | None, overdue_at: datetime | None, now: datetime
) -> datetime | None:
    """Return the next moment at which something happens by itself; None: only when somebody acts."""
    if deferred_until is not None:
        return deferred_until
    return overdue_at if overdue_at is not None and overdue_at > now else None
