"""Two at once: real threads on a real database; one wins, and the other is told by whom."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from lotse.kernel.actors import person
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.people.models import Team
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.tests.cast import (
    NOW,
    a_lead,
    a_reason,
    advance,
    an_offer,
    choices,
    somebody,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]

ROUNDS = 20


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all acts at the same moment, each in a thread; return what each gave, or how it failed."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return act()
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_accepted_twice_by_one_and_once_by_another() -> None:
    team = Team.objects.create(name="North")
    ann, ben = somebody("Ann", team=team), somebody("Ben", team=team)
    people = {ann.pk: ann, ben.pk: ben}

    for number in range(ROUNDS):
        lead = a_lead(f"Lead {number}", asked_team=team, company=f"Firma {number}")
        offer = an_offer(lead)

        def accept(who: int, lead: Case = lead, offer: Offer = offer) -> acceptance.Acceptance:
            return acceptance.accept(
                case=Case.objects.get(pk=lead.pk),
                choices=choices(people[who], creates_account=True),
                by=person(who),
                now=NOW,
                offer=Offer.objects.get(pk=offer.pk),
            )

        first, again, other = at_once(
            [lambda: accept(ann.pk), lambda: accept(ann.pk), lambda: accept(ben.pk)]
        )

        lead.refresh_from_db()
        if lead.assignee == ann:
            assert first == again
            assert (other.how, other.person_id) == ("accepted", ann.pk)
        else:
            assert isinstance(other, acceptance.Acceptance)
            assert {(r.how, r.person_id) for r in (first, again)} == {("accepted", ben.pk)}

    assert Account.objects.count() == Contact.objects.count() == ROUNDS
    assert Entry.objects.filter(kind="acceptance.accepted").count() == ROUNDS
    assert Offer.objects.filter(answer="accepted").count() == ROUNDS


def test_accepted_by_one_and_declined_by_another() -> None:
    team = Team.objects.create(name="North")
    ann, ben = somebody("Ann", team=team), somebody("Ben", team=team)
    reason = a_reason()

    for number in range(ROUNDS):
        lead = a_lead(f"Lead {number}", asked_team=team)
        offer = an_offer(lead)

        def accept(lead: Case = lead, offer: Offer = offer) -> Any:
            return acceptance.accept(
                case=Case.objects.get(pk=lead.pk),
                choices=choices(ann),
                by=person(ann.pk),
                now=NOW,
                offer=Offer.objects.get(pk=offer.pk),
            )

        def decline(offer: Offer = offer) -> Any:
            mine = Offer.objects.get(pk=offer.pk)
            return acceptance.decline(offer=mine, reason=reason, by=person(ben.pk), now=NOW)

        accepted, declined = at_once([accept, decline])

        lead.refresh_from_db()
        offer.refresh_from_db()
        if offer.answer == "accepted":
            assert lead.assignee == ann
            assert (declined.how, declined.person_id) == ("accepted", ann.pk)
        else:
            assert (offer.answer, lead.assignee, lead.asked_team) == ("declined", None, None)
            assert (accepted.how, accepted.person_id) == ("declined", ben.pk)


def test_accepted_in_the_moment_of_the_deadline() -> None:
    ann = somebody("Ann")

    for number in range(ROUNDS):
        lead = a_lead(f"Lead {number}", asked_person=ann)
        offer = an_offer(lead)
        last = offer.deadline_at - timedelta(seconds=1)

        def accept(lead: Case = lead, offer: Offer = offer) -> Any:
            return acceptance.accept(
                case=Case.objects.get(pk=lead.pk),
                choices=choices(ann),
                by=person(ann.pk),
                now=offer.deadline_at - timedelta(seconds=1),
                offer=Offer.objects.get(pk=offer.pk),
            )

        def clock(lead: Case = lead, offer: Offer = offer) -> None:
            advance(Case.objects.get(pk=lead.pk), now=offer.deadline_at)

        accepted, ticked = at_once([accept, clock])
        advance(lead, now=last + timedelta(minutes=10))

        assert ticked is None
        offer.refresh_from_db()
        if isinstance(accepted, acceptance.Acceptance):
            assert (offer.answer, lead.assignee) == ("accepted", ann)
        else:
            assert (offer.answer, accepted.how, lead.assignee) == ("ran_out", "ran_out", None)


def test_two_open_the_guide_and_one_reserves_it() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")

    for number in range(ROUNDS):
        lead = a_lead(f"Lead {number}")

        def reserve(pk: int, lead: Case = lead) -> Any:
            return acceptance.reserve(case=lead, person_id=pk, now=NOW)

        results = at_once([partial(reserve, pk) for pk in (ann.pk, ben.pk)])

        refused = [r for r in results if isinstance(r, acceptance.Reserved)]
        assert len(refused) == 1
