"""
Sends what waits in the outbox, in windows, so that whatever is killed and whenever, nothing is lost unseen.

One commit marks a window as being sent before the first byte leaves; then it is sent; then one commit
writes what became of it. A window whose worker died is in doubt: nobody knows what had left.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from lotse.kernel.addresses import email_of
from lotse.records.outbox import rules
from lotse.records.outbox.bounces import get_suppressed, return_path
from lotse.records.outbox.guard import Guard
from lotse.records.outbox.kinds import Kind, Kinds, Write
from lotse.records.outbox.mail.letters import Letter, Sender, fold
from lotse.records.outbox.mail.smtp import Answer, Transport
from lotse.records.outbox.models import Message
from lotse.records.outbox.rules import Outcome

log = logging.getLogger(__name__)

WINDOW = 20
# Longer than a window takes if every command of every letter uses up its patience.
LEASE = timedelta(minutes=15)

State = Message.State


@dataclass(frozen=True)
class Result:
    message: Message
    answer: Answer


def send_due(
    *, now: datetime, kinds: Kinds, transport: Transport | None, guard: Guard | None = None
) -> int:
    """
    Send a window of what is due, and return how many messages were looked at.

    Without a transport messages stay where they are, each with a line in the log; where the guard
    lets nothing pass, too, without one.
    """
    lapsed = _settle_lapsed(now=now, kinds=kinds)
    if transport is None:
        return lapsed + _keep(now=now)
    window, stopped = _claim(now=now, kinds=kinds, guard=guard)
    if window and guard:
        guard.passed()
    results = _send(window, now=now, kinds=kinds, transport=transport)
    _write(results, now=now, kinds=kinds)
    return lapsed + stopped + len(window)


@transaction.atomic
def _claim(*, now: datetime, kinds: Kinds, guard: Guard | None) -> tuple[list[Message], int]:
    """Take a window of due messages; those that something stops come to their end here."""
    due = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=State.READY, not_before__lte=now, kind__in=kinds
    )
    found = list(due.select_related("to_user").order_by("not_before", "id")[:WINDOW])
    if found and guard and not guard.lets_pass(now=now):
        return [], 0
    stopped = _check(found, now=now, kinds=kinds)
    for message in found:
        if message.pk in stopped:
            _set(message, state=State.SKIPPED, answer=stopped[message.pk], settled_at=now)
    window = [m for m in found if m.pk not in stopped]
    ids = [m.pk for m in window]
    Message.objects.filter(pk__in=ids).update(
        state=State.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    for message in window:
        message.attempts += 1
    _tell([m for m in found if m.pk in stopped], now=now, kinds=kinds)
    return window, len(stopped)


def _check(messages: Sequence[Message], *, now: datetime, kinds: Kinds) -> dict[int, str]:
    """Return why messages are not to leave: what their kind says, or that the receiver can't be reached."""
    stopped = {m.pk: rules.INACTIVE for m in messages if m.to_user and not m.to_user.is_active}
    suppressed = get_suppressed(m.to_address for m in messages)
    stopped |= {m.pk: rules.CAME_BACK for m in messages if email_of(m.to_address) in suppressed}
    for kind, some in _by_kind(messages).items():
        stopped |= kinds[kind].check(some, now)
    return stopped


def _send(
    window: Sequence[Message], *, now: datetime, kinds: Kinds, transport: Transport
) -> list[Result]:
    results: list[Result] = []
    writers = {kind: _writer(kinds[kind], some, now=now) for kind, some in _by_kind(window).items()}
    down: Answer | None = None
    sender = Sender.read(settings.MAIL_FROM)
    for message in window:
        letter = _letter(message, writers[message.kind], sender=sender, now=now)
        if letter is None:
            results.append(Result(message, Answer(Outcome.REFUSED, rules.UNWRITABLE)))
            continue
        answer = down or transport.send(letter)
        down = answer if answer.is_down else None
        results.append(Result(message, answer))
    return results


def _writer(kind: Kind, messages: Sequence[Message], *, now: datetime) -> Write:
    if kind.read_ahead:
        try:
            return kind.read_ahead(messages, now)
        except Exception:
            # What all of them need could not be read; each by itself shows which one is at fault.
            log.exception("%d messages could not be prepared at once", len(messages))
    return lambda message: kind.write(message, now)


def _letter(message: Message, write: Write, *, sender: Sender, now: datetime) -> Letter | None:
    try:
        return fold(
            write(message),
            key=message.key,
            kind=message.kind,
            to_name=message.to_user.name if message.to_user else "",
            to_address=message.to_address,
            language=message.language,
            sender=sender,
            now=now,
            return_path=return_path(message.pk),
        )
    except Exception:
        # One mail that can't be written must not hold up the others; it is shown as refused.
        log.exception("message %d could not be written", message.pk)
        return None


@transaction.atomic
def _write(results: Iterable[Result], *, now: datetime, kinds: Kinds) -> None:
    """Write what became of a window, with one commit."""
    written = [r.message for r in results if _settle(r, now=now)]
    _tell([m for m in written if m.state != State.READY], now=now, kinds=kinds)


def _settle(result: Result, *, now: datetime) -> bool:
    """Write what became of one message, unless its lease ran out and another worker has it."""
    message, answer = result.message, result.answer
    tried = rules.Try(
        attempts=message.attempts,
        resent=message.resent,
        may_resend=message.doubt == Message.Doubt.RESEND,
    )
    becomes = rules.after(tried, answer.outcome, now=now)
    is_final = becomes.state != rules.State.READY
    mine = Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    return _set(
        message,
        among=mine,
        state=State(becomes.state),
        answer=answer.text,
        resent=becomes.resent,
        not_before=becomes.not_before or message.not_before,
        lease_until=None,
        settled_at=now if is_final else None,
    )


@transaction.atomic
def _settle_lapsed(*, now: datetime, kinds: Kinds) -> int:
    """Find what was being sent when its worker died: nobody knows whether it arrived."""
    lapsed = Message.objects.select_for_update(skip_locked=True).filter(
        state=State.SENDING, lease_until__lte=now
    )
    found = list(lapsed.order_by("id")[:WINDOW])
    doubt = Answer(Outcome.UNKNOWN, rules.DOUBT)
    for message in found:
        _settle(Result(message, doubt), now=now)
    _tell([m for m in found if m.state != State.READY], now=now, kinds=kinds)
    return len(found)


@transaction.atomic
def _keep(*, now: datetime) -> int:
    """Note messages that wait because no mail server is set, each once."""
    waiting = Message.objects.filter(state=State.READY, attempts=0, not_before__lte=now)
    found = list(waiting.order_by("id")[:WINDOW])
    for message in found:
        log.warning(
            "no mail server is set (LOTSE_SMTP_URL): %s to %s stays in the outbox",
            message.kind,
            message.to_address,
        )
    ids = [m.pk for m in found]
    Message.objects.filter(pk__in=ids).update(attempts=1, answer=rules.NO_SERVER)
    return len(found)


def _tell(messages: Sequence[Message], *, now: datetime, kinds: Kinds) -> None:
    for kind, some in _by_kind(messages).items():
        told = kinds[kind].settled if kind in kinds else None
        if told:
            told(some, now)


def _by_kind(messages: Iterable[Message]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        found[message.kind].append(message)
    return found


def _set(message: Message, *, among: QuerySet[Message] | None = None, **values: object) -> bool:
    rows = Message.objects.filter(pk=message.pk) if among is None else among
    for name, value in values.items():
        setattr(message, name, value)
    return rows.update(**values) == 1
