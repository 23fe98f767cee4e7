"""The phases that lie before whoever has just accepted a lead."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lotse.access.telling.durations import tell_duration
from lotse.access.telling.when import span
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase


@dataclass(frozen=True)
class Leg:
    phase: Phase
    # "done", "now" or "ahead", as the row of phases is drawn.
    state: str
    duration: str


def get_legs(case: Case, *, now: datetime) -> list[Leg]:
    """Return the open phases of a case's process in their order, and where it stands."""
    if case.process is None or case.phase is None:
        return []
    phases = case.process.phases.filter(kind=Phase.Kind.OPEN).order_by("position", "id")
    here = case.phase.position
    return [
        Leg(p, _state(p.position, here), _left(case, now) if p == case.phase else _duration(p))
        for p in phases
    ]


def _duration(phase: Phase) -> str:
    return tell_duration(phase.duration) if phase.duration else ""


def _left(case: Case, now: datetime) -> str:
    """Say how long the phase has still to go; what is overdue says so elsewhere."""
    if case.due_at is None or case.due_at <= now:
        return ""
    return _("%(span)s left") % {"span": span(case.due_at - now)}


def _state(position: int, here: int) -> str:
    if position == here:
        return "now"
    return "done" if position < here else "ahead"
