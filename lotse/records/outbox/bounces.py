"""
What comes back: each mail leaves under an envelope address of its own, so that its report finds it.

The address bears the number of the message and a signature, for anybody can write to it
(variable envelope return path). A failure for good puts the receiver's address on the list of those
that nothing is sent to.
"""

import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from lotse.kernel.actors import SYSTEM
from lotse.kernel.addresses import email_of
from lotse.records.journal.services import record
from lotse.records.outbox.facts import MailBounced
from lotse.records.outbox.kinds import Kinds
from lotse.records.outbox.mail.reports import Report, read_report
from lotse.records.outbox.models import Message, Suppression
from lotse.records.outbox.services import notify

_SIGNATURE = 16
# A mail that was taken by the next server may still come back; one in doubt surely had arrived there.
_MAY_COME_BACK = (Message.State.SENT, Message.State.UNKNOWN)


class Taken(StrEnum):
    """What a mail to the address of returns was found to be."""

    FAILURE = "failure"
    # A second report about the same mail.
    KNOWN = "known"
    # A delay, an absence note: nothing that changes anything.
    NOTE = "note"
    # To no address of ours, or with a signature that is not ours.
    FOREIGN = "foreign"


def return_path(message_id: int) -> str:
    """Return the envelope address of a message; '' if no address for returns is set."""
    name, at, domain = str(settings.MAIL_BOUNCES).partition("@")
    return f"{name}+{message_id}-{_sign(message_id)}@{domain}" if at else ""


def read_return_path(address: str) -> int | None:
    """Return the number of the message an envelope address was made for; None if it was not ours."""
    token = address.strip().strip("<>").rpartition("@")[0].rpartition("+")[2]
    number, _dash, signature = token.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return int(number) if hmac.compare_digest(signature.lower(), _sign(int(number))) else None


def _sign(message_id: int) -> str:
    return salted_hmac("lotse.outbox.bounces", str(message_id), algorithm="sha256").hexdigest()[
        :_SIGNATURE
    ]


@transaction.atomic
def take(raw: bytes, *, to: str, kinds: Kinds, tell: Sequence[int], now: datetime) -> Taken:
    """Take a mail that came to an envelope address, `to`; `tell` are those who hear of a failure."""
    number = read_return_path(to)
    message = Message.objects.select_for_update().filter(pk=number).first() if number else None
    if message is None:
        return Taken.FOREIGN
    report = read_report(raw)
    if report is None:
        return Taken.NOTE
    if message.state not in _MAY_COME_BACK:
        return Taken.KNOWN
    _write(message, report, now=now)
    told = kinds[message.kind].settled if message.kind in kinds else None
    if told:
        told([message], now)
    _ring(message, tell, now=now)
    return Taken.FAILURE


def _write(message: Message, report: Report, *, now: datetime) -> None:
    message.state, message.answer, message.settled_at = Message.State.BOUNCED, report.text, now
    message.save(update_fields=["state", "answer", "settled_at"])
    if report.is_final:
        Suppression.objects.get_or_create(
            address=email_of(message.to_address),
            defaults={"since": now, "answer": report.text, "message": message},
        )


def _ring(message: Message, tell: Sequence[int], *, now: datetime) -> None:
    if message.to_user_id is None:
        return
    fact = MailBounced(person_id=message.to_user_id)
    record(fact, about=message, by=SYSTEM, at=now)
    notify(tell, fact, case_id=message.case_id, now=now)


def get_suppressed(addresses: Iterable[str]) -> set[str]:
    """Return which of these addresses nothing is sent to, as they are compared."""
    wanted = {email_of(address) for address in addresses}
    if not wanted:
        return set()
    return set(Suppression.objects.filter(address__in=wanted).values_list("address", flat=True))
