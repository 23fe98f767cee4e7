"""Putting messages into the outbox and notices under bells; both go in with the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from lotse.kernel.facts import Fact
from lotse.records.outbox.models import Message, Notice


def notify(
    user_ids: Iterable[int | None], fact: Fact, *, case_id: int | None, now: datetime
) -> None:
    """Put a fact under the bell of each of these people; nobody (None) is passed over."""
    wanted = sorted({pk for pk in user_ids if pk is not None})
    notify_each(((pk, fact, case_id) for pk in wanted), now=now)


def notify_each(rings: Iterable[tuple[int | None, Fact, int | None]], *, now: datetime) -> None:
    """Put facts under bells, each with its person and case, with one statement; nobody is passed over."""
    rows = [
        Notice(user_id=pk, kind=fact.kind, data=fact.to_data(), case_id=case_id, created_at=now)
        for pk, fact, case_id in rings
        if pk is not None
    ]
    Notice.objects.bulk_create(rows, batch_size=2000)


def post(messages: Iterable[Message]) -> None:
    """Put messages into the outbox; one whose key is there already is left as it is."""
    Message.objects.bulk_create(messages, batch_size=2000, ignore_conflicts=True)


def cancel(message_ids: Iterable[int], *, reason: str, now: datetime) -> None:
    """Take messages back that have not begun to leave; `reason` is the code of a sentence."""
    waiting = Message.objects.filter(pk__in=list(message_ids), state=Message.State.READY)
    waiting.update(state=Message.State.CANCELLED, answer=reason, settled_at=now)
