"""What each row of a list says: names, the phase, how the distribution stands, when it is due."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer
from lotse.stages.assignment.models import Waiting
from lotse.web.cases.listing import Listing
from lotse.web.shared import dues


@dataclass(frozen=True)
class Sign:
    """How the distribution of a new lead stands, in a few words."""

    icon: str
    text: str
    tone: str = "muted"


@dataclass(frozen=True, slots=True)
class Row:
    """
    One line of the list, in words: a page of templates asks each row for little, and flat.

    `*_iso` are moments as machines read them.
    """

    pk: int
    address: str
    choose: str
    name: str
    place: str
    interest: str
    sign: str
    campaign: str
    score: int | None
    distribution: Sign | None
    received: str
    received_iso: str
    phase: Phase | None
    assignee: User | None
    value: Decimal | None
    due: str
    is_overdue: bool
    is_won: bool
    outcome: str
    closed: str
    closed_iso: str


def get_rows(viewer: Viewer, listing: Listing, cases: Sequence[Case], reader: Reader) -> list[Row]:
    """Tell the cases of a page; two queries, however many they are."""
    new = [c.pk for c in cases if c.assignee_id is None and not c.is_closed]
    offers = _last_offers(viewer, new)
    waiting = _waiting_since(new)
    address_of = _addresses(listing)
    choose = _("Select %(name)s")
    return [
        _row(
            case,
            address=address_of(case.pk),
            choose=choose % {"name": case.name},
            distribution=_distribution(case, offers.get(case.pk), waiting.get(case.pk), reader),
            reader=reader,
        )
        for case in cases
    ]


def _addresses(listing: Listing) -> Callable[[int], str]:
    # Put together once: to look the same way up for each row takes longer than to read the rows.
    before, _zero, after = reverse(listing.page, args=[0]).rpartition("0")
    return lambda pk: f"{before}{pk}{after}"


def _row(
    case: Case, *, address: str, choose: str, distribution: Sign | None, reader: Reader
) -> Row:
    product, closed_at = case.product, case.closed_at
    return Row(
        pk=case.pk,
        address=address,
        choose=choose,
        name=case.name,
        place=f"{case.postcode} {case.city}".strip(),
        interest=case.subject or str(product or ""),
        sign=product.line.icon if product and product.line else "",
        campaign=str(case.campaign or ""),
        score=case.score,
        distribution=distribution,
        received=ago(case.created_at, reader),
        received_iso=case.created_at.isoformat(),
        phase=case.phase,
        assignee=case.assignee,
        value=case.value,
        due=due(case, reader),
        is_overdue=case.is_overdue(reader.now),
        is_won=case.outcome == Case.Outcome.WON,
        outcome=_outcome(case) if closed_at else "",
        closed=reader.short(reader.day_of(closed_at)) if closed_at else "",
        closed_iso=closed_at.isoformat() if closed_at else "",
    )


def _outcome(case: Case) -> str:
    return case.lost_reason.name if case.lost_reason else capfirst(case.get_outcome_display())


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
    day = reader.day_of(at)
    clock = reader.clock(at)
    return clock if day == reader.today else f"{reader.short(day)}, {clock}"


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
    return reader.short(reader.day_of(at))


def due(case: Case, reader: Reader) -> str:
    """
    Say since when a case is overdue, or when it will be.

    What lies ahead for it counts too: a phase that is over by an appointment of tomorrow is due then.
    """
    if case.is_closed:
        return ""
    if case.deferred_until or case.is_overdue(reader.now):
        return dues.due(case, reader)
    return reader.short(reader.day_of(case.overdue_at)) if case.overdue_at else ""
