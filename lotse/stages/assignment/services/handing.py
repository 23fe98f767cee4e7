"""Handing out by hand: from a selection, to one person, or back into the pool."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F

from lotse.kernel.actors import Actor
from lotse.kernel.reasons import Reason, because
from lotse.records.activities.models import Note
from lotse.records.cases import overdue
from lotse.records.cases.holding import ASKED_NOBODY, COLUMNS, held_by, main_teams
from lotse.records.cases.models import Case
from lotse.records.cases.services import snapshot
from lotse.records.journal.models import Act
from lotse.records.journal.services import Line, begin, record_all
from lotse.records.outbox.services import notify
from lotse.records.people.models import User
from lotse.stages.assignment.facts import Assigned, Distributed, PutIntoPool
from lotse.stages.assignment.models import Ask, Waiting
from lotse.stages.assignment.queries.people import Standing, get_standing
from lotse.stages.assignment.rules import (
    BY_HAND,
    BY_HAND_TURN,
    Candidate,
    Kind,
    take_turn,
)


class NothingToDistribute(Exception):
    """None of the chosen cases is open, or nobody was named to take them."""


class CaseClosed(Exception):
    """The case is closed, so nobody can be given it."""


class CannotHold(Exception):
    """This person can't hold cases: inactive, or without a role that may see leads."""

    def __init__(self, person: User, reason: Reason) -> None:
        super().__init__(person.pk, reason.code)
        self.person = person
        self.reason = reason


@transaction.atomic
def distribute(*, cases: Iterable[Case], to: Sequence[User], by: Actor, now: datetime) -> Act:
    """
    Hand out open cases: all to one person, or spread over several in turn; one act to take back.

    Closed ones among them are left as they are. Whoever is named gets their part although they are
    full or absent, for somebody decided so; the line says it.

    :raises NothingToDistribute: if none of the cases is open, or nobody is named
    :raises CannotHold: if somebody is inactive or may not see leads
    """
    opened = _hold(cases)
    if not opened or not to:
        raise NothingToDistribute
    standing = _check(to, now=now)

    act = begin(kind="distribute", by=by, at=now)
    shares = _spread(opened, to)
    lines = []
    for case in opened:
        person = shares[case.pk]
        fact = Distributed(
            person_id=person.pk,
            from_person_id=case.assignee_id,
            cases=len(opened),
            people=len(to),
        )
        why = because(BY_HAND_TURN, people=len(to)) if len(to) > 1 else because(BY_HAND)
        reasons = (why, *standing.warnings(person.pk))
        lines.append(Line(fact, about=case, reasons=reasons, before=snapshot(case, COLUMNS)))
    _give(opened, shares, now=now)
    record_all(lines, by=by, at=now, act=act)
    _tell(opened, shares, by=by, now=now)
    return act


@transaction.atomic
def assign(*, case: Case, to: User, by: Actor, now: datetime, note: str = "") -> Act:
    """
    Assign a case to somebody, or hand it over, with a note that stays with it.

    :raises CaseClosed: if it is closed
    :raises CannotHold: if the person is inactive or may not see leads
    """
    opened = _hold([case])
    if not opened:
        raise CaseClosed(case.pk)
    standing = _check([to], now=now)

    act = begin(kind="assign", by=by, at=now)
    fact = Assigned(
        person_id=to.pk,
        from_person_id=opened[0].assignee_id,
        note_id=_keep_note(opened[0], note, by=by, now=now),
    )
    reasons = (because(BY_HAND), *standing.warnings(to.pk))
    line = Line(fact, about=opened[0], reasons=reasons, before=snapshot(opened[0], COLUMNS))
    shares = {opened[0].pk: to}
    _give(opened, shares, now=now)
    record_all([line], by=by, at=now, act=act)
    _tell(opened, shares, by=by, now=now)
    case.refresh_from_db()
    return act


