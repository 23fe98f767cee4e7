"""Which offer an answer meets, and what to tell somebody who comes too late."""

from datetime import datetime

from django.db.models import F, Q

from lotse.kernel.actors import Actor
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.stages.acceptance.facts import Accepted, Attached, Withdrawn
from lotse.stages.acceptance.models import Offer


class OfferGone(Exception):
    """
    The lead is not to be had any more.

    `how` is one of accepted, declined, ran_out, withdrawn, assigned, closed; `person_id` and `at` say
    who it was, and when.
    """

    def __init__(self, how: str, *, person_id: int | None = None, at: datetime | None = None):
        super().__init__(how, person_id)
        self.how = how
        self.person_id = person_id
        self.at = at


def take_hold(case: Case) -> bool:
    """
    Take hold of a case that nobody has accepted; say whether that was possible.

    Note [hold]. This one conditional update settles every race: of two clicks, of two colleagues, of
    a click and the clock. Whoever comes second waits here for the first to finish, and then no longer
    finds the case as it must be. Everybody takes hold of the case before they touch its offer.
    """
    is_free = Q(assignee=None)
    if case.assignee_id:
        # Given to somebody without being offered: the holder still settles account and contact.
        is_free |= Q(assignee=case.assignee_id)
    free = Case.objects.filter(is_free, pk=case.pk, accepted_at=None, closed_at=None)
    return bool(free.update(version=F("version") + 1))


def answer(offer: Offer, how: Offer.Answer, *, by: Actor, now: datetime, **also: object) -> None:
    """
    Answer an offer that stands.

    :raises OfferGone: if it was answered meanwhile, or ran out
    """
    standing = Offer.objects.standing(now).filter(pk=offer.pk)
    if not standing.update(answer=how, answered_at=now, answered_by=by.person_id, **also):
        raise why_gone(offer, now=now)


def withdraw_others(case: Case, *, now: datetime) -> list[tuple[Offer, Withdrawn]]:
    """Withdraw what still stands for a case that goes another way."""
    standing = list(Offer.objects.unanswered().filter(case=case))
    Offer.objects.filter(pk__in=[o.pk for o in standing]).update(
        answer=Offer.Answer.WITHDRAWN, answered_at=now, settled_at=now
    )
    return [(offer, withdrawn(offer)) for offer in standing]


def withdrawn(offer: Offer) -> Withdrawn:
    return Withdrawn(
        offer_id=offer.pk,
        person_id=offer.person_id,
        team_id=offer.team_id,
        partner_id=offer.partner_id,
    )


def why_gone(offer: Offer, *, now: datetime) -> OfferGone:
    """Say what became of an offer."""
    offer.refresh_from_db()
    if not offer.answer:
        return OfferGone(Offer.Answer.RAN_OUT, at=offer.deadline_at)
    return OfferGone(offer.answer, person_id=offer.answered_by_id, at=offer.answered_at)


def why_taken(case: Case) -> OfferGone:
    """Say who has a case, and since when."""
    case.refresh_from_db()
    entry = get_acceptance(case)
    if entry:
        return OfferGone("accepted", person_id=entry.actor.person_id, at=entry.at)
    if case.is_closed:
        return OfferGone("closed", at=case.closed_at)
    return OfferGone("assigned", person_id=case.assignee_id, at=case.assigned_at)


def get_acceptance(case: Case) -> Entry | None:
    """Return the line of the journal by which a case was accepted, unless that was taken back."""
    lines = Entry.objects.about(case).filter(kind__in=[Accepted.kind, Attached.kind])
    return lines.filter(act__undone_at=None).select_related("act").order_by("-id").first()
