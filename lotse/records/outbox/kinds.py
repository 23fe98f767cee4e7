"""What the outbox must be told of each kind of message: how it reads, what stops it, who wants to know."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lotse.records.outbox.models import Message


@dataclass(frozen=True)
class Mail:
    """One mail as its receiver reads it; text and HTML say the same."""

    subject: str
    text: str
    html: str


Write = Callable[[Message], Mail]
# For the messages that are not to leave any more, the code of the sentence that says why.
Stopped = Mapping[int, str]


@dataclass(frozen=True)
class Kind:
    """A purpose of mails; `lotse.mails` has the table of them."""

    write: Callable[[Message, datetime], Mail]
    # Asked again in the moment of sending, for a window at once.
    check: Callable[[Sequence[Message], datetime], Stopped]
    # Told of messages that have come to an end, in the transaction that says so.
    settled: Callable[[Sequence[Message], datetime], None] | None = None
    # Reads at once what a window of messages needs, and returns what writes each; without it, each reads
    # by itself.
    read_ahead: Callable[[Sequence[Message], datetime], Write] | None = None


Kinds = Mapping[str, Kind]
