"""Writes about people: who comes in first."""

from datetime import datetime

from django.db import transaction

from lotse.records.people.models import Role, User


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
