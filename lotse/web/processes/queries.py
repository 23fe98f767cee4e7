"""Processes and their phases as their pages show them, with the cases the viewer sees in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.durations import tell_duration
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process


@dataclass(frozen=True)
class Tile:
    """A process among the others: its open phases, and how many open cases are in it."""

    process: Process
    phases: Sequence[Phase]
    open: int


@dataclass(frozen=True)
class Line:
    """A phase with its duration in words, and how many open and overdue cases are in it."""

    phase: Phase
    duration: str
    open: int
    overdue: int
    # Where these cases are listed; "" where there is no such page.
    address: str


def get_tiles(viewer: Viewer) -> Sequence[Tile]:
    """Read all processes: three queries."""
    rows = Process.objects.order_by("kind", "position", "pk").prefetch_related("phases")
    cases = gate.rows(viewer, May.SEE, Case.objects.open().exclude(process=None))
    counts = cases.order_by().values_list("process_id").annotate(Count("pk"))
    held: dict[Any, int] = dict(counts)
    return [Tile(one, _open_phases(one), held.get(one.pk, 0)) for one in rows]


def get_phases(viewer: Viewer, process: Process, *, now: datetime) -> Sequence[Line]:
    """Read the phases of a process in their order: two queries."""
    cases = gate.rows(viewer, May.SEE, Case.objects.open().filter(process=process))
    overdue = Count("pk", filter=Q(overdue_at__lte=now))
    counts = cases.order_by().values_list("phase_id").annotate(Count("pk"), late=overdue)
    held = {pk: (open_, late) for pk, open_, late in counts}
    lines = []
    for phase in process.phases.order_by("position", "pk"):
        open_, late = held.get(phase.pk, (0, 0))
        duration = tell_duration(phase.duration) if phase.duration else ""
        lines.append(Line(phase, duration, open_, late, _list_of(process, phase)))
    return lines


def interval_of(process: Process) -> str:
    """Say how often a reminder goes out, in words; "" while none does."""
    return tell_duration(process.interval) if process.follow_up_since else ""


def _open_phases(process: Process) -> Sequence[Phase]:
    phases = sorted(process.phases.all(), key=lambda one: (one.position, one.pk))
    return [one for one in phases if one.kind == Phase.Kind.OPEN]


def _list_of(process: Process, phase: Phase) -> str:
    name = "leads" if process.kind == Process.Kind.LEAD else "opportunities"
    try:
        return f"{reverse(name)}?{urlencode({'group': 'active', 'phase': phase.pk})}"
    except NoReverseMatch:
        return ""
