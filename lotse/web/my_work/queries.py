"""Reads a person's day: what is overdue, due today and later, by the days of the zone they live in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar, cast

from django.db.models import Model, QuerySet

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.activities.models import Appointment, Task
from lotse.records.cases.models import Case, CaseQuerySet

# A section shows so many lines at most; its number counts all of them.
LONGEST = 50

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Some(Sequence[M]):
    """The first rows of a section, and how many there are."""

    rows: Sequence[M]
    total: int

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Day:
    """Everything on the page but the offers and the side."""

    overdue_tasks: Some[Task]
    overdue_cases: Some[Case]
    appointments: Some[Appointment]
    tasks: Some[Task]
    later_appointments: Some[Appointment]
    later_tasks: Some[Task]
    deferred: Some[Case]

    @property
    def overdue(self) -> int:
        return self.overdue_tasks.total + self.overdue_cases.total

    @property
    def today(self) -> int:
        return self.appointments.total + self.tasks.total

    @property
    def later(self) -> int:
        return self.later_appointments.total + self.later_tasks.total + self.deferred.total


def get_day(viewer: Viewer, reader: Reader) -> Day:
    """Read the day of the person; overdue is a task whose day ended where they live, and a case past its time."""
    begins, ends = bounds(reader.today, reader)
    tasks = Task.objects.filter(assignee=viewer.person_id, done_at=None, case__closed_at=None)
    tasks = (
        gate.rows(viewer, May.SEE, tasks)
        .select_related("case", "case__phase")
        .order_by("due_on", "id")
    )
    ahead = Appointment.objects.filter(assignee=viewer.person_id, cancelled_at=None)
    ahead = (
        gate.rows(viewer, May.SEE, ahead)
        .select_related("case", "case__phase")
        .order_by("starts_at", "id")
    )
    cases = _my_cases(viewer)
    return Day(
        overdue_tasks=_some(tasks.filter(due_on__lt=reader.today)),
        overdue_cases=_some(cases.overdue(reader.now).order_by("overdue_at", "id")),
        appointments=_some(ahead.filter(starts_at__lt=ends, ends_at__gte=begins)),
        tasks=_some(tasks.filter(due_on=reader.today)),
        later_appointments=_some(ahead.filter(starts_at__gte=ends)),
        later_tasks=_some(tasks.filter(due_on__gt=reader.today)),
        deferred=_some(cases.filter(deferred_until__isnull=False).order_by("deferred_until", "id")),
    )


def bounds(day: date, reader: Reader) -> tuple[datetime, datetime]:
    """Return the moments between which a day lies where the reader lives."""
    begins = datetime.combine(day, time.min, tzinfo=reader.zone)
    ends = datetime.combine(day + timedelta(days=1), time.min, tzinfo=reader.zone)
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _my_cases(viewer: Viewer) -> CaseQuerySet:
    mine = Case.objects.open().filter(assignee=viewer.person_id).select_related("phase")
    return cast("CaseQuerySet", gate.rows(viewer, May.SEE, mine))


def _some(rows: QuerySet[M]) -> Some[M]:
    first = list(rows[: LONGEST + 1])
    # Counting is a second question, asked only where the section does not hold everything.
    total = len(first) if len(first) <= LONGEST else rows.count()
    return Some(first[:LONGEST], total)
