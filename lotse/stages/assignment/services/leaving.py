"""Deactivating somebody who has work in hand: what becomes of the cases and offers."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.records.cases.models import Case
from lotse.records.journal.models import Act
from lotse.records.people import services as people
from lotse.records.people.models import Partner, User
from lotse.stages.assignment.services.handing import distribute, to_pool


@dataclass(frozen=True)
class Leaving:
    """What somebody has in hand: open cases, those overdue among them, and offers held out to them."""

    cases: int
    overdue: int
    offers: int


@dataclass(frozen=True)
class Departure:
    """What became of it: the act that handed the cases on, and which cases want a look now."""

    left: Leaving
    act: Act | None
    waking: list[int]


def count_open(user: User) -> int:
    """Count the open cases somebody holds, whoever asks."""
    return Case.objects.open().filter(assignee=user).count()


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
) -> Departure:
    """
    Deactivate somebody, and say what they had in hand and what becomes of it.

    Their open cases go to `cases_to`, or into the pool; with neither they stay where they are, seen by
    managers as held by somebody inactive. What is offered to them runs out at once: the cases wake,
    and the stage that holds the offer finds that nobody can answer it any more.

    :raises CannotHold: if whoever is to take the cases can't
    """
    left = count_work_of(user, now=now)
    people.deactivate(user=user, by=by, now=now)

    held = list(Case.objects.open().filter(assignee=user).order_by("pk"))
    act = None
    if held and cases_to:
        act = distribute(cases=held, to=[cases_to], by=by, now=now)
    elif held and into_pool:
        act = to_pool(cases=held, by=by, now=now)
    offered = Case.objects.new().filter(asked_person=user)
    waking = _wake([*(c.pk for c in held), *offered.values_list("pk", flat=True)], now=now)
    return Departure(left, act, waking)


@transaction.atomic
def pass_over(partner: Partner, *, now: datetime) -> list[int]:
    """Let what is offered to a partner that was switched off go on at once; return the cases that want a look."""
    offered = Case.objects.new().filter(asked_partner=partner)
    return _wake(list(offered.values_list("pk", flat=True)), now=now)


def _wake(ids: list[int], *, now: datetime) -> list[int]:
    Case.objects.filter(pk__in=ids).update(wake_at=now)
    return ids
