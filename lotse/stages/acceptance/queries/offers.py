"""Offers as pages show them: what stands for somebody, and why it ends when it ends."""

from dataclasses import dataclass
from datetime import date, datetime

from lotse.records.cases.models import Case
from lotse.records.people.hours import working_time
from lotse.records.people.models import OpeningHours, Team
from lotse.stages.acceptance.models import Offer, OfferQuerySet, Reservation
from lotse.stages.acceptance.queries.asked import get_lead_type
from lotse.stages.acceptance.rules.terms import skipped_days

# What the page of an offer names from other tables, read with it.
NAMED = (
    "case__product__line", "case__lead_type", "case__source", "case__assignee", "person", "team__hours",
    "partner__hours", "answered_by",
)  # fmt: skip


@dataclass(frozen=True)
class Clock:
    """How the deadline of an offer came about."""

    open_hours: int
    is_always_open: bool
    # The days that did not count though they would have been open, each with its name.
    skipped: tuple[tuple[date, str], ...]


def offers() -> OfferQuerySet:
    return Offer.objects.select_related(*NAMED)


def get_standing_offers(
    person_id: int, *, team_ids: frozenset[int], partner_id: int | None, now: datetime
) -> list[Offer]:
    """Return what stands for a person, their teams and partner; what ends first comes first."""
    mine = offers().standing(now).to_member(person_id, team_ids=team_ids, partner_id=partner_id)
    free = mine.filter(case__assignee=None, case__closed_at=None)
    return list(free.order_by("deadline_at", "id")[:100])


def get_unanswered_offer(
    case: Case, person_id: int, *, team_ids: frozenset[int], partner_id: int | None
) -> Offer | None:
    """Return the offer by which somebody is asked for this case, even if its time is over by now."""
    mine = offers().unanswered().to_member(person_id, team_ids=team_ids, partner_id=partner_id)
    return mine.filter(case=case).first()


def get_reservation(case: Case, *, other_than: int | None, now: datetime) -> Reservation | None:
    """Return for whom else a lead is kept at the moment."""
    standing = Reservation.objects.filter(case=case, until_at__gt=now).exclude(person=other_than)
    return standing.select_related("person").first()


def get_clock(offer: Offer) -> Clock:
    """Say how many hours there are to answer, and which days do not count."""
    hours = working_time(_hours_of(offer))
    allowed = offer.case.answer_hours or get_lead_type(offer.case).offer_hours
    skipped = skipped_days(offer.offered_at, offer.deadline_at, hours)
    return Clock(allowed, hours.is_always_open, tuple(skipped))


def _hours_of(offer: Offer) -> OpeningHours | None:
    if offer.partner:
        return offer.partner.hours
    if offer.team:
        return offer.team.hours
    if offer.person and offer.person.partner:
        return offer.person.partner.hours
    of_person = Team.objects.filter(memberships__user=offer.person_id).select_related("hours")
    team = of_person.order_by("-memberships__is_main", "memberships__id").first()
    return team.hours if team else None
