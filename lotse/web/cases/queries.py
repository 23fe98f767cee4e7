"""Reads a page of a list: its cases through the gate, how many there are, and what each row says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer
from lotse.stages.assignment.models import Waiting
from lotse.web.cases.filters import Filters
from lotse.web.cases.listing import Group, Listing

SIZE = 50
# Beyond this nobody counts: "10.000+".
MOST_COUNTED = 10_000

# What a row shows, and no more of what may be a million rows.
NAMED = (
    "product__line", "campaign", "phase", "assignee", "asked_person", "asked_team",
    "asked_partner", "lost_reason",
)  # fmt: skip
SHOWN = (
    "kind", "stage", "version", "created_at", "first_name", "last_name", "company", "email",
    "phone", "sort_name", "postcode", "city", "subject", "value", "score", "assigned_at",
    "asked_by_offer", "clock_from", "due_at", "overdue_at", "deferred_until", "outcome",
    "closed_at", *NAMED,
)  # fmt: skip


@dataclass(frozen=True)
class Sign:
    """How the distribution of a new lead stands, in a few words."""

    icon: str
    text: str
    tone: str = "muted"


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    case: Case
    distribution: Sign | None
    received: str
    due: str
    is_overdue: bool
    closed: str

    @property
    def interest(self) -> str:
        return self.case.subject or str(self.case.product or "")

    @property
    def is_won(self) -> bool:
        return self.case.outcome == Case.Outcome.WON


def get_cases(viewer: Viewer, listing: Listing, group: Group, may: May = May.SEE) -> QuerySet[Case]:
    """Return the cases of a group on which the viewer may act so."""
    return gate.rows(viewer, may, group.among(Case.objects.filter(kind=listing.kind)))


def load(viewer: Viewer, ids: Collection[int]) -> QuerySet[Case]:
    """Return cases of a page with what their rows show."""
    seen = gate.rows(viewer, May.SEE, Case.objects.filter(pk__in=ids))
    return seen.select_related(*NAMED).only(*SHOWN, *(f"{n}__name" for n in _BY_NAME), *_OTHERS)


_BY_NAME = ("campaign", "assignee", "asked_person", "asked_team", "asked_partner", "product")
_OTHERS = (
    "product__line__icon", "phase__name_de", "phase__name_en", "phase__colour",
    "lost_reason__name_de", "lost_reason__name_en",
)  # fmt: skip


def count(cases: QuerySet[Case]) -> int:
    """Count, but not beyond what is told; an order the cases have says in which index."""
    return cases.values("pk")[: MOST_COUNTED + 1].count()


def get_counts(viewer: Viewer, listing: Listing) -> dict[str, int]:
    """Return how many cases each group has that the viewer may see."""
    return {g.key: count(get_cases(viewer, listing, g).order_by(*g.order)) for g in listing.groups}


def narrowed(
    viewer: Viewer,
    listing: Listing,
    group: Group,
    filters: Filters,
    *,
    now: datetime,
    may: May = May.SEE,
) -> QuerySet[Case]:
    return filters.narrow(get_cases(viewer, listing, group, may), now=now)


def get_rows(viewer: Viewer, cases: Sequence[Case], reader: Reader) -> list[Row]:
    """Tell the cases of a page; two queries, however many they are."""
    new = [c.pk for c in cases if c.assignee_id is None and not c.is_closed]
    offers = _last_offers(viewer, new)
    waiting = _waiting_since(new)
    return [
        Row(
            case,
            _distribution(case, offers.get(case.pk), waiting.get(case.pk), reader),
            received=ago(case.created_at, reader),
            due=due(case, reader),
            is_overdue=case.is_overdue(reader.now),
            closed=reader.day(reader.day_of(case.closed_at)) if case.closed_at else "",
        )
        for case in cases
    ]


def _last_offers(viewer: Viewer, case_ids: Sequence[int]) -> Mapping[int, Offer]:
    if not case_ids:
        return {}
    offers = Offer.objects.filter(case__in=case_ids).select_related("person", "team", "partner")
    return {o.case_id: o for o in gate.rows(viewer, May.SEE, offers).order_by("pk")}


def _waiting_since(case_ids: Sequence[int]) -> Mapping[int, datetime]:
    if not case_ids:
        return {}
    rows: Iterable[tuple[int, datetime]] = Waiting.objects.filter(case__in=case_ids).values_list(
        "case_id", "since_at"
    )
    return dict(rows)


def _distribution(
    case: Case, offer: Offer | None, since: datetime | None, reader: Reader
) -> Sign | None:
    if case.is_closed or case.assignee_id is not None:
        return None
    if offer and offer.is_standing(reader.now):
        told = {"name": _asked_by(offer), "when": _until(offer.deadline_at, reader)}
        return Sign("hourglass", _("offered: %(name)s, until %(when)s") % told)
    if case.stage == Case.Stage.MATCHING or (case.asked_by_offer and not offer):
        return Sign("clock", _("in the queue"), "faint")
    if since and not (case.asked_person_id or case.asked_team_id or case.asked_partner_id):
        return _pooled(offer, since, reader)
    return Sign("clock", _("in the queue"), "faint")


def _pooled(offer: Offer | None, since: datetime, reader: Reader) -> Sign:
    if offer and offer.answer == Offer.Answer.DECLINED:
        told = {"name": _asked_by(offer)}
        return Sign("undo", _("declined by %(name)s") % told, "tone-warn")
    if offer and offer.answer == Offer.Answer.RAN_OUT:
        told = {"name": _asked_by(offer)}
        return Sign("undo", _("no answer from %(name)s") % told, "tone-warn")
    told = {"when": _until(since, reader)}
    return Sign("warning", _("in the pool since %(when)s") % told, "tone-bad")


def _asked_by(offer: Offer) -> str:
    asked: User | object | None = offer.person or offer.team or offer.partner
    return str(asked or "")


def _until(at: datetime, reader: Reader) -> str:
    return reader.clock(at) if reader.day_of(at) == reader.today else reader.moment(at)


def ago(at: datetime, reader: Reader) -> str:
    """Say how long ago something was: minutes and hours today, before that the day."""
    minutes = int((reader.now - at).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(number)d min ago", "%(number)d min ago", minutes) % {"number": minutes}
    if reader.day_of(at) == reader.today:
        hours = minutes // 60
        return ngettext("%(number)d hr ago", "%(number)d hr ago", hours) % {"number": hours}
    return reader.day(reader.day_of(at))


def due(case: Case, reader: Reader) -> str:
    """Say when a case is due, or since when it is overdue."""
    if case.is_closed:
        return ""
    if case.deferred_until:
        return _("deferred until %(day)s") % {"day": reader.day(reader.day_of(case.deferred_until))}
    if case.overdue_at and case.overdue_at <= reader.now:
        return overdue_since(case.overdue_at, reader)
    return reader.day(reader.day_of(case.due_at)) if case.due_at else ""


def overdue_since(at: datetime, reader: Reader) -> str:
    days = (reader.today - reader.day_of(at)).days
    if days == 0:
        return _("overdue since %(time)s") % {"time": reader.clock(at)}
    if days == 1:
        return _("overdue since yesterday")
    told = {"days": days}
    return ngettext("overdue for %(days)d day", "overdue for %(days)d days", days) % told
