"""Moving cases into a phase: one by one or in bulk, also of another process."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.kernel.reasons import Reason
from lotse.records.cases.models import Case
from lotse.records.cases.services import CaseChanged, snapshot, write_many
from lotse.records.catalog.models import Phase, Process
from lotse.records.journal.models import Act
from lotse.records.journal.services import Line, begin, record_all
from lotse.stages.process.facts import Moved
from lotse.stages.process.queries import get_refusals

# What a move changes; kept as the former values, so that it can be taken back.
COLUMNS = (
    "process", "phase", "phase_entered_at", "clock_from", "deferred_until", "deferred_to_phase",
)  # fmt: skip


class CannotMove(Exception):
    """The case stays where it is; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@transaction.atomic
def move(
    *,
    case: Case,
    phase: Phase,
    by: Actor,
    now: datetime,
    as_manager: bool = False,
    version: int | None = None,
) -> Act | None:
    """
    Move a case into a phase and start its clock anew; None if it is there already.

    A phase that ends a case (won, lost) is reached by closing, which asks for what it needs.

    :raises CannotMove: if the case is closed, the phase guarded, or something is missing
    :raises CaseChanged: if `version` is given and somebody changed the case since
    """
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    if version is not None and case.version != version:
        raise CaseChanged(case.pk)
    if case.phase_id == phase.pk and not case.is_closed:
        return None
    refusals = get_refusals([case], phase, as_manager=as_manager)
    if refusals:
        raise CannotMove(refusals[case.pk])
    return _move([case], phase, by=by, now=now)


@transaction.atomic
def move_many(
    *, cases: Iterable[Case], phase: Phase, by: Actor, now: datetime, as_manager: bool = False
) -> Act:
    """
    Move many cases as one act; those that are there already, or can't move, stay as they are.

    What stays and why, `queries.get_refusals` says beforehand.
    """
    ids = [case.pk for case in cases]
    locked = Case.objects.select_for_update(of=("self",)).select_related("phase")
    found = list(locked.filter(pk__in=ids).exclude(phase=phase).order_by("id"))
    refused = get_refusals(found, phase, as_manager=as_manager)
    return _move([c for c in found if c.pk not in refused], phase, by=by, now=now)


def change_process(
    *, case: Case, process: Process, by: Actor, now: datetime, as_manager: bool = False
) -> Act | None:
    """
    Move a case into the first phase of another process; None if it is in that process already.

    :raises CannotMove: as `move`
    """
    first = process.phases.filter(kind=Phase.Kind.OPEN).order_by("position", "id").first()
    if case.process_id == process.pk or first is None:
        return None
    return move(case=case, phase=first, by=by, now=now, as_manager=as_manager)


def _move(cases: Sequence[Case], phase: Phase, *, by: Actor, now: datetime) -> Act:
    act = begin(kind="move", by=by, at=now)
    lines = [
        Line(moved(case, phase, now=now), about=case, before=snapshot(case, COLUMNS))
        for case in cases
    ]
    for case in cases:
        enter(case, phase, now=now)
    write_many(cases, (*COLUMNS, "wake_at"))
    record_all(lines, by=by, at=now, act=act)
    return act


def enter(case: Case, phase: Phase, *, now: datetime, clock_from: datetime | None = None) -> None:
    """Put a case into a phase in memory; whatever was put off is taken up by that."""
    case.phase, case.process_id = phase, phase.process_id
    case.phase_entered_at = now
    case.clock_from = clock_from or now
    case.deferred_until, case.deferred_to_phase_id = None, None
    case.wake_at = now


def moved(case: Case, phase: Phase, *, now: datetime) -> Moved:
    """Return what the journal says of a move, before it is made."""
    entered = case.phase_entered_at
    return Moved(
        from_phase_id=case.phase_id,
        from_process_id=case.process_id,
        to_phase_id=phase.pk,
        to_process_id=phase.process_id,
        stayed=int((now - entered).total_seconds()) if entered else None,
    )
