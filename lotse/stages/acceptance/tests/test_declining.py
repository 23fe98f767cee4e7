"""Saying no: with a reason, for the whole team, and the lead goes on."""

import pytest

from lotse.kernel.actors import person
from lotse.kernel.moves import Leave
from lotse.records.journal.models import Entry
from lotse.records.people.models import Team
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.tests.cast import (
    NOW,
    a_lead,
    a_reason,
    a_type,
    an_offer,
    choices,
    somebody,
)
from lotse.stages.acceptance.work import work

pytestmark = pytest.mark.django_db


def test_it_counts_for_the_whole_team_and_the_lead_leaves() -> None:
    team = Team.objects.create(name="North")
    ann, _ = somebody("Ann", team=team), somebody("Ben", team=team)
    lead = a_lead(asked_team=team)
    offer = an_offer(lead)
    reason = a_reason()

    acceptance.decline(offer=offer, reason=reason, comment=" zu weit ", by=person(ann.pk), now=NOW)

    lead.refresh_from_db()
    offer.refresh_from_db()
    assert (offer.answer, offer.reason, offer.comment) == ("declined", reason, "zu weit")
    assert (lead.asked_team, lead.wake_at) == (None, NOW)
    entry = Entry.objects.get(kind="acceptance.declined")
    assert entry.data == {"offer_id": offer.pk, "team_id": team.pk, "reason_id": reason.pk}
    assert work([lead], now=NOW) == {lead.pk: Leave("declined")}


def test_the_lead_type_says_whether_reason_and_comment_are_needed() -> None:
    a_type(decline_needs_reason=True, decline_needs_comment=True)
    ann = somebody("Ann")
    offer = an_offer(a_lead(asked_person=ann))
    reason = a_reason()

    with pytest.raises(acceptance.NeedsReason):
        acceptance.decline(offer=offer, reason=None, comment="x", by=person(ann.pk), now=NOW)
    with pytest.raises(acceptance.NeedsComment):
        acceptance.decline(offer=offer, reason=reason, comment=" ", by=person(ann.pk), now=NOW)

    offer.refresh_from_db()
    assert offer.answer == ""


def test_where_nothing_is_needed_a_plain_no_is_enough() -> None:
    a_type(decline_needs_reason=False)
    ann = somebody("Ann")
    offer = an_offer(a_lead(asked_person=ann))

    acceptance.decline(offer=offer, reason=None, by=person(ann.pk), now=NOW)

    offer.refresh_from_db()
    assert offer.answer == "declined"


def test_an_accepted_lead_cannot_be_declined() -> None:
    ann = somebody("Ann")
    lead = a_lead(asked_person=ann)
    offer = an_offer(lead)
    acceptance.accept(case=lead, choices=choices(ann), by=person(ann.pk), now=NOW, offer=offer)

    with pytest.raises(acceptance.OfferGone) as refused:
        acceptance.decline(offer=offer, reason=a_reason(), by=person(ann.pk), now=NOW)

    assert (refused.value.how, refused.value.person_id) == ("accepted", ann.pk)
    lead.refresh_from_db()
    assert lead.assignee == ann


def test_a_second_click_finds_what_the_first_one_did() -> None:
    ann = somebody("Ann")
    offer = an_offer(a_lead(asked_person=ann))
    reason = a_reason()

    first = acceptance.decline(offer=offer, reason=reason, by=person(ann.pk), now=NOW)
    second = acceptance.decline(offer=offer, reason=reason, by=person(ann.pk), now=NOW)

    assert first == second
    assert Entry.objects.filter(kind="acceptance.declined").count() == 1
