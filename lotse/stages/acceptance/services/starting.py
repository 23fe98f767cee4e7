"""The second clock: whoever took a case over is to begin within so many opening hours."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lotse.kernel.actors import SYSTEM
from lotse.records.cases.models import Case
from lotse.records.journal.services import Line, record_all
from lotse.records.outbox.services import notify
from lotse.stages.acceptance.facts import NotStarted
from lotse.stages.acceptance.models import Start
from lotse.stages.acceptance.queries.asked import Circle
from lotse.stages.acceptance.rules.terms import reckon

BATCH = 500


def set_starts(cases: Sequence[Case], circle: Circle, *, now: datetime) -> None:
    """Start the second clock of cases that somebody holds from now on and nobody has begun."""
    rows = [
        Start(case=case, due_at=_due_at(case, circle, now))
        for case in cases
        if case.first_activity_at is None and circle.lead_type(case).first_activity_hours
    ]
    # A case that changes hands starts anew.
    Start.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["due_at", "settled_at"],
    )


def _due_at(case: Case, circle: Circle, now: datetime) -> datetime:
    hours = circle.hours(
        person_id=case.assignee_id, team_id=case.team_id, partner_id=case.partner_id
    )
    since = case.accepted_at or case.assigned_at or now
    allowed = circle.lead_type(case).first_activity_hours
    return reckon(since=since, open_hours=allowed, hours=hours)[0]


@transaction.atomic
def tell_of_late_starts(*, now: datetime, limit: int = BATCH) -> int:
    """Tell the managers where nothing happened in time, once for each case; return how many were looked at."""
    due = Start.objects.filter(settled_at=None, due_at__lte=now).order_by("due_at", "id")
    ids = list(
        due.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:limit]
    )
    Start.objects.filter(pk__in=ids).update(settled_at=now)
    late = Start.objects.filter(
        pk__in=ids,
        case__closed_at=None,
        case__first_activity_at=None,
        case__assignee__isnull=False,
    )
    starts = list(late.select_related("case__team", "case__partner").order_by("id"))
    told = [(start.case, _not_started(start)) for start in starts]
    record_all([Line(fact, about=case) for case, fact in told], by=SYSTEM, at=now)
    for case, fact in told:
        notify([_manager_of(case)], fact, case_id=case.pk, now=now)
    return len(ids)


def _not_started(start: Start) -> NotStarted:
    return NotStarted(person_id=start.case.assignee_id or 0, due_at=start.due_at.isoformat())


def _manager_of(case: Case) -> int | None:
    if case.partner:
        return case.partner.manager_id
    return case.team.manager_id if case.team else None
