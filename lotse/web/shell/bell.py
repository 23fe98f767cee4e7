"""What stands under the bell: the newest notices, told, and marking them read."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling import sentences
from lotse.access.telling.names import get_names
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.kernel.actors import ActorKind
from lotse.kernel.facts import FACTS
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Notice
from lotse.records.people.models import User

NEWEST = 20


@dataclass(frozen=True)
class Line:
    """One notice as it is read; `about` is the case, if the reader may still see it."""

    text: str
    icon: str
    at: str
    moment: datetime
    is_unread: bool
    about: str
    address: str


def get_notices(viewer: Viewer, *, reader: Reader) -> list[Line]:
    """Return the newest notices of a person; the names in them as far as the viewer may know them now."""
    rows = list(Notice.objects.filter(user=viewer.person_id).order_by("-id")[:NEWEST])
    entries = [_as_entry(notice) for notice in rows]
    names = get_names(viewer, sentences.refs_in(entries))
    teller = sentences.Teller(names, reader)
    seen = {case.pk: case for case in _cases(viewer, rows)}
    return [
        _line(notice, teller.entry(entry), seen.get(notice.case_id or 0), reader)
        for notice, entry in zip(rows, entries, strict=True)
    ]


def mark_read(user: User, *, now: datetime) -> None:
    """Mark everything under the bell as read."""
    Notice.objects.filter(user=user, read_at=None).update(read_at=now)


def _cases(viewer: Viewer, notices: list[Notice]) -> list[Case]:
    ids = [n.case_id for n in notices if n.case_id]
    return list(gate.rows(viewer, May.SEE, Case.objects.filter(pk__in=ids)))


def _line(notice: Notice, text: str, case: Case | None, reader: Reader) -> Line:
    fact = FACTS.get(notice.kind)
    return Line(
        text=text,
        icon=fact.sign if fact else "bell",
        at=reader.moment(notice.created_at),
        moment=notice.created_at,
        is_unread=notice.read_at is None,
        about=case.name if case else "",
        address=reverse("lead", args=[case.pk]) if case else "",
    )


def _as_entry(notice: Notice) -> Entry:
    # A notice is a fact without an actor of its own: it is told as Lotse tells it.
    return Entry(kind=notice.kind, data=notice.data, actor_kind=ActorKind.SYSTEM)
