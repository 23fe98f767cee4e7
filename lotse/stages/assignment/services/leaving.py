"""Deactivating somebody who has work in hand: what becomes of the cases and offers."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.records.cases.models import Case
from lotse.records.people import services as people
from lotse.records.people.models import User
from lotse.stages.assignment.services.handing import distribute, to_pool


@dataclass(frozen=True)
class Leaving:
    """What somebody has in hand: open cases, those overdue among them, and offers held out to them."""

    cases: int
    overdue: int
    offers: int


def count_work_of(user: User, *, now: datetime) -> Leaving:
    """Count what somebody who is to be deactivated has in hand."""
    held = Case.objects.open().filter(assignee=user)
    return Leaving(
        cases=held.count(),
        overdue=held.overdue(now).count(),
        offers=Case.objects.new().filter(asked_person=user).count(),
    )


@transaction.atomic
def deactivate(
    *,
    user: User,
    by: Actor,
    now: datetime,
    cases_to: User | None = None,
    into_pool: bool = False,
) -> tuple[Leaving, list[int]]:
    """
    Deactivate somebody, and say what they had in hand and which cases want a look now.

    Their open cases go to `cases_to`, or into the pool; with neither they stay where they are, seen by
    managers as held by somebody inactive. What is offered to them runs out at once: the cases wake,
    and the stage that holds the offer finds the one it was held out to gone.

    :raises CannotHold: if whoever is to take the cases can't
    """
    left = count_work_of(user, now=now)
    people.deactivate(user=user, by=by, now=now)

    held = list(Case.objects.open().filter(assignee=user).order_by("pk"))
    if held and cases_to:
        distribute(cases=held, to=[cases_to], by=by, now=now)
    elif held and into_pool:
        to_pool(cases=held, by=by, now=now)
    offered = Case.objects.new().filter(asked_person=user)
    waking = [*(c.pk for c in held), *offered.values_list("pk", flat=True)]
    Case.objects.filter(pk__in=waking).update(wake_at=now)
    return left, waking
