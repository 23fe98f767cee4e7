"""Reads a board: its processes and phases, what each column holds and is worth, and the cards in sight."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.db.models import Avg, Count, FloatField, Func, Q, QuerySet, Sum

from lotse.access import gate
from lotse.access.policy import Act, Entity, Level, May
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process
from lotse.web.board.whose import Whose
from lotse.web.shared.dues import due

# What a card shows, and no more of what may be thousands of rows.
SHOWN = (
    "kind", "first_name", "last_name", "company", "email", "phone", "city", "subject", "value",
    "score", "phase", "overdue_at", "deferred_until", "product__name", "assignee__name",
)  # fmt: skip


class Epoch(Func):
    """A moment as seconds, which every database can average."""

    output_field = FloatField()
    template = "EXTRACT(EPOCH FROM %(expressions)s)"

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        template = "((julianday(%(expressions)s) - 2440587.5) * 86400.0)"
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True)
class Sums:
    """What is counted of a column, or of all."""

    count: int = 0
    value: Decimal = Decimal(0)
    late: int = 0
    # How long its cases have been there, on average.
    stay: timedelta | None = None

    @classmethod
    def total(cls, of: Iterable["Sums"]) -> "Sums":
        found = list(of)
        return cls(
            count=sum(one.count for one in found),
            value=sum((one.value for one in found), Decimal(0)),
            late=sum(one.late for one in found),
        )


@dataclass(frozen=True)
class Card:
    """A case as it lies on the board."""

    case: Case
    due: str
    is_late: bool
    may_edit: bool
    may_assign: bool

    @property
    def interest(self) -> str:
        return self.case.subject or str(self.case.product or "")


@dataclass(frozen=True)
class End:
    """What ended in the process this month, so or so."""

    count: int = 0
    value: Decimal = Decimal(0)


def get_processes(viewer: Viewer) -> list[Process]:
    """Return the processes of whose cases the viewer may see some, those for leads first."""
    kinds = [k for k in Process.Kind if viewer.level(Entity(k.value), Act.SEE) != Level.NONE]
    processes = Process.objects.filter(is_active=True, kind__in=kinds)
    return sorted(processes.order_by("position", "pk"), key=lambda p: p.kind != Process.Kind.LEAD)


def get_phases(process: Process) -> list[Phase]:
    return list(Phase.objects.filter(process=process).order_by("position", "pk"))


def get_open_phases(process: Process) -> list[Phase]:
    return [phase for phase in get_phases(process) if phase.kind == Phase.Kind.OPEN]


def get_cases(viewer: Viewer, phases: Collection[Phase], whose: Whose) -> QuerySet[Case]:
    """Return the cases that lie on the board in these phases: somebody works them."""
    cases = Case.objects.active().filter(phase__in=phases)
    return whose.narrow(gate.rows(viewer, May.SEE, cases))


def get_sums(cases: QuerySet[Case], *, now: datetime) -> dict[int, Sums]:
    """Count and sum up each column; one question, answered from the index of the board."""
    rows = (
        cases.order_by()
        .values("phase")
        .annotate(
            count=Count("pk"),
            worth=Sum("value"),
            late=Count("pk", filter=Q(overdue_at__lte=now)),
            entered=Avg(Epoch("phase_entered_at")),
        )
    )
    return {
        row["phase"]: Sums(
            row["count"], row["worth"] or Decimal(0), row["late"], _stay(row["entered"], now)
        )
        for row in rows
    }


def _stay(entered: float | None, now: datetime) -> timedelta | None:
    return None if entered is None else now - datetime.fromtimestamp(entered, tz=UTC)


def with_names(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("product", "assignee").only(*SHOWN)


def get_cards(viewer: Viewer, cases: Sequence[Case], reader: Reader) -> dict[int, Card]:
    """Tell the cards in sight, and what the viewer may do with them; two questions for all of them."""
    editable, assignable = (_allowed(viewer, may, cases) for may in (May.EDIT, May.ASSIGN))
    return {
        case.pk: Card(
            case,
            due(case, reader),
            is_late=case.is_overdue(reader.now),
            may_edit=case.pk in editable,
            may_assign=case.pk in assignable,
        )
        for case in cases
    }


def _allowed(viewer: Viewer, may: May, cases: Sequence[Case]) -> set[int]:
    rows = gate.rows(viewer, may, Case.objects.filter(pk__in=[c.pk for c in cases]))
    return set(rows.values_list("pk", flat=True))


def get_ends(viewer: Viewer, process: Process, whose: Whose, reader: Reader) -> dict[str, End]:
    """Return what was won and lost since the month began where the reader lives."""
    first = reader.local(reader.now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ended = Case.objects.filter(
        process=process,
        closed_at__gte=first.astimezone(UTC),
        outcome__in=(Case.Outcome.WON, Case.Outcome.LOST),
    )
    rows = whose.narrow(gate.rows(viewer, May.SEE, ended)).order_by()
    found = rows.values_list("outcome").annotate(Count("pk"), Sum("value"))
    return {outcome: End(count, value or Decimal(0)) for outcome, count, value in found}
