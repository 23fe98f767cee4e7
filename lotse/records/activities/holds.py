"""Until when tasks and appointments keep a case from being overdue (domain: 5)."""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max

from lotse.records.activities.models import Appointment, Task
from lotse.records.cases.models import Case
from lotse.records.cases.services import change
from lotse.records.people.models import User


def end_of_day(task: Task) -> datetime:
    """Return the midnight at which a task's due day ends where its assignee is."""
    zone = zone_of(task.assignee)
    day_after = task.due_on + timedelta(days=1)
    return datetime.combine(day_after, time.min, tzinfo=zone).astimezone(UTC)


def zone_of(user: User) -> ZoneInfo:
    return ZoneInfo(user.zone or settings.HOME_ZONE)


def rehold(case: Case, **also: object) -> None:
    """Derive until when a case is held from its open tasks and appointments, and write it."""
    change(case, held_until=held_until([case.pk]).get(case.pk), **also)


def held_until(case_ids: Collection[int]) -> dict[int, datetime]:
    """
    Return for each case until when it is held; a moment in the past means that the hold has passed.

    Only tasks that a person created count, and appointments that were not cancelled.
    """
    found: dict[int, datetime] = {}
    open_tasks = Task.objects.filter(
        case__in=case_ids, done_at=None, created_by__isnull=False
    ).select_related("assignee")
    for task in open_tasks:
        found[task.case_id] = max(found.get(task.case_id, end_of_day(task)), end_of_day(task))

    ahead = Appointment.objects.filter(case__in=case_ids, cancelled_at=None)
    for case_id, ends_at in ahead.values_list("case_id").annotate(Max("ends_at")):
        found[case_id] = max(found.get(case_id, ends_at), ends_at)
    return found
