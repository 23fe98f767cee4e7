"""Saying how cases ended: unsuccessful with a reason, or successful."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.kernel.facts import Fact
from lotse.kernel.reasons import Reason as Because
from lotse.kernel.reasons import because
from lotse.records.cases.holding import ASKED_NOBODY
from lotse.records.cases.models import Case
from lotse.records.cases.services import CaseChanged, snapshot, write_many
from lotse.records.catalog.models import Phase, Reason
from lotse.records.journal.models import Act
from lotse.records.journal.services import Line, begin, record_all
from lotse.records.people.models import User
from lotse.stages.closing import rules
from lotse.stages.closing.facts import Lost, Won

# What closing changes; kept as the former values, so that it can be taken back.
COLUMNS = (
    "stage", "outcome", "closed_at", "lost_reason", "closing_comment", "hand_over_to",
    "process", "phase", "phase_entered_at", "clock_from", "deferred_until", "deferred_to_phase",
    "asked_person", "asked_team", "asked_partner", "asked_by_offer",
)  # fmt: skip


class CannotClose(Exception):
    """The case stays open; `reason` says why."""

    def __init__(self, reason: Because) -> None:
        super().__init__(reason.code)
        self.reason = reason


@transaction.atomic
def close_lost(
    *,
    case: Case,
    reason: Reason | None,
    by: Actor,
    now: datetime,
    comment: str = "",
    version: int | None = None,
) -> Act:
    """
    Close a case as unsuccessful.

    :raises CannotClose: if it is closed already, or no reason is given
    :raises CaseChanged: if `version` is given and somebody changed the case since
    """
    _lock(case, version=version)
    _require(case, is_won=False)
    return _close_lost([case], reason, comment=comment, by=by, now=now)


@transaction.atomic
def close_won(
    *,
    case: Case,
    by: Actor,
    now: datetime,
    hand_over_to: User | None = None,
    comment: str = "",
    version: int | None = None,
) -> Act:
    """
    Close a case as successful; a lead then opens an opportunity, kept or handed over.

    :raises CannotClose: if it is closed already, nobody holds it, or the new holder is not active
    :raises CaseChanged: if `version` is given and somebody changed the case since
    """
    _lock(case, version=version)
    _require(case, is_won=True)
    return _close_won([case], hand_over_to, comment=comment, by=by, now=now)


@transaction.atomic
def close_many_lost(
    *, cases: Iterable[Case], reason: Reason | None, by: Actor, now: datetime, comment: str = ""
) -> Act:
    """
    Close many cases as unsuccessful, as one act; those that are closed already stay as they are.

    :raises CannotClose: if no reason is given
    """
    return _close_lost(_closable(cases, is_won=False), reason, comment=comment, by=by, now=now)


@transaction.atomic
def close_many_won(
    *,
    cases: Iterable[Case],
    by: Actor,
    now: datetime,
    hand_over_to: User | None = None,
    comment: str = "",
) -> Act:
    """
    Close many cases as successful, as one act; those that can't be so stay as they are.

    :raises CannotClose: if the new holder is not active
    """
    return _close_won(_closable(cases, is_won=True), hand_over_to, comment=comment, by=by, now=now)


def _close_lost(
    cases: Sequence[Case], reason: Reason | None, *, comment: str, by: Actor, now: datetime
) -> Act:
    if reason is None or reason.use != Reason.Use.LOST:
        raise CannotClose(because(rules.REASON))
    values = {
        "outcome": Case.Outcome.LOST,
        "lost_reason_id": reason.pk,
        "closing_comment": comment,
        "hand_over_to_id": None,
    }
    return _close(
        cases,
        values,
        tell=lambda phase: Lost(reason_id=reason.pk, phase_id=phase.pk if phase else None),
        by=by,
        now=now,
    )


def _close_won(
    cases: Sequence[Case], hand_over_to: User | None, *, comment: str, by: Actor, now: datetime
) -> Act:
    if hand_over_to is not None and not hand_over_to.is_active:
        raise CannotClose(because(rules.INACTIVE, person_id=hand_over_to.pk))
    person_id = hand_over_to.pk if hand_over_to else None
    values = {
        "outcome": Case.Outcome.WON,
        "lost_reason_id": None,
        "closing_comment": comment,
        "hand_over_to_id": person_id,
    }
    return _close(
        cases,
        values,
        tell=lambda phase: Won(phase_id=phase.pk if phase else None, person_id=person_id),
        by=by,
        now=now,
    )


def _close(
    cases: Sequence[Case],
    values: dict[str, Any],
    *,
    tell: Callable[[Phase | None], Fact],
    by: Actor,
    now: datetime,
) -> Act:
    act = begin(kind="close", by=by, at=now)
    phases = _get_last_phases(cases, Phase.Kind(values["outcome"]))
    lines = []
    for case in cases:
        phase = phases.get(case.process_id)
        lines.append(Line(tell(phase), about=case, before=snapshot(case, COLUMNS)))
        # The stage in which it stands sees that it is closed, and lets it go.
        _set(case, closed_at=now, wake_at=now, deferred_until=None, deferred_to_phase_id=None)
        _set(case, **values, **ASKED_NOBODY)
        if phase and case.phase_id != phase.pk:
            _set(case, phase=phase, phase_entered_at=now, clock_from=now)
    write_many(cases, (*COLUMNS, "wake_at"))
    record_all(lines, by=by, at=now, act=act)
    return act


def _set(case: Case, **values: Any) -> None:
    for name, value in values.items():
        setattr(case, name, value)


def _get_last_phases(cases: Sequence[Case], kind: Phase.Kind) -> dict[int | None, Phase]:
    """Return for each process its first phase of a kind; many processes have none."""
    processes = {case.process_id for case in cases} - {None}
    phases = Phase.objects.filter(process__in=processes, kind=kind)
    found: dict[int | None, Phase] = {}
    for phase in phases.order_by("position", "id"):
        found.setdefault(phase.process_id, phase)
    return found


def _lock(case: Case, *, version: int | None) -> None:
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    if version is not None and case.version != version:
        raise CaseChanged(case.pk)


def _closable(cases: Iterable[Case], *, is_won: bool) -> list[Case]:
    ids = [case.pk for case in cases]
    found = Case.objects.select_for_update().filter(pk__in=ids).order_by("id")
    return [case for case in found if _why_not(case, is_won=is_won) is None]


def _require(case: Case, *, is_won: bool) -> None:
    reason = _why_not(case, is_won=is_won)
    if reason:
        raise CannotClose(reason)


def _why_not(case: Case, *, is_won: bool) -> Because | None:
    return rules.why_not_close(
        is_closed=case.is_closed, is_won=is_won, assignee_id=case.assignee_id
    )
