"""What the page of the outbox shows: one page of a box, how many are in each, and what stops everything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.names import get_names, refs_of
from lotse.access.telling.sentences import Teller
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.kernel.reasons import SENTENCES, Reason
from lotse.records.cases.models import Case
from lotse.records.outbox.models import FAILED, Message, Suppression
from lotse.records.people.models import User
from lotse.web.shared.slices import SIZE, Slice

# Beyond this nobody counts: "1.000+".
MOST_COUNTED = 1000

KINDS: Mapping[str, str | Promise] = {
    "offer": _("offer"),
    "follow-up": _("follow-up"),
    "follow-up-test": _("test mail"),
    "password": _("new password"),
}
TONES = {
    Message.State.READY: "",
    Message.State.SENDING: "info",
    Message.State.SENT: "ok",
    Message.State.REJECTED: "bad",
    Message.State.BOUNCED: "bad",
    Message.State.UNKNOWN: "warn",
}


@dataclass(frozen=True)
class Box:
    """One part of the outbox."""

    key: str
    label: str | Promise
    empty: str | Promise
    states: tuple[str, ...]
    is_counted: bool = True
    # What waits is shown in the order in which it will leave, all else the newest first.
    waits: bool = False

    def rows(self) -> QuerySet[Message]:
        return Message.objects.filter(state__in=self.states)


State = Message.State
BOXES = (
    Box("waiting", _("Waiting"), _("Nothing waits to leave."), (State.READY, State.SENDING), waits=True),
    Box("failed", _("Failed"), _("Nothing failed."), FAILED),
    Box("sent", _("Sent"), _("Nothing was sent yet."), (State.SENT,), is_counted=False),
    Box("left", _("Not sent"), _("Nothing was left unsent."), (State.SKIPPED, State.CANCELLED), is_counted=False),
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What the page shows, as its address says: which box, and the words that receivers are looked up by."""

    box: Box
    words: str
    after: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        boxes = {box.key: box for box in BOXES}
        box = boxes.get(query.get("box", ""), BOXES[0])
        return cls(box, query.get("q", "").strip(), query.get("after", ""))


@dataclass(frozen=True)
class Row:
    """A message as it is shown."""

    message: Message
    kind: str | Promise
    tone: str
    # When it left, or failed, or may leave.
    at: datetime
    answer: str
    case_name: str
    case_address: str

    @property
    def can_be_tried_again(self) -> bool:
        return self.message.state in FAILED


def get_counts() -> list[tuple[Box, int | None]]:
    """Return all boxes; how many are in it is counted where it matters, and not beyond a limit."""
    return [
        (box, box.rows()[: MOST_COUNTED + 1].count() if box.is_counted else None) for box in BOXES
    ]


def get_page(viewer: Viewer, wanted: Wanted, reader: Reader) -> Slice[Row]:
    """Read one page of a box, after the message with the number in `after`."""
    rows = wanted.box.rows()
    if wanted.words:
        rows = rows.filter(to_user__in=_receivers(viewer, wanted.words))
    found = list(_slice(rows, wanted))
    told = _tell(viewer, found[:SIZE], reader)
    return Slice(told, found[SIZE - 1].pk if len(found) > SIZE else None)


def _receivers(viewer: Viewer, words: str) -> QuerySet[User]:
    """Return the people whose name or address holds all of these words."""
    people = gate.rows(viewer, May.SEE, User.objects.all())
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return people


def _slice(rows: QuerySet[Message], wanted: Wanted) -> QuerySet[Message]:
    rows = rows.select_related("to_user")
    last = Message.objects.filter(pk=wanted.after).first() if wanted.after.isdecimal() else None
    if not wanted.box.waits:
        rows = rows.filter(pk__lt=last.pk) if last else rows
        return rows.order_by("-pk")[: SIZE + 1]
    if last:
        later = Q(not_before__gt=last.not_before) | Q(not_before=last.not_before, pk__gt=last.pk)
        rows = rows.filter(later)
    return rows.order_by("not_before", "pk")[: SIZE + 1]


def _tell(viewer: Viewer, messages: Sequence[Message], reader: Reader) -> list[Row]:
    cases = gate.rows(
        viewer, May.SEE, Case.objects.filter(pk__in={m.case_id for m in messages if m.case_id})
    ).in_bulk()
    teller = Teller(get_names(viewer, _refs(messages)), reader)
    return [_row(one, cases.get(one.case_id or 0), teller) for one in messages]


def _refs(messages: Iterable[Message]) -> set[tuple[str, int]]:
    return {ref for one in messages for ref in refs_of({"person_id": one.to_user_id})}


def _row(message: Message, case: Case | None, teller: Teller) -> Row:
    waits = message.state in {State.READY, State.SENDING}
    name = "lead" if case and case.kind == Case.Kind.LEAD else "opportunity"
    return Row(
        message=message,
        kind=KINDS.get(message.kind, message.kind),
        tone=TONES.get(State(message.state), ""),
        at=message.not_before if waits else message.settled_at or message.created_at,
        answer=_answer(message, teller),
        case_name=case.name if case else "",
        case_address=reverse(name, args=[case.pk]) if case else "",
    )


def _answer(message: Message, teller: Teller) -> str:
    """Return why it is where it is: our own reason as a sentence, or what the mail server said."""
    if message.answer in SENTENCES:
        return teller.reason(Reason(message.answer, {"person_id": message.to_user_id}))
    return message.answer


def get_suppressions() -> list[Suppression]:
    """Return the newest addresses that nothing is sent to."""
    return list(Suppression.objects.select_related("message__to_user").order_by("-since")[:SIZE])
