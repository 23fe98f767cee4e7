"""What happens to cases in the process by itself: the first phase, the way back from a deferral."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import prefetch_related_objects

from lotse.kernel.actors import SYSTEM
from lotse.records.cases.models import Case
from lotse.records.cases.overdue import rederive
from lotse.records.cases.services import write_many
from lotse.records.journal.services import Line, record_all
from lotse.stages.process.facts import CameBack, PhaseEntered
from lotse.stages.process.queries import get_first_phases
from lotse.stages.process.rules.phases import clock_of_first_phase
from lotse.stages.process.services.deferring import take_up
from lotse.stages.process.services.moving import COLUMNS, enter


def hand_back(cases: Sequence[Case]) -> None:
    """Stop the clock of cases that nobody holds any more; the next holder's begins anew."""
    if not cases:
        return
    for case in cases:
        case.clock_from = None
    write_many(cases, ("clock_from",))


def come_back(cases: Sequence[Case], *, now: datetime) -> None:
    """Take up the cases whose deferral is over."""
    if not cases:
        return
    prefetch_related_objects(cases, "phase", "deferred_to_phase")
    for case in cases:
        take_up(case, now=now)
    write_many(cases, COLUMNS)
    lines = [Line(CameBack(phase_id=case.phase_id), about=case) for case in cases]
    record_all(lines, by=SYSTEM, at=now)


def enter_first_phases(cases: Sequence[Case], *, now: datetime) -> None:
    """
    Let cases that somebody holds into the first phase of their process, or start their clock anew.

    Where there is no process at all, a case stays without a phase.
    """
    if not cases:
        return
    phases = get_first_phases([case for case in cases if case.phase_id is None])
    lines = []
    for case in cases:
        clock = clock_of_first_phase(
            accepted_at=case.accepted_at, assigned_at=case.assigned_at, now=now
        )
        if case.phase_id is not None:
            case.clock_from = clock
        elif case.pk in phases:
            phase = phases[case.pk]
            enter(case, phase, now=now, clock_from=case.clock_from or clock)
            fact = PhaseEntered(phase_id=phase.pk, process_id=phase.process_id)
            lines.append(Line(fact, about=case))
    write_many(cases, COLUMNS)
    record_all(lines, by=SYSTEM, at=now)


def keep_due(cases: Sequence[Case]) -> None:
    """Derive anew when cases are due: somebody may have given their phase another duration."""
    prefetch_related_objects(cases, "phase")
    before = {case.pk: (case.due_at, case.overdue_at) for case in cases}
    rederive(cases, zone=ZoneInfo(settings.HOME_ZONE))
    write_many([c for c in cases if (c.due_at, c.overdue_at) != before[c.pk]], ())
