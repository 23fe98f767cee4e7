"""The entrance of the process: into the first phase, back from a deferral, overdue or not."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lotse.kernel.moves import Leave, Move, Wait
from lotse.records.cases.models import Case
from lotse.stages.process.rules.phases import next_look
from lotse.stages.process.services import staying
from lotse.stages.process.services.watching import watch


def work(cases: Sequence[Case], *, now: datetime) -> Mapping[int, Move]:
    """Do what is due by itself; who is closed goes on, who is nobody's goes back to be assigned."""
    closed = [c for c in cases if c.is_closed]
    given_up = [c for c in cases if not c.is_closed and c.assignee_id is None]
    held = [c for c in cases if not c.is_closed and c.assignee_id is not None]

    staying.hand_back(given_up)
    staying.come_back([c for c in held if c.deferred_until and c.deferred_until <= now], now=now)
    staying.enter_first_phases([c for c in held if _wants_clock(c)], now=now)
    staying.keep_due(held)
    watch(cases, now=now)

    moves: dict[int, Move] = {case.pk: Wait(_next_look(case, now=now)) for case in held}
    moves |= {case.pk: Leave("finished") for case in closed}
    moves |= {case.pk: Leave("handed_back") for case in given_up}
    return moves


def _wants_clock(case: Case) -> bool:
    return (case.phase_id is None or case.clock_from is None) and case.deferred_until is None


def _next_look(case: Case, *, now: datetime) -> datetime | None:
    return next_look(deferred_until=case.deferred_until, overdue_at=case.overdue_at, now=now)
