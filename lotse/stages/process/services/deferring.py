"""Putting a case off until a moment, and taking it up again before."""

from datetime import datetime

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.kernel.reasons import because
from lotse.records.cases.models import Case
from lotse.records.cases.services import snapshot, write_many
from lotse.records.catalog.models import Phase
from lotse.records.journal.models import Act
from lotse.records.journal.services import begin, record
from lotse.stages.process.facts import Deferred, Resumed
from lotse.stages.process.queries import get_refusals
from lotse.stages.process.rules.phases import CLOSED, NOT_IN_PROCESS
from lotse.stages.process.services.moving import COLUMNS, CannotMove, enter


class NotAhead(ValueError):
    """The moment until which a case was to be put off has passed already."""


@transaction.atomic
def defer(
    *,
    case: Case,
    until: datetime,
    by: Actor,
    now: datetime,
    phase: Phase | None = None,
    as_manager: bool = False,
) -> Act:
    """
    Put a case off: it comes back by itself at `until`, into its phase or a chosen one.

    :raises NotAhead: if that moment has passed
    :raises CannotMove: if the case is closed, nobody works on it, or it can't come back there
    """
    if until <= now:
        raise NotAhead(until)
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    _require_open(case)
    if phase is not None and phase.pk != case.phase_id:
        refusals = get_refusals([case], phase, as_manager=as_manager)
        if refusals:
            raise CannotMove(refusals[case.pk])

    to_other = phase.pk if phase is not None and phase.pk != case.phase_id else None
    before = snapshot(case, COLUMNS)
    case.deferred_until, case.deferred_to_phase_id, case.wake_at = until, to_other, now
    write_many([case], ("deferred_until", "deferred_to_phase", "wake_at"))
    act = begin(kind="defer", by=by, at=now)
    fact = Deferred(until_at=until.isoformat(), phase_id=to_other)
    record(fact, about=case, by=by, at=now, before=before, act=act)
    return act


@transaction.atomic
def resume(*, case: Case, by: Actor, now: datetime) -> Act | None:
    """Take a deferred case up again now, in its phase, with its clock anew; None if it is not deferred."""
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    if case.deferred_until is None or case.is_closed:
        return None
    before = snapshot(case, COLUMNS)
    take_up(case, now=now)
    write_many([case], (*COLUMNS, "wake_at"))
    act = begin(kind="resume", by=by, at=now)
    record(Resumed(phase_id=case.phase_id), about=case, by=by, at=now, before=before, act=act)
    return act


def take_up(case: Case, *, now: datetime) -> None:
    """Bring a deferred case back in memory: into its phase, or the one chosen, with its clock anew."""
    phase = case.deferred_to_phase or case.phase
    if phase is not None and phase.pk != case.phase_id:
        enter(case, phase, now=now)
        return
    case.clock_from = now if case.phase_id else None
    case.deferred_until, case.deferred_to_phase_id, case.wake_at = None, None, now


def _require_open(case: Case) -> None:
    if case.is_closed:
        raise CannotMove(because(CLOSED))
    if case.stage != Case.Stage.PROCESS or case.assignee_id is None:
        raise CannotMove(because(NOT_IN_PROCESS))
