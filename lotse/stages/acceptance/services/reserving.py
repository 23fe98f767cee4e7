"""Keeps a lead for whoever has the guide open; who finishes first still wins."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from lotse.records.cases.models import Case
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Reservation

RESERVED_FOR = timedelta(minutes=15)


class Reserved(Exception):
    """Somebody else has the guide open."""

    def __init__(self, person: User, until_at: datetime) -> None:
        super().__init__(person.pk, until_at)
        self.person = person
        self.until_at = until_at


@transaction.atomic
def reserve(*, case: Case, person_id: int, now: datetime) -> Reservation:
    """
    Reserve a lead for a quarter of an hour, or prolong one's own reservation.

    :raises Reserved: if somebody else has it
    """
    until_at = now + RESERVED_FOR
    # Of two who come at once the row lets one in: the update or the unique row decides.
    mine_or_over = Reservation.objects.filter(case=case).filter(
        Q(person=person_id) | Q(until_at__lte=now)
    )
    if not mine_or_over.update(person=person_id, until_at=until_at):
        mine = Reservation(case=case, person_id=person_id, until_at=until_at)
        Reservation.objects.bulk_create([mine], ignore_conflicts=True)

    found = Reservation.objects.select_related("person").get(case=case)
    if found.person_id != person_id:
        raise Reserved(found.person, found.until_at)
    return found


def release(*, case: Case, person_id: int) -> None:
    """Give up one's own reservation; nobody else's."""
    Reservation.objects.filter(case=case, person=person_id).delete()
