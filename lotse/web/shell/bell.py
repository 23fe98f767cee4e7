"""What stands under the bell: the newest notices, told, and marking them read."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

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
from lotse.records.outbox.facts import MailBounced, SendingLocked
from lotse.records.outbox.models import Notice
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.offers import offers
from lotse.web.acceptance.naming import titles_for

NEWEST = 20
_OF_OUTBOX = (MailBounced.kind, SendingLocked.kind)


@dataclass(frozen=True)
class Line:
    """One notice as it is read; `about` is the case or the offer, if the reader may still see it."""

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
    links = _links(viewer, rows)
    return [
        _line(notice, teller.entry(entry), links.get(notice.pk, ("", "")), reader)
        for notice, entry in zip(rows, entries, strict=True)
    ]


def mark_read(user: User, *, now: datetime) -> None:
    """Mark everything under the bell as read."""
    Notice.objects.filter(user=user, read_at=None).update(read_at=now)


def _links(viewer: Viewer, notices: list[Notice]) -> dict[int, tuple[str, str]]:
    """Return name and address of what each notice is about: the offer it tells of, or else the case."""
    cases = _cases(viewer, [n.case_id for n in notices if n.case_id])
    told = _offers(viewer, [n.data["offer_id"] for n in notices if "offer_id" in n.data])
    titles = titles_for(viewer, [offer.case for offer in told.values()])
    links = {}
    for notice in notices:
        offer = told.get(notice.data.get("offer_id", 0))
        if offer:
            links[notice.pk] = (titles[offer.case_id], reverse("offer", args=[offer.pk]))
        elif case := cases.get(notice.case_id or 0):
            links[notice.pk] = (case.name, reverse("lead", args=[case.pk]))
        elif notice.kind in _OF_OUTBOX:
            links[notice.pk] = (_("Outbox"), reverse("outbox"))
    return links


def _cases(viewer: Viewer, ids: list[int]) -> dict[int, Case]:
    return gate.rows(viewer, May.SEE, Case.objects.filter(pk__in=ids)).in_bulk()


def _offers(viewer: Viewer, ids: list[int]) -> dict[int, Offer]:
    return gate.rows(viewer, May.SEE, offers().filter(pk__in=ids)).in_bulk()


def _line(notice: Notice, text: str, link: tuple[str, str], reader: Reader) -> Line:
    fact = FACTS.get(notice.kind)
    about, address = link
    return Line(
        text=text,
        icon=fact.sign if fact else "bell",
        at=reader.moment(notice.created_at),
        moment=notice.created_at,
        is_unread=notice.read_at is None,
        about=about,
        address=address,
    )


def _as_entry(notice: Notice) -> Entry:
    # A notice is a fact without an actor of its own: it is told as Lotse tells it.
    return Entry(kind=notice.kind, data=notice.data, actor_kind=ActorKind.SYSTEM)
