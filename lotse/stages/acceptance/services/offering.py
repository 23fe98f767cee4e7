"""Holding leads out, reminding, and what happens at the deadline: for many cases at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lotse.kernel.actors import SYSTEM
from lotse.kernel.facts import Fact
from lotse.kernel.reasons import Reason, because
from lotse.records.cases.models import Case
from lotse.records.journal.services import Line, record_all
from lotse.records.outbox.models import Message, Notice
from lotse.records.outbox.services import post
from lotse.records.people.models import User
from lotse.stages.acceptance.facts import Offered, RanOut, Reminded
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.asked import Circle, get_receivers
from lotse.stages.acceptance.queries.keeping import nameless_subject
from lotse.stages.acceptance.rules.terms import INACTIVE, set_term
from lotse.stages.acceptance.services.answering import withdrawn


@dataclass(frozen=True)
class News:
    """A fact about a case and its offer, for those who are asked."""

    case: Case
    offer: Offer
    fact: Fact
    is_reminder: bool = False
    by_mail: bool = True


def make_offers(cases: Sequence[Case], circle: Circle, *, now: datetime) -> list[Offer]:
    """Hold each case out to the one it asks, and tell them by bell and mail."""
    terms = [
        set_term(
            since=now,
            open_hours=case.answer_hours or circle.lead_type(case).offer_hours,
            hours=circle.hours(
                person_id=case.asked_person_id,
                team_id=case.asked_team_id,
                partner_id=case.asked_partner_id,
            ),
        )
        for case in cases
    ]
    offers = [
        Offer(
            case=case,
            person_id=case.asked_person_id,
            team_id=case.asked_team_id,
            partner_id=case.asked_partner_id,
            offered_at=now,
            deadline_at=term.deadline_at,
            remind_at=term.remind_at,
        )
        for case, term in zip(cases, terms, strict=True)
    ]
    Offer.objects.bulk_create(offers)
    facts = [_offered(offer) for offer in offers]
    record_all(
        [
            Line(fact, about=case, reasons=term.reasons)
            for case, fact, term in zip(cases, facts, terms, strict=True)
        ],
        by=SYSTEM,
        at=now,
    )
    tell([News(c, o, f) for c, o, f in zip(cases, offers, facts, strict=True)], now=now)
    return offers


def remind(offers: Sequence[Offer], cases: Sequence[Case], *, now: datetime) -> None:
    """Remind once of offers that end soon."""
    Offer.objects.filter(pk__in=[o.pk for o in offers]).update(reminded_at=now)
    news = [
        News(case, offer, _reminded(offer), is_reminder=True)
        for case, offer in zip(cases, offers, strict=True)
    ]
    record_all([Line(n.fact, about=n.case) for n in news], by=SYSTEM, at=now)
    tell(news, now=now)


def run_out(offers: Sequence[Offer], cases: Sequence[Case], *, now: datetime) -> None:
    """
    End offers whose deadline has passed, or that nobody can answer any more.

    The answer is booked to the deadline, whenever it was noticed.
    """
    for offer in offers:
        offer.answer, offer.answered_at = Offer.Answer.RAN_OUT, min(offer.deadline_at, now)
        offer.settled_at = now
    Offer.objects.bulk_update(offers, ["answer", "answered_at", "settled_at"])
    news = [
        News(case, offer, _ran_out(offer), by_mail=False)
        for case, offer in zip(cases, offers, strict=True)
    ]
    lines = [Line(n.fact, about=n.case, reasons=_why_early(n.offer)) for n in news]
    record_all(lines, by=SYSTEM, at=now)
    tell(news, now=now)


def withdraw(offers: Sequence[Offer], cases: Sequence[Case], *, now: datetime) -> None:
    """Take offers back whose case went another way."""
    Offer.objects.filter(pk__in=[o.pk for o in offers]).update(
        answer=Offer.Answer.WITHDRAWN, answered_at=now, settled_at=now
    )
    lines = [Line(withdrawn(o), about=c) for c, o in zip(cases, offers, strict=True)]
    record_all(lines, by=SYSTEM, at=now)


def tell(news: Sequence[News], *, now: datetime) -> None:
    """Put each piece of news under the bells of those who are asked, and into the outbox."""
    receivers = get_receivers(
        person_ids=[n.offer.person_id for n in news if n.offer.person_id],
        team_ids=[n.offer.team_id for n in news if n.offer.team_id],
        partner_ids=[n.offer.partner_id for n in news if n.offer.partner_id],
    )
    told = [(n, user) for n in news for user in receivers.get(_asked(n.offer), ())]
    Notice.objects.bulk_create([_notice(n, user, now) for n, user in told], batch_size=2000)
    post([_message(n, user, now) for n, user in told if n.by_mail])


def _asked(offer: Offer) -> tuple[str, int]:
    if offer.person_id:
        return "person", offer.person_id
    return ("team", offer.team_id) if offer.team_id else ("partner", offer.partner_id or 0)


def _notice(news: News, user: User, now: datetime) -> Notice:
    return Notice(
        user=user,
        kind=news.fact.kind,
        data=news.fact.to_data(),
        case_id=news.case.pk,
        created_at=now,
    )


def _message(news: News, user: User, now: datetime) -> Message:
    occasion = "reminder" if news.is_reminder else "offer"
    return Message(
        key=f"{occasion}:{news.offer.pk}:{user.pk}",
        kind="offer",
        to_user=user,
        to_address=user.email,
        language=user.language,
        case_id=news.case.pk,
        data=_data(news),
        created_at=now,
        not_before=now,
    )


def _data(news: News) -> dict[str, Any]:
    """Return what the mail says; name, phone and e-mail are shown after accepting only."""
    case = news.case
    return {
        "offer_id": news.offer.pk,
        "deadline_at": news.offer.deadline_at.isoformat(),
        "is_reminder": news.is_reminder,
        "subject": nameless_subject(case),
        "product_id": case.product_id,
        "place": " ".join(p for p in (case.postcode, case.city) if p),
        "score": case.score,
    }


def _offered(offer: Offer) -> Offered:
    return Offered(
        offer_id=offer.pk,
        deadline_at=offer.deadline_at.isoformat(),
        person_id=offer.person_id,
        team_id=offer.team_id,
        partner_id=offer.partner_id,
    )


def _reminded(offer: Offer) -> Reminded:
    return Reminded(offer_id=offer.pk, deadline_at=offer.deadline_at.isoformat())


def _why_early(offer: Offer) -> tuple[Reason, ...]:
    return () if offer.can_be_answered else (because(INACTIVE),)


def _ran_out(offer: Offer) -> RanOut:
    return RanOut(
        offer_id=offer.pk,
        person_id=offer.person_id,
        team_id=offer.team_id,
        partner_id=offer.partner_id,
    )
