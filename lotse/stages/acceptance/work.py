"""The entrance of the stage: holds leads out, reminds, and lets go what was answered or ran out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum, auto

from django.db.models import F

from lotse.kernel.moves import Leave, Move, Wait
from lotse.records.cases.holding import ASKED_NOBODY
from lotse.records.cases.models import Case
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.asked import get_circle
from lotse.stages.acceptance.services.holding import give
from lotse.stages.acceptance.services.offering import make_offers, remind, run_out, withdraw
from lotse.stages.acceptance.services.starting import set_starts


class Due(StrEnum):
    """What a case wants now."""

    CLOSED = auto()
    HELD = auto()
    DECLINED = auto()
    RAN_OUT = auto()
    GIVE = auto()
    OFFER = auto()
    REMIND = auto()
    WAIT = auto()


def work(cases: Sequence[Case], *, now: datetime) -> Mapping[int, Move]:
    unsettled = Offer.objects.unsettled().filter(case__in=cases).select_related("person", "partner")
    offers = {offer.case_id: offer for offer in unsettled.order_by("id")}
    some: dict[Due, list[Case]] = {due: [] for due in Due}
    for case in cases:
        some[look(case, offers.get(case.pk), now=now)].append(case)

    _draw_consequences(some, offers, now=now)
    circle = get_circle(some[Due.HELD] + some[Due.GIVE] + some[Due.OFFER])
    give(some[Due.GIVE], circle, now=now)
    set_starts(some[Due.HELD] + some[Due.GIVE], circle, now=now)
    for offer in make_offers(some[Due.OFFER], circle, now=now):
        offers[offer.case_id] = offer
    remind([offers[c.pk] for c in some[Due.REMIND]], some[Due.REMIND], now=now)
    return {c.pk: _move(due, c, offers) for due, of_due in some.items() for c in of_due}


def look(case: Case, offer: Offer | None, *, now: datetime) -> Due:
    """Say what a case wants, from what stands on it and from its offer, if one is unsettled."""
    if case.is_closed:
        return Due.CLOSED
    if case.assignee_id:
        return Due.HELD
    is_asked = case.asked_person_id or case.asked_team_id or case.asked_partner_id
    if not is_asked:
        return Due.DECLINED if offer and offer.answer else Due.WAIT
    if offer and not offer.answer and offer.is_to(case):
        return _look_at_clock(offer, now)
    return Due.GIVE if case.asked_person_id and not case.asked_by_offer else Due.OFFER


def _look_at_clock(offer: Offer, now: datetime) -> Due:
    if offer.deadline_at <= now or not offer.can_be_answered:
        return Due.RAN_OUT
    is_time = offer.remind_at and offer.remind_at <= now and not offer.reminded_at
    return Due.REMIND if is_time else Due.WAIT


def _draw_consequences(
    some: Mapping[Due, list[Case]], offers: Mapping[int, Offer], *, now: datetime
) -> None:
    # An offer may still stand where the lead went another way: to somebody by hand, or back.
    gone = some[Due.CLOSED] + some[Due.HELD] + some[Due.GIVE] + some[Due.OFFER]
    gone += [c for c in some[Due.WAIT] if c.pk in offers and not offers[c.pk].is_to(c)]
    gone = [c for c in gone if c.pk in offers and not offers[c.pk].answer]
    withdraw([offers[c.pk] for c in gone], gone, now=now)
    run_out([offers[c.pk] for c in some[Due.RAN_OUT]], some[Due.RAN_OUT], now=now)
    answered = [o.pk for o in offers.values() if o.answer]
    Offer.objects.filter(pk__in=answered, settled_at=None).update(settled_at=now)
    Case.objects.filter(pk__in=[c.pk for c in some[Due.RAN_OUT] + some[Due.DECLINED]]).update(
        version=F("version") + 1, **ASKED_NOBODY
    )


def _move(due: Due, case: Case, offers: Mapping[int, Offer]) -> Move:
    if due in EXITS:
        return Leave(EXITS[due])
    offer = offers.get(case.pk)
    if offer is None or offer.answer or not offer.is_to(case):
        return Wait()
    if due == Due.REMIND or offer.reminded_at or offer.remind_at is None:
        return Wait(offer.deadline_at)
    return Wait(offer.remind_at)


EXITS = {
    Due.CLOSED: "closed",
    Due.HELD: "accepted",
    Due.GIVE: "accepted",
    Due.DECLINED: "declined",
    Due.RAN_OUT: "ran_out",
}
