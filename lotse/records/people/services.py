"""Writes about people: who comes in first, who joins and leaves, where they belong, when they are away."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from lotse.kernel.actors import Actor
from lotse.records.journal.services import record
from lotse.records.people.facts import (
    AbsenceEntered,
    AbsenceRemoved,
    PersonActivated,
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    TeamJoined,
    TeamLeft,
)
from lotse.records.people.models import Absence, Membership, Role, Team, User

# Whoever has this right can give every other one, so somebody must keep it.
KEEPS_PEOPLE = "people"


class SomebodyThere(Exception):
    """There is a user already, so nobody else becomes the first."""


class NobodyLeft(Exception):
    """Afterwards nobody could give rights any more, so it is not done."""


def require_somebody() -> None:
    """
    Make sure that somebody active and inside keeps the right to give rights; ends the transaction's change.

    :raises NobodyLeft: if there is nobody
    """
    if not _keepers().filter(is_active=True, partner=None).exists():
        raise NobodyLeft


def _keepers() -> QuerySet[User]:
    # What a role allows is JSON, which the two databases search in different ways; there are few roles.
    roles = [role.pk for role in Role.objects.all() if KEEPS_PEOPLE in role.rights]
    return User.objects.filter(roles__in=roles)


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
    record(PersonAdded(person_id=user.pk), about=user, by=by, at=now)
    set_teams(user=user, teams=teams, main_team=main_team, by=by, now=now)
    return user


@transaction.atomic
def change_person(*, user: User, values: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """
    Write these values to somebody, among them roles, teams and the main team; with none, nothing happened.

    :raises NobodyLeft: if they were the last who could give rights, and no longer are
    """
    if not values:
        return
    could_give = _keepers().filter(pk=user.pk).exists()
    columns = {f.name for f in User._meta.concrete_fields}.intersection(values)
    for name in columns:
        setattr(user, name, values[name])
    if columns:
        user.save(update_fields=sorted(columns))
    if "roles" in values:
        user.roles.set(values["roles"])
    if {"teams", "main_team"}.intersection(values):
        teams = values.get("teams", list(user.teams.all()))
        # Whoever is taken out of the main team belongs to another one first.
        main = values["main_team"] if "main_team" in values else _main_of(user, among=teams)
        set_teams(user=user, teams=teams, main_team=main, by=by, now=now)
    if could_give and {"roles", "partner"}.intersection(values):
        require_somebody()
    fact = PersonChanged(person_id=user.pk, fields=sorted(values))
    record(fact, about=user, by=by, at=now)


@transaction.atomic
def set_teams(
    *, user: User, teams: Collection[Team], main_team: Team | None, by: Actor, now: datetime
) -> None:
    """Let somebody belong to exactly these teams and the main one; without one, the first is."""
    wanted = {team.pk: team for team in [*teams, *([main_team] if main_team else [])]}
    main = main_team.pk if main_team else min(wanted, default=None)
    stood = {team.pk: team for team in user.teams.all()}
    Membership.objects.filter(user=user).exclude(team__in=list(wanted)).delete()
    # First nobody's, then the one: the table allows one main team only.
    Membership.objects.filter(user=user).update(is_main=False)
    rows = [Membership(user=user, team_id=pk) for pk in sorted(wanted)]
    Membership.objects.bulk_create(rows, ignore_conflicts=True)
    Membership.objects.filter(user=user, team=main).update(is_main=True)

    for pk in sorted(wanted.keys() - stood.keys()):
        record(TeamJoined(person_id=user.pk, team_id=pk), about=wanted[pk], by=by, at=now)
    for pk in sorted(stood.keys() - wanted.keys()):
        record(TeamLeft(person_id=user.pk, team_id=pk), about=stood[pk], by=by, at=now)


def _main_of(user: User, *, among: Collection[Team]) -> Team | None:
    main = Membership.objects.filter(user=user, is_main=True, team__in=among)
    found = main.select_related("team").first()
    return found.team if found else None


@transaction.atomic
def deactivate(*, user: User, by: Actor, now: datetime) -> None:
    """
    Let somebody sign in no more; twice changes nothing.

    :raises NobodyLeft: if they are the last who can give rights
    """
    active = User.objects.filter(pk=user.pk, is_active=True)
    if active.update(is_active=False, deactivated_at=now):
        if _keepers().filter(pk=user.pk).exists():
            require_somebody()
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
