"""The phases that lie before whoever has just accepted a lead."""

from dataclasses import dataclass

from lotse.access.telling.durations import tell_duration
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase


@dataclass(frozen=True)
class Leg:
    phase: Phase
    # "done", "now" or "ahead", as the row of phases is drawn.
    state: str
    duration: str


def get_legs(case: Case) -> list[Leg]:
    """Return the open phases of a case's process in their order, and where it stands."""
    if case.process is None or case.phase is None:
        return []
    phases = case.process.phases.filter(kind=Phase.Kind.OPEN).order_by("position", "id")
    here = case.phase.position
    return [
        Leg(p, _state(p.position, here), tell_duration(p.duration) if p.duration else "")
        for p in phases
    ]


def _state(position: int, here: int) -> str:
    if position == here:
        return "now"
    return "done" if position < here else "ahead"
