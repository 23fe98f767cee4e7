"""Reads what decides whether cases are overdue, and whether their reminders go on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max

from lotse.records.activities.holds import end_of_day
from lotse.records.activities.models import Appointment, Task
from lotse.records.cases.models import Case
from lotse.stages.process.models import Series
from lotse.stages.process.rules.follow_up import Ending, Kept, Watched

Moments = dict[int, datetime]


@dataclass
class Watch:
    """A case with its latest series, and what was entered or done with on it."""

    case: Case
    series: Series | None
    task_at: datetime | None
    appointment_at: datetime | None
    released_at: datetime | None

    @property
    def watched(self) -> Watched:
        case = self.case
        return Watched(
            is_closed=case.is_closed,
            assignee_id=case.assignee_id,
            assigned_at=case.assigned_at,
            phase_entered_at=case.phase_entered_at or case.clock_from,
            deferred_until=case.deferred_until,
            overdue_at=case.overdue_at,
        )

    @property
    def kept(self) -> Kept | None:
        series = self.series
        if series is None:
            return None
        return Kept(
            started_at=series.started_at,
            phase_entered_at=series.phase_entered_at,
            assignee_id=series.assignee_id,
            task_at=self.task_at,
            appointment_at=self.appointment_at,
            ended_at=series.ended_at,
            ending=Ending(series.ended_by) if series.ended_by else None,
        )


def get_watches(cases: Sequence[Case], *, now: datetime) -> list[Watch]:
    """Read all that is needed to watch over cases; five queries at most, however many they are."""
    ids = [case.pk for case in cases]
    latest = {s.case_id: s for s in Series.objects.filter(case__in=ids).order_by("id")}
    kept = [pk for pk, series in latest.items() if series.ended_at is None]
    tasks, appointments = _tasks_entered(kept), _appointments_entered(kept)
    released = _released([case.pk for case in cases if case.is_overdue(now)])
    return [
        Watch(
            case=case,
            series=latest.get(case.pk),
            task_at=tasks.get(case.pk),
            appointment_at=appointments.get(case.pk),
            released_at=released.get(case.pk),
        )
        for case in cases
    ]


def _tasks_entered(case_ids: Collection[int]) -> Moments:
    by_people = Task.objects.filter(case__in=case_ids, created_by__isnull=False)
    return dict(by_people.values_list("case_id").annotate(Max("created_at")).order_by())


def _appointments_entered(case_ids: Collection[int]) -> Moments:
    ahead = Appointment.objects.filter(case__in=case_ids, starts_at__gt=F("created_at"))
    return dict(ahead.values_list("case_id").annotate(Max("created_at")).order_by())


def _released(case_ids: Collection[int]) -> Moments:
    """Return when the latest hold that was done with before its end let go of each case that is overdue."""
    found: Moments = {}
    done = Task.objects.filter(
        case__in=case_ids, created_by__isnull=False, done_at__isnull=False
    ).select_related("assignee")
    ends = [(task.case_id, task.done_at, end_of_day(task)) for task in done]
    cancelled = Appointment.objects.filter(case__in=case_ids, cancelled_at__isnull=False)
    ends += cancelled.values_list("case_id", "cancelled_at", "ends_at")
    for case_id, let_go_at, held_until in ends:
        if let_go_at is not None:
            at = min(let_go_at, held_until)
            found[case_id] = max(found.get(case_id, at), at)
    return found