@transaction.atomic
def to_pool(*, cases: Iterable[Case], by: Actor, now: datetime, note: str = "") -> Act:
    """
    Put cases into the pool, from where only somebody's hand takes them again.

    The stage they are in finds nobody there and hands them back.

    :raises NothingToDistribute: if none of the cases is open
    """
    opened = _hold(cases)
    if not opened:
        raise NothingToDistribute
    act = begin(kind="pool", by=by, at=now)
    lines = [
        Line(
            PutIntoPool(
                from_person_id=case.assignee_id,
                note_id=_keep_note(case, note, by=by, now=now),
            ),
            about=case,
            before=snapshot(case, COLUMNS),
        )
        for case in opened
    ]
    _set(
        opened,
        assignee_id=None,
        team_id=None,
        partner_id=None,
        assigned_at=None,
        **ASKED_NOBODY,
        now=now,
    )
    _keep_in_pool(opened, now=now)
    record_all(lines, by=by, at=now, act=act)
    return act


def _hold(cases: Iterable[Case]) -> list[Case]:
    # Read again under a lock: what the caller saw may have been changed by somebody else.
    ids = [c.pk for c in cases]
    rows = Case.objects.select_for_update(of=("self",)).select_related("phase")
    return list(rows.filter(pk__in=ids, closed_at=None).order_by("pk"))


def _check(to: Sequence[User], *, now: datetime) -> Standing:
    standing = get_standing([u.pk for u in to], now=now)
    for person in to:
        reason = standing.obstacle(person.pk)
        if reason:
            raise CannotHold(person, reason)
    return standing


def _spread(cases: Sequence[Case], to: Sequence[User]) -> dict[int, User]:
    """Deal the cases out in turn, by the weight of each person."""
    people = {u.pk: u for u in to}
    owed = dict.fromkeys(people, 0)
    shares: dict[int, User] = {}
    for case in cases:
        line_up = [
            Candidate(Kind.PERSON, pk, weight=people[pk].weight, credit=owed[pk]) for pk in people
        ]
        winner, credits = take_turn(line_up)
        owed = {pk: credits[Kind.PERSON, pk] for pk in people}
        shares[case.pk] = people[winner.id]
    return shares


def _give(cases: Sequence[Case], shares: dict[int, User], *, now: datetime) -> None:
    teams = main_teams([u.pk for u in shares.values()])
    by_person: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        by_person[shares[case.pk].pk].append(case)
    for user_id, some in by_person.items():
        person = shares[some[0].pk]
        _set(some, **held_by(person, team_id=teams.get(user_id), now=now), now=now)
    Ask.objects.bulk_create(
        [Ask(case=c, kind=Kind.PERSON, target_id=shares[c.pk].pk, at=now) for c in cases],
        batch_size=2000,
    )


def _set(cases: Sequence[Case], *, now: datetime, **columns: Any) -> None:
    """Write the same columns to many cases, and wake them; those in a phase may get a new due date."""
    for case in cases:
        for name, value in columns.items():
            setattr(case, name, value)
    ids = [c.pk for c in cases]
    Case.objects.filter(pk__in=ids).update(version=F("version") + 1, wake_at=now, **columns)
    in_phase = [c for c in cases if c.phase_id]
    if in_phase:
        overdue.rederive(in_phase, zone=ZoneInfo(settings.HOME_ZONE))
        Case.objects.bulk_update(in_phase, overdue.COLUMNS, batch_size=500)


def _keep_in_pool(cases: Sequence[Case], *, now: datetime) -> None:
    asks: dict[int, int] = defaultdict(int)
    for case_id in Ask.objects.filter(case__in=cases).values_list("case_id", flat=True):
        asks[case_id] += 1
    Waiting.objects.bulk_create(
        [Waiting(case=c, since_at=now, by_hand=True, after_asks=asks[c.pk]) for c in cases],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["since_at", "by_hand", "said", "after_asks"],
    )


def _keep_note(case: Case, text: str, *, by: Actor, now: datetime) -> int | None:
    # Not by activities' own service: a word on handing over is no first activity with the customer.
    if not text.strip():
        return None
    note = Note.objects.create(
        case=case, text=text.strip(), written_at=now, written_by_id=by.person_id
    )
    return note.pk


def _tell(cases: Sequence[Case], shares: dict[int, User], *, by: Actor, now: datetime) -> None:
    """Tell each what they were given: one case by itself, many as a number."""
    mine: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        mine[shares[case.pk].pk].append(case)
    for user_id, some in mine.items():
        if user_id == by.person_id:
            continue
        fact = Distributed(person_id=user_id, cases=len(some))
        notify([user_id], fact, case_id=some[0].pk if len(some) == 1 else None, now=now)
