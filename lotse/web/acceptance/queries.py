"""Reads for the pages of offers and of the guide, all through the gate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import Act, Entity, Level, May
from lotse.access.telling.names import get_names
from lotse.access.telling.sentences import Teller, refs_in
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.kernel.addresses import plain
from lotse.kernel.words import phone_digits
from lotse.records.cases.models import Case, Inquiry
from lotse.records.catalog.models import Reason
from lotse.records.journal.models import Act as JournalAct
from lotse.records.journal.models import Entry
from lotse.records.people.models import User
from lotse.stages.acceptance.facts import AccessAsked
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.asked import get_lead_type
from lotse.stages.acceptance.queries.offers import get_standing_offers, get_unanswered_offer, offers
from lotse.stages.acceptance.services.answering import get_acceptance

NAMED = ("phase", "lead_type", "product__line", "source", "assignee", "team", "partner")


class Gone(Exception):
    """Whoever asks was offered the lead once, and it is not to be had any more."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(offer.pk)
        self.offer = offer


def find_case(viewer: Viewer, pk: int) -> Case:
    """
    Return a lead that the viewer may answer for.

    :raises Gone: if it was offered to them, and somebody was quicker or time ran out
    :raises Http404: if they may not see it
    :raises PermissionDenied: if they may see it but it is not theirs to answer
    """
    try:
        return gate.find(viewer, May.ANSWER, Case.objects.select_related(*NAMED), pk=pk)
    except (Http404, PermissionDenied):
        mine = gate.rows(viewer, May.SEE, offers().filter(case=pk))
        offer = mine.filter(_to(viewer)).exclude(answer="").order_by("-id").first()
        if offer is None:
            raise
        raise Gone(offer) from None


def get_offers(viewer: Viewer, *, now: datetime) -> list[Offer]:
    """Return what stands for the viewer; what ends first comes first."""
    if viewer.person_id is None:
        return []
    return get_standing_offers(
        viewer.person_id, team_ids=viewer.team_ids, partner_id=viewer.partner_id, now=now
    )


def get_own_offer(viewer: Viewer, case: Case) -> Offer | None:
    """Return the offer by which the viewer is asked for this case; its time may be over by now."""
    if viewer.person_id is None:
        return None
    return get_unanswered_offer(
        case, viewer.person_id, team_ids=viewer.team_ids, partner_id=viewer.partner_id
    )


def is_asked(viewer: Viewer, offer: Offer) -> bool:
    """Say whether an offer was made to the viewer, to a team of theirs or to their partner."""
    return (
        (offer.person_id is not None and offer.person_id == viewer.person_id)
        or offer.team_id in viewer.team_ids
        or (offer.partner_id is not None and offer.partner_id == viewer.partner_id)
    )


def get_assignees(viewer: Viewer, case: Case) -> list[User]:
    """Return who may work the case from now on: the viewer first, then those they may assign to."""
    reach = Q(pk=viewer.person_id)
    level = viewer.level(Entity.LEAD, Act.ASSIGN)
    if viewer.partner_id:
        reach |= Q(partner=viewer.partner_id) if level != Level.NONE else Q()
    elif level == Level.ALL:
        reach |= Q(partner=None) | Q(partner=case.asked_partner_id)
    elif level != Level.NONE:
        reach |= Q(memberships__team__in=viewer.team_ids)
    if case.assignee_id:
        reach |= Q(pk=case.assignee_id)
    people = gate.rows(viewer, May.SEE, User.objects.filter(reach, is_active=True))
    return sorted(
        people.distinct(), key=lambda u: (u.pk != viewer.person_id, u.name.casefold(), u.pk)
    )


def get_decline_reasons() -> list[Reason]:
    fitting = Reason.objects.filter(use=Reason.Use.DECLINED, is_active=True)
    return list(fitting.order_by("position", "id"))


def get_why(viewer: Viewer, case: Case, reader: Reader) -> list[str]:
    """Tell why just this person is asked, as the assignment wrote it down."""
    entry = Entry.objects.about(case).filter(kind="assignment.asked").order_by("-id").first()
    if entry is None:
        return []
    names = get_names(viewer, refs_in([entry]))
    return [Teller(names, reader).reason(reason) for reason in entry.because]


@dataclass(frozen=True)
class Inquired:
    """What came in, without that by which the person could be reached or named."""

    received_at: datetime
    channel: str
    words: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


def keeps_back(case: Case) -> bool:
    """Say whether name and ways to reach somebody are kept back until the lead is accepted."""
    return case.accepted_at is None and get_lead_type(case).keeps_contact_back


def get_inquiry(viewer: Viewer, case: Case) -> Inquired | None:
    """Return the first inquiry as it may be shown to those who are asked, or in full afterwards."""
    of_case = gate.rows(viewer, May.SEE, Inquiry.objects.filter(case=case))
    inquiry = of_case.order_by("id").first()
    if inquiry is None:
        return None
    shown = _pairs(inquiry.payload)
    if keeps_back(case):
        shown = [(n, v) for n, v in shown if not names_somebody(v, case)]
    return Inquired(
        received_at=inquiry.received_at,
        channel=inquiry.get_channel_display(),
        words=tuple(v for _, v in shown if _is_long(v)),
        values=tuple((n, v) for n, v in shown if not _is_long(v)),
    )


def _pairs(payload: Any) -> list[tuple[str, str]]:
    if not isinstance(payload, dict):
        return []
    flat = ((str(k), v) for k, v in payload.items() if isinstance(v, str | int | float))
    return [(name, str(value)) for name, value in flat if str(value).strip()]


def _is_long(value: str) -> bool:
    return len(value) > 60 or "\n" in value.strip()


def names_somebody(value: str, case: Case) -> bool:
    """Say whether a value of the inquiry tells who it is, or how to reach them."""
    if "@" in value:
        return True
    digits = phone_digits(case.phone)
    if digits and digits in phone_digits(value):
        return True
    words = f" {plain(value)} "
    telling = (case.last_name, case.first_name, case.company, case.street, case.external_id)
    return any(f" {plain(known)} " in words for known in telling if plain(known))


def has_asked_access(viewer: Viewer, case: Case) -> bool:
    lines = Entry.objects.about(case).filter(kind=AccessAsked.kind)
    return lines.filter(actor_kind=viewer.kind, actor_id=viewer.id).exists()


def get_accept_act(viewer: Viewer, case: Case) -> JournalAct | None:
    """Return the act by which the viewer accepted a case."""
    entry = get_acceptance(case)
    is_own = entry is not None and entry.actor.person_id == viewer.person_id
    return entry.act if entry and is_own else None


def _to(viewer: Viewer) -> Q:
    to = Q(person=viewer.person_id) | Q(team__in=viewer.team_ids)
    return to | Q(partner=viewer.partner_id) if viewer.partner_id else to


def title_for(viewer: Viewer, case: Case) -> str:
    """Return how a lead is called before it is accepted: by its name inside the house, else by what and where."""
    if not viewer.partner_id or not keeps_back(case):
        return case.name
    what = _what(case)
    place = f"{case.postcode} {case.city}".strip()
    return _("%(what)s in %(place)s") % {"what": what, "place": place} if place else what


def subject_for(case: Case) -> str:
    """Return what a lead is about, unless that names somebody who is not to be named yet."""
    if keeps_back(case) and names_somebody(case.subject, case):
        return ""
    return case.subject


def _what(case: Case) -> str:
    if case.product and case.product.line:
        return str(case.product.line.name)
    return str(case.product or subject_for(case) or _("A lead"))
