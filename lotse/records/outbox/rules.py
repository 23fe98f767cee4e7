"""What becomes of a message after an attempt: sent, refused, tried again later, or in doubt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lotse.kernel.language import mark
from lotse.kernel.reasons import sentence

INACTIVE = sentence("outbox.inactive", mark("The receiver is not active any more."))
CAME_BACK = sentence("outbox.came_back", mark("A mail to this address came back for good."))
NO_SERVER = sentence("outbox.no_server", mark("No mail server is set: it waits."))
UNWRITABLE = sentence("outbox.unwritable", mark("The mail could not be written."))
DOUBT = sentence("outbox.doubt", mark("Nobody knows whether it arrived."))

# How long to wait after each attempt that failed for now; the last wait repeats.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))
# What could not be delivered for so long, reckoned in waits, is given up and shown as refused: a mail
# that somebody tries again after weeks begins anew.
GIVE_UP = timedelta(days=5)


class Outcome(StrEnum):
    """What the other side answered, or where it fell silent."""

    SENT = "sent"
    # For good (5xx).
    REFUSED = "refused"
    # For now (4xx), or it surely did not arrive.
    LATER = "later"
    # The end was sent, but no answer came: it may have arrived or not.
    UNKNOWN = "unknown"


class State(StrEnum):
    """The states of a message that an attempt can lead to."""

    READY = "ready"
    SENT = "sent"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Try:
    """What must be known of a message that was tried."""

    # How often it was tried, this time included.
    attempts: int
    # How often it was sent again because nobody knew.
    resent: int
    may_resend: bool


@dataclass(frozen=True)
class Next:
    state: State
    not_before: datetime | None = None
    resent: int = 0


def after(tried: Try, outcome: Outcome, *, now: datetime) -> Next:
    """
    Say what becomes of a message.

    In doubt, a reminder is sent once more under the same number, so that the receiver's server can
    tell; a second doubt, or one about a mail that must not come twice, stays a doubt.
    """
    if outcome == Outcome.SENT:
        return Next(State.SENT, resent=tried.resent)
    if outcome == Outcome.REFUSED:
        return Next(State.REJECTED, resent=tried.resent)
    if outcome == Outcome.LATER:
        return _later(tried, now=now)
    if tried.may_resend and not tried.resent:
        return Next(State.READY, not_before=now, resent=1)
    return Next(State.UNKNOWN, resent=tried.resent)


def _later(tried: Try, *, now: datetime) -> Next:
    if _waited(tried.attempts) >= GIVE_UP:
        return Next(State.REJECTED, resent=tried.resent)
    wait = WAITS[min(tried.attempts, len(WAITS)) - 1]
    return Next(State.READY, not_before=now + wait, resent=tried.resent)


def _waited(attempts: int) -> timedelta:
    """Return how long a message has waited between so many attempts."""
    waits = attempts - 1
    return sum(WAITS[:waits], timedelta()) + max(0, waits - len(WAITS)) * WAITS[-1]
