"""What an administrator does with the outbox: stops everything, lets it go on, has mails tried again."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from lotse.kernel.actors import SYSTEM, Actor
from lotse.records.journal.services import record
from lotse.records.outbox.facts import (
    AddressFreed,
    SendingLocked,
    SendingStopped,
    SendingWentOn,
    TriedAgain,
)
from lotse.records.outbox.models import FAILED, Message, Sending, SendingNode, Suppression
from lotse.records.outbox.services import notify


def get_sending() -> Sending:
    """Return the row that says whether anything leaves."""
    sending, _made = Sending.objects.get_or_create(pk=1)
    return sending


@transaction.atomic
def stop(*, by: Actor, now: datetime) -> None:
    """Let nothing leave from now on but the window that is on its way; what is due waits."""
    sending = _held()
    if sending.stopped_at is None:
        _write(sending, stopped_at=now, why=Sending.Why.PERSON)
        record(SendingStopped(), about=sending, by=by, at=now)


@transaction.atomic
def go_on(*, by: Actor, now: datetime) -> None:
    """
    Let mails leave again, from wherever the database now stands.

    Whoever does so has seen what waits: what a copy or a former state would send twice.
    """
    sending = _held()
    if sending.stopped_at is not None:
        _write(sending, stopped_at=None, why="", place="", epoch=sending.epoch + 1)
        # The nodes begin to count anew.
        SendingNode.objects.update(windows=0)
        record(SendingWentOn(), about=sending, by=by, at=now)


def settle(place: str) -> None:
    """Note where the outbox stands, if that is not known yet."""
    Sending.objects.filter(pk=1, place="").update(place=place)


def lock(why: Sending.Why, *, now: datetime, tell: Iterable[int]) -> None:
    """Let nothing leave until somebody has looked at it, and tell those who can."""
    sending = _held()
    if sending.stopped_at is None:
        _write(sending, stopped_at=now, why=why)
        fact = SendingLocked(lock_reason=why.value)
        record(fact, about=sending, by=SYSTEM, at=now)
        notify(tell, fact, case_id=None, now=now)


@transaction.atomic
def try_again(message_ids: Collection[int] | None, *, by: Actor, now: datetime) -> int:
    """
    Put mails that failed back into the outbox, all of them without numbers; return how many.

    They begin anew: as many attempts as a new one, and one more if nobody knows whether it arrived.
    """
    failed = Message.objects.filter(state__in=FAILED)
    if message_ids is not None:
        failed = failed.filter(pk__in=message_ids)
    number = failed.update(
        state=Message.State.READY, not_before=now, attempts=0, resent=0, settled_at=None
    )
    if number:
        record(TriedAgain(number=number), about=get_sending(), by=by, at=now)
    return number


@transaction.atomic
def free(suppression: Suppression, *, by: Actor, now: datetime) -> None:
    """Let mails go to an address again."""
    suppression.delete()
    record(AddressFreed(), about=get_sending(), by=by, at=now)


def _held() -> Sending:
    get_sending()
    return Sending.objects.select_for_update().get(pk=1)


def _write(sending: Sending, **values: object) -> None:
    for name, value in values.items():
        setattr(sending, name, value)
    sending.save(update_fields=list(values))
