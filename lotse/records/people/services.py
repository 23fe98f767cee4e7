"""Writes about people: who comes in first, who joins and leaves, where they belong, when they are away."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.records.journal.services import record
from lotse.records.people.facts import (
    AbsenceEntered,
    AbsenceRemoved,
    PersonActivated,
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
)
from lotse.records.people.models import Absence, Membership, Role, Team, User


class SomebodyThere(Exception):
    """There is a user already, so nobody else becomes the first."""


@transaction.atomic
def create_first_user(
    *, name: str, email: str, password: str, language: str, role: Role, now: datetime
) -> User:
    """
    Create the user who sets everything up.

    :raises SomebodyThere: if there is one already
    """
    # Two browsers with the same link: the row of the role is the lock that lets one in at a time
    # on PostgreSQL; on SQLite the transaction itself is.
    Role.objects.select_for_update().get(pk=role.pk)
    if User.objects.exists():
        raise SomebodyThere
    user = User.objects.create_user(email, password, name=name, language=language, created_at=now)
    user.roles.add(role)
    return user


@transaction.atomic
def add_person(
    *,
    user: User,
    roles: Collection[Role],
    teams: Collection[Team],
    main_team: Team | None,
    by: Actor,
    now: datetime,
    password: str | None = None,
) -> User:
    """Add somebody who may sign in; without a password only by a link that sets one."""
    user.email = user.email.strip().lower()
    user.created_at = now
    user.set_password(password)
    user.save(force_insert=True)
    user.roles.set(roles)
    set_teams(user=user, teams=teams, main_team=main_team)
    record(PersonAdded(person_id=user.pk), about=user, by=by, at=now)
    return user


@transaction.atomic
def change_person(
    *,
    user: User,
    changed: Collection[str],
    roles: Collection[Role],
    teams: Collection[Team],
    main_team: Team | None,
    by: Actor,
    now: datetime,
) -> None:
    """Save what a form changed on somebody; `changed` names its fields."""
    if not changed:
        return
    user.email = user.email.strip().lower()
    columns = {f.name for f in User._meta.concrete_fields} & set(changed)
    if columns:
        user.save(update_fields=sorted(columns))
    user.roles.set(roles)
    set_teams(user=user, teams=teams, main_team=main_team)
    fact = PersonChanged(person_id=user.pk, fields=sorted(changed))
    record(fact, about=user, by=by, at=now)


def set_teams(*, user: User, teams: Collection[Team], main_team: Team | None) -> None:
    """Let somebody belong to exactly these teams; the main one must be among them."""
    wanted = {team.pk for team in teams} | ({main_team.pk} if main_team else set())
    main = main_team.pk if main_team else min(wanted, default=None)
    Membership.objects.filter(user=user).exclude(team__in=wanted).delete()
    # First nobody's, then the one: the table allows one main team only.
    Membership.objects.filter(user=user).update(is_main=False)
    rows = [Membership(user=user, team_id=pk) for pk in sorted(wanted)]
    Membership.objects.bulk_create(rows, ignore_conflicts=True)
    Membership.objects.filter(user=user, team=main).update(is_main=True)


@transaction.atomic
def deactivate(*, user: User, by: Actor, now: datetime) -> None:
    """Let somebody sign in no more; twice changes nothing."""
    active = User.objects.filter(pk=user.pk, is_active=True)
    if active.update(is_active=False, deactivated_at=now):
        record(PersonDeactivated(person_id=user.pk), about=user, by=by, at=now)
    user.is_active, user.deactivated_at = False, now


@transaction.atomic
def activate(*, user: User, by: Actor, now: datetime) -> None:
    """Let somebody who was deactivated sign in again."""
    inactive = User.objects.filter(pk=user.pk, is_active=False)
    if inactive.update(is_active=True, deactivated_at=None):
        record(PersonActivated(person_id=user.pk), about=user, by=by, at=now)
    user.is_active, user.deactivated_at = True, None


@transaction.atomic
def enter_absence(
    *,
    user: User,
    from_on: date,
    until_on: date,
    by: Actor,
    now: datetime,
    substitute: User | None = None,
    note: str = "",
) -> Absence:
    """Enter days on which somebody takes nothing; a substitute takes what is meant for them alone."""
    absence = Absence.objects.create(
        user=user, from_on=from_on, until_on=until_on, substitute=substitute, note=note
    )
    fact = AbsenceEntered(
        person_id=user.pk,
        from_on=from_on.isoformat(),
        until_on=until_on.isoformat(),
        substitute_person_id=substitute.pk if substitute else None,
    )
    record(fact, about=user, by=by, at=now)
    return absence


@transaction.atomic
def remove_absence(*, absence: Absence, by: Actor, now: datetime) -> None:
    """Take an absence away again."""
    if Absence.objects.filter(pk=absence.pk).delete()[0]:
        fact = AbsenceRemoved(
            person_id=absence.user_id,
            from_on=absence.from_on.isoformat(),
            until_on=absence.until_on.isoformat(),
        )
        record(fact, about=absence.user, by=by, at=now)
