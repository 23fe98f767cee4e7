"""Reads a week of somebody's appointments and tasks, day by day where they live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.activities.models import Appointment, Task
from lotse.web.my_work.queries import bounds


@dataclass(frozen=True)
class CalendarDay:
    on: date
    name: str
    is_today: bool
    appointments: Sequence[Appointment]
    tasks: Sequence[Task]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def get_week(viewer: Viewer, monday: date, reader: Reader) -> list[CalendarDay]:
    """Read seven days with two queries; an appointment over midnight stands on both days."""
    begins, _ = bounds(monday, reader)
    _, ends = bounds(monday + timedelta(days=6), reader)
    mine = Appointment.objects.filter(
        assignee=viewer.person_id, cancelled_at=None, starts_at__lt=ends, ends_at__gte=begins
    ).select_related("case", "case__phase")
    appointments = list(gate.rows(viewer, May.SEE, mine).order_by("starts_at", "id"))
    open_tasks = Task.objects.filter(
        assignee=viewer.person_id,
        done_at=None,
        due_on__range=(monday, monday + timedelta(days=6)),
    ).select_related("case", "case__phase")
    tasks = list(gate.rows(viewer, May.SEE, open_tasks).order_by("due_on", "id"))
    days = (monday + timedelta(days=number) for number in range(7))
    return [_day(day, appointments, tasks, reader) for day in days]


def _day(
    day: date, appointments: Sequence[Appointment], tasks: Sequence[Task], reader: Reader
) -> CalendarDay:
    begins, ends = bounds(day, reader)
    return CalendarDay(
        on=day,
        name=reader.date(day),
        is_today=day == reader.today,
        appointments=[a for a in appointments if a.starts_at < ends and a.ends_at > begins],
        tasks=[t for t in tasks if t.due_on == day],
    )
