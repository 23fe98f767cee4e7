"""Processes and their phases as their pages show them, with the cases the viewer sees in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.forms import BoundField
from django.urls import NoReverseMatch, reverse

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.durations import tell_duration
from lotse.access.telling.names import get_names, ref_of_actor
from lotse.access.telling.sentences import refs_in
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.kernel.durations import Duration, Unit
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process
from lotse.records.journal.models import Entry
from lotse.stages.process.facts import PhaseChanged
from lotse.web.editing.forms import NEWEST, Authors

if TYPE_CHECKING:
    from lotse.web.processes.forms import DurationsForm


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
    # The same, as it is saved.
    saved: str
    open: int
    overdue: int
    # Where these cases are listed; "" where there is no such page.
    address: str
    # Which place it has among the open ones, from 1; 0 for those that end a case.
    place: int = 0
    # The field of the form with its number and unit, as typed; and whether that is saved.
    field: BoundField | None = None
    number: str = ""
    unit: str = ""
    is_changed: bool = False


def get_tiles(viewer: Viewer) -> Sequence[Tile]:
    """Read all processes: three queries."""
    rows = Process.objects.order_by("kind", "position", "pk").prefetch_related("phases")
    cases = gate.rows(viewer, May.SEE, Case.objects.open().exclude(process=None))
    counts = cases.order_by().values_list("process_id").annotate(Count("pk"))
    held: dict[Any, int] = dict(counts)
    return [Tile(one, _open_phases(one), held.get(one.pk, 0)) for one in rows]


def get_phases(
    viewer: Viewer, process: Process, form: "DurationsForm", *, now: datetime
) -> Sequence[Line]:
    """Read the phases of a process in their order, with the durations as the form has them: two queries."""
    cases = gate.rows(viewer, May.SEE, Case.objects.open().filter(process=process))
    overdue = Count("pk", filter=Q(overdue_at__lte=now))
    counts = cases.order_by().values_list("phase_id").annotate(Count("pk"), late=overdue)
    held = {pk: (open_, late) for pk, open_, late in counts}
    lines: list[Line] = []
    for phase in process.phases.order_by("position", "pk"):
        open_, late = held.get(phase.pk, (0, 0))
        duration = tell_duration(phase.duration) if phase.duration else ""
        line = Line(phase, duration, duration, open_, late, _list_of(process, phase))
        if (name := f"duration-{phase.pk}") in form.fields:
            place = len([one for one in lines if one.place]) + 1
            line = _editable(line, form[name], form.standing[name], place)
        lines.append(line)
    return lines


def _editable(line: Line, field: BoundField, saved: str, place: int) -> Line:
    typed = str(field.value() or "")
    number, _space, unit = typed.partition(" ")
    duration = line.duration
    if typed != saved and number.isdecimal() and int(number) and unit in set(Unit):
        duration = tell_duration(Duration(int(number), Unit(unit)))
    elif typed != saved:
        duration = typed
    return replace(
        line, place=place, field=field, number=number, unit=unit, duration=duration,
        is_changed=typed != saved,
    )  # fmt: skip


def get_closed(viewer: Viewer, process: Process, reader: Reader) -> Mapping[str, int]:
    """Count what was closed in a process since the month began, by its outcome."""
    month = datetime.combine(reader.today.replace(day=1), time.min, tzinfo=reader.zone)
    cases = Case.objects.filter(process=process, closed_at__gte=month)
    counts = gate.rows(viewer, May.SEE, cases).order_by().values_list("outcome")
    return dict(counts.annotate(Count("pk")))


def get_authors_of_durations(viewer: Viewer, process: Process, reader: Reader) -> Authors:
    """Return who last changed the duration of each phase, and when, as far as the journal knows."""
    changes = Entry.objects.about(process).filter(kind=PhaseChanged.kind).order_by("-id")
    entries = [e for e in changes[:NEWEST] if "duration" in e.data["fields"]]
    names = get_names(viewer, refs_in(entries))
    found: dict[str, tuple[str, str]] = {}
    for entry in entries:
        actor = ref_of_actor(entry.actor_kind, entry.actor_id)
        who = names.of(actor).text if actor else "Lotse"
        found.setdefault(str(entry.data["phase_id"]), (who, reader.moment(entry.at)))
    return found


def _open_phases(process: Process) -> Sequence[Phase]:
    phases = sorted(process.phases.all(), key=lambda one: (one.position, one.pk))
    return [one for one in phases if one.kind == Phase.Kind.OPEN]


def _list_of(process: Process, phase: Phase) -> str:
    name = "leads" if process.kind == Process.Kind.LEAD else "opportunities"
    try:
        return f"{reverse(name)}?{urlencode({'group': 'active', 'phase': phase.pk})}"
    except NoReverseMatch:
        return ""
