"""Opening a lost case again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.kernel.reasons import because
from lotse.records.cases.models import Case
from lotse.records.cases.services import CaseChanged, snapshot, write_many
from lotse.records.catalog.models import Phase
from lotse.records.journal.models import Act, Entry
from lotse.records.journal.services import begin, record
from lotse.stages.closing import rules
from lotse.stages.closing.facts import Lost, Reopened
from lotse.stages.closing.services.closing import COLUMNS, CannotClose


@transaction.atomic
def reopen(*, case: Case, by: Actor, now: datetime, version: int | None = None) -> Act:
    """
    Open a lost case again: in the phase in which it was, with its clock anew; nobody's goes to be assigned.

    :raises CannotClose: if it was not lost; what was won is only taken back by undoing
    :raises CaseChanged: if `version` is given and somebody changed the case since
    """
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    if version is not None and case.version != version:
        raise CaseChanged(case.pk)
    if case.outcome != Case.Outcome.LOST:
        raise CannotClose(because(rules.NOT_LOST))

    before, phase = snapshot(case, COLUMNS), _phase_before(case)
    fact = Reopened(reason_id=case.lost_reason_id, phase_id=phase.pk if phase else None)
    for name, value in _reopened(case, phase, now=now).items():
        setattr(case, name, value)
    write_many([case], (*COLUMNS, "wake_at", "lease_until"))
    act = begin(kind="reopen", by=by, at=now)
    record(fact, about=case, by=by, at=now, before=before, act=act)
    return act


def _reopened(case: Case, phase: Phase | None, *, now: datetime) -> dict[str, Any]:
    stage = Case.Stage.PROCESS if case.assignee_id else Case.Stage.ASSIGNMENT
    return {
        "stage": stage,
        "outcome": "",
        "closed_at": None,
        "lost_reason_id": None,
        "closing_comment": "",
        "phase": phase,
        "phase_entered_at": now if phase else None,
        # Without a holder the clock stands still.
        "clock_from": now if case.assignee_id else None,
        "wake_at": now,
        "lease_until": None,
    }


def _phase_before(case: Case) -> Phase | None:
    """Return the phase in which a case was when it was lost, if its process still has it."""
    entry = Entry.objects.about(case).filter(kind=Lost.kind).order_by("-id").first()
    phase_id = (entry.before or {}).get("phase_id") if entry else case.phase_id
    open_phases = Phase.objects.filter(process=case.process_id, kind=Phase.Kind.OPEN)
    return open_phases.filter(pk__in=[phase_id] if phase_id else []).first()
