"""Reads for the pages of offers and of the guide, all through the gate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from lotse.access import gate
from lotse.access.policy import Act, Entity, Level, May
from lotse.access.telling.names import get_names
from lotse.access.telling.sentences import Teller, refs_in
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Reason
from lotse.records.journal.models import Act as JournalAct
from lotse.records.journal.models import Entry
from lotse.records.people.models import User
from lotse.stages.acceptance.facts import AccessAsked
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.keeping import keeps_back, names_somebody
from lotse.stages.acceptance.queries.offers import get_standing_offers, get_unanswered_offer, offers
from lotse.stages.acceptance.services.answering import get_acceptance
from lotse.web.acceptance.naming import titles_for

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


@dataclass(frozen=True)
class Waiting:
    """An offer that waits for an answer, and how its lead may be called."""

    offer: Offer
    title: str


def get_offers(viewer: Viewer, *, now: datetime) -> list[Waiting]:
    """Return what stands for the viewer; what ends first comes first."""
    if viewer.person_id is None:
        return []
    standing = get_standing_offers(
        viewer.person_id, team_ids=viewer.team_ids, partner_id=viewer.partner_id, now=now
    )
    titles = titles_for(viewer, [offer.case for offer in standing])
    return [Waiting(offer, titles[offer.case_id]) for offer in standing]


def get_own_offer(viewer: Viewer, case: Case) -> Offer | None:
    """Return the offer by which the viewer is asked for this case; its time may be over by now."""
    if viewer.person_id is None:
        return None
    return get_unanswered_offer(
        case, viewer.person_id, team_ids=viewer.team_ids, partner_id=viewer.partner_id
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


def get_inquiry(case: Case) -> Inquired | None:
    """Return the first inquiry as it may be shown to those who are asked, or in full afterwards."""
    inquiry = case.inquiries.order_by("id").first()
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
