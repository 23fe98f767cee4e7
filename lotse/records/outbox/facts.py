"""What is written to the journal about sending: stopped, locked, gone on with, tried again, come back."""

from dataclasses import dataclass
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class SendingStopped(Fact):
    kind: ClassVar[str] = "outbox.stopped"
    sentence: ClassVar[str] = mark("%(actor)s stopped all mails")
    sign: ClassVar[str] = "ban"
    tone: ClassVar[str] = "warn"


@dataclass(frozen=True, kw_only=True)
class SendingLocked(Fact):
    """`lock_reason` is a choice of `Sending.Why`."""

    kind: ClassVar[str] = "outbox.locked"
    sentence: ClassVar[str] = mark("Sending is locked: %(lock_reason)s")
    sign: ClassVar[str] = "shield"
    tone: ClassVar[str] = "warn"

    lock_reason: str


@dataclass(frozen=True, kw_only=True)
class SendingWentOn(Fact):
    kind: ClassVar[str] = "outbox.went_on"
    sentence: ClassVar[str] = mark("%(actor)s let mails leave again")
    sign: ClassVar[str] = "mail"


@dataclass(frozen=True, kw_only=True)
class TriedAgain(Fact):
    """`number` says how many mails were put back into the outbox."""

    kind: ClassVar[str] = "outbox.tried_again"
    sentence: ClassVar[str] = mark("%(actor)s had failed mails tried again: %(number)s")
    sign: ClassVar[str] = "undo"

    number: int


@dataclass(frozen=True, kw_only=True)
class MailBounced(Fact):
    kind: ClassVar[str] = "outbox.bounced"
    sentence: ClassVar[str] = mark("A mail to %(person)s came back: nothing is sent there any more")
    sign: ClassVar[str] = "warning"
    tone: ClassVar[str] = "warn"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class AddressFreed(Fact):
    """Which address is not kept: the row of it is gone, and it may be somebody's."""

    kind: ClassVar[str] = "outbox.freed"
    sentence: ClassVar[str] = mark(
        "%(actor)s let mails go again to an address from which one had come back"
    )
    sign: ClassVar[str] = "check"
