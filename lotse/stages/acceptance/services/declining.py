"""Declining an offer: it counts for the whole team or partner, and the lead goes on at once."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from lotse.kernel.actors import Actor
from lotse.records.cases.holding import ASKED_NOBODY, COLUMNS
from lotse.records.cases.models import Case
from lotse.records.cases.services import change, snapshot
from lotse.records.catalog.models import Reason
from lotse.records.journal.models import Act, Entry
from lotse.records.journal.services import begin, record
from lotse.stages.acceptance.facts import Declined
from lotse.stages.acceptance.models import Offer, Reservation
from lotse.stages.acceptance.queries.asked import get_lead_type
from lotse.stages.acceptance.services.answering import answer


class NeedsReason(Exception):
    """The lead type wants to know why."""


class NeedsComment(Exception):
    """The lead type, or the reason, wants a word on it."""


@transaction.atomic
def decline(
    *, offer: Offer, reason: Reason | None, comment: str = "", by: Actor, now: datetime
) -> Act:
    """
    Say no to an offer; a second click finds what the first one did.

    :raises NeedsReason: if the lead type asks for a reason
    :raises NeedsComment: if it, or the reason, asks for a comment
    :raises OfferGone: if the offer was answered, ran out or was withdrawn; an accepted lead cannot be declined
    """
    done = _done_already(offer, by)
    if done:
        return done
    _check(offer, reason, comment)

    # Note [hold]: the case first, for whoever accepts at the same moment.
    Case.objects.filter(pk=offer.case_id).update(version=F("version") + 1)
    answer(offer, Offer.Answer.DECLINED, by=by, now=now, reason=reason, comment=comment.strip())
    act = begin(kind="decline", by=by, at=now)
    case = Case.objects.select_related("phase").get(pk=offer.case_id)
    before = snapshot(case, COLUMNS)
    # Nobody is asked any more, so that the next look at lists and pages says so already.
    change(case, **ASKED_NOBODY, wake_at=now)
    Reservation.objects.filter(case=case).delete()
    record(_declined(offer, reason), about=case, by=by, at=now, before=before, act=act)
    return act


def _check(offer: Offer, reason: Reason | None, comment: str) -> None:
    lead_type = get_lead_type(offer.case)
    if lead_type.decline_needs_reason and reason is None:
        raise NeedsReason
    wants_word = lead_type.decline_needs_comment or (reason is not None and reason.needs_comment)
    if wants_word and not comment.strip():
        raise NeedsComment


def _done_already(offer: Offer, by: Actor) -> Act | None:
    offer.refresh_from_db()
    if offer.answer != Offer.Answer.DECLINED or offer.answered_by_id != by.person_id:
        return None
    lines = Entry.objects.about(offer.case).filter(kind=Declined.kind, act__undone_at=None)
    of_offer = (e for e in lines.select_related("act") if e.data["offer_id"] == offer.pk)
    entry = next(of_offer, None)
    return entry.act if entry else None


def _declined(offer: Offer, reason: Reason | None) -> Declined:
    return Declined(
        offer_id=offer.pk,
        person_id=offer.person_id,
        team_id=offer.team_id,
        partner_id=offer.partner_id,
        reason_id=reason.pk if reason else None,
    )


def undo_decline(entry: Entry, now: datetime) -> None:
    """Let the offer stand again, with its old deadline; who was asked since is asked no more."""
    offer_id = entry.data["offer_id"]
    others = Offer.objects.unanswered().filter(case=entry.about_id)
    others.update(answer=Offer.Answer.WITHDRAWN, answered_at=now, settled_at=now)
    Offer.objects.filter(pk=offer_id).update(
        answer="", answered_at=None, answered_by=None, reason=None, comment="", settled_at=None
    )
