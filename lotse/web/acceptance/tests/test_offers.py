"""Offers in the browser: look first, accept, decline, and what is told to whoever comes too late."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lotse.kernel import clock
from lotse.lifecycle import loop
from lotse.records.catalog.models import LeadType, Reason
from lotse.records.journal.models import Act
from lotse.records.people.models import Partner, Team, User
from lotse.stages.acceptance.models import Offer
from lotse.web.acceptance.tests.cast import MESSAGE, an_offered_lead
from lotse.web.tests.cast import a_process, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Team:
    return Team.objects.create(name="Vertrieb Nord")


@pytest.fixture
def dressler() -> Partner:
    return Partner.objects.create(name="Haustechnik Dressler")


@pytest.fixture
def jana(north: Team) -> User:
    return somebody("Jana Petersen", "sales_rep", team=north)


@pytest.fixture
def ole(dressler: Partner) -> User:
    return somebody("Ole Dressler", "partner_user", partner=dressler)


@pytest.fixture
def reason() -> Reason:
    a_process()
    return Reason.objects.create(use=Reason.Use.DECLINED, key="far", name_de="zu weit weg")


def page(client: Client, name: str, offer: Offer) -> str:
    return str(client.get(reverse(name, args=[offer.pk])).content.decode())


def test_the_list_shows_what_ends_first_and_nothing_of_others(
    client: Client, jana: User, north: Team
) -> None:
    an_offered_lead(last_name="Spät", asked_person=jana)
    an_offered_lead(
        last_name="Bald", asked_team=north, offered_at=clock.read() - timedelta(hours=3)
    )
    an_offered_lead(last_name="Fremd", asked_person=somebody("Ben Brandt", "sales_rep"))
    client.force_login(jana)

    listed = client.get(reverse("offers")).content.decode()

    assert listed.index("Bald") < listed.index("Spät")
    assert "Fremd" not in listed


def test_an_empty_list_says_so(client: Client, jana: User) -> None:
    client.force_login(jana)

    assert 'class="empty"' in client.get(reverse("offers")).content.decode()


def test_a_partner_reads_what_and_where_but_not_who(client: Client, ole: User) -> None:
    offer = an_offered_lead(asked_partner=ole.partner)
    client.force_login(ole)

    shown = page(client, "offer", offer)

    assert MESSAGE in shown
    assert "148 m²" in shown
    assert "24114 Kiel" in shown
    for kept_back in ("Hartwig", "5550142", "post.example"):
        assert kept_back not in shown


def test_where_the_lead_type_says_so_contact_details_are_shown_at_once(
    client: Client, ole: User
) -> None:
    LeadType.objects.create(key="open", name_de="Offen", is_default=True, keeps_contact_back=False)
    offer = an_offered_lead(asked_partner=ole.partner)
    client.force_login(ole)

    shown = page(client, "offer", offer)

    assert "Hartwig" in shown
    assert "0431 5550142" in shown


def test_a_partner_accepts_with_one_click_and_sees_whom_to_call(client: Client, ole: User) -> None:
    a_process()
    offer = an_offered_lead(asked_partner=ole.partner)
    client.force_login(ole)

    answer = client.post(reverse("offer-acceptance", args=[offer.pk]), follow=True)

    shown = answer.content.decode()
    offer.case.refresh_from_db()
    assert offer.case.assignee == ole
    assert "Sabine Hartwig" in shown
    assert 'href="tel:+494315550142"' in shown
    assert reverse("undo", args=[Act.objects.get(kind="accept").pk]) in shown


def test_a_link_in_a_mail_accepts_nothing(client: Client, ole: User) -> None:
    offer = an_offered_lead(asked_partner=ole.partner)
    client.force_login(ole)

    client.get(reverse("offer-acceptance", args=[offer.pk]), follow=True)
    client.get(reverse("offer-refusal", args=[offer.pk]))

    offer.refresh_from_db()
    assert offer.answer == ""


def test_declining_passes_the_lead_on_and_can_be_taken_back(
    client: Client, ole: User, reason: Reason
) -> None:
    offer = an_offered_lead(asked_partner=ole.partner)
    client.force_login(ole)

    answer = client.post(
        reverse("offer-refusal", args=[offer.pk]), {"reason": reason.pk}, follow=True
    )

    offer.refresh_from_db()
    assert (offer.answer, offer.answered_by, offer.reason) == ("declined", ole, reason)
    assert reverse("undo", args=[Act.objects.get(kind="decline").pk]) in answer.content.decode()


def test_what_is_missing_is_said_at_the_field_and_nothing_is_declined(
    client: Client, ole: User, reason: Reason
) -> None:
    other = Reason.objects.create(
        use=Reason.Use.DECLINED, key="other", name_de="anderer Grund", needs_comment=True
    )
    offer = an_offered_lead(asked_partner=ole.partner)
    client.force_login(ole)
    address = reverse("offer-refusal", args=[offer.pk])

    without_reason = client.post(address, {"comment": "So nicht"})
    without_word = client.post(address, {"reason": other.pk, "comment": "  "})

    assert (without_reason.status_code, without_word.status_code) == (422, 422)
    assert 'id="id_reason-error"' in without_reason.content.decode()
    assert "So nicht" in without_reason.content.decode()
    assert 'id="id_comment-error"' in without_word.content.decode()
    offer.refresh_from_db()
    assert offer.answer == ""


def test_whoever_only_sees_an_offer_may_not_answer_it(
    client: Client, jana: User, reason: Reason
) -> None:
    ruth = somebody("Ruth Sander", "auditor")
    offer = an_offered_lead(asked_person=jana)
    client.force_login(ruth)

    looked = client.get(reverse("offer", args=[offer.pk]))
    refused = client.post(reverse("offer-refusal", args=[offer.pk]), {"reason": reason.pk})
    accepted = client.post(reverse("offer-acceptance", args=[offer.pk]))

    assert (looked.status_code, refused.status_code, accepted.status_code) == (200, 403, 403)
    offer.refresh_from_db()
    assert offer.answer == ""


def test_for_a_stranger_the_offer_does_not_exist(client: Client, jana: User) -> None:
    offer = an_offered_lead(asked_person=jana)
    client.force_login(
        somebody("Bernd", "partner_user", partner=Partner.objects.create(name="Tietjen"))
    )

    for name in ("offer", "offer-refusal"):
        assert client.get(reverse(name, args=[offer.pk])).status_code == 404
    assert client.post(reverse("offer-acceptance", args=[offer.pk])).status_code == 404


def test_whoever_comes_second_reads_who_was_first(
    client: Client, dressler: Partner, ole: User
) -> None:
    a_process()
    paul = somebody("Paul Dressler", "partner_user", partner=dressler)
    offer = an_offered_lead(asked_partner=dressler)
    client.force_login(paul)
    client.post(reverse("offer-acceptance", args=[offer.pk]))
    client.force_login(ole)

    answer = client.post(reverse("offer-acceptance", args=[offer.pk]))
    looked = client.get(reverse("offer", args=[offer.pk]))

    assert (answer.status_code, looked.status_code) == (409, 200)
    assert "Paul Dressler" in answer.content.decode()
    assert "Paul Dressler" in looked.content.decode()


def test_an_accepted_lead_cannot_be_declined(client: Client, ole: User, reason: Reason) -> None:
    offer = an_offered_lead(asked_partner=ole.partner)
    client.force_login(ole)
    client.post(reverse("offer-acceptance", args=[offer.pk]))

    answer = client.post(reverse("offer-refusal", args=[offer.pk]), {"reason": reason.pk})

    assert answer.status_code == 409
    offer.refresh_from_db()
    assert offer.answer == "accepted"


@pytest.mark.parametrize("is_noticed", [True, False], ids=["noticed", "not noticed yet"])
def test_what_ran_out_is_told_and_neither_accepted_nor_declined(
    client: Client, ole: User, reason: Reason, is_noticed: bool
) -> None:
    offer = an_offered_lead(asked_partner=ole.partner)
    Offer.objects.update(deadline_at=clock.read() - timedelta(minutes=1))
    if is_noticed:
        type(offer.case).objects.update(wake_at=clock.read() - timedelta(minutes=1))
        loop.advance([offer.case_id], now=clock.read())
    client.force_login(ole)

    looked = client.get(reverse("offer", args=[offer.pk]))
    accepted = client.post(reverse("offer-acceptance", args=[offer.pk]))
    declined = client.post(reverse("offer-refusal", args=[offer.pk]), {"reason": reason.pk})

    assert (looked.status_code, accepted.status_code, declined.status_code) == (200, 409, 409)
    offer.refresh_from_db()
    assert offer.answer in {"", "ran_out"}
    offer.case.refresh_from_db()
    assert offer.case.assignee is None


def test_of_another_house_not_even_the_name_is_told(client: Client, ole: User, jana: User) -> None:
    offer = an_offered_lead(asked_partner=ole.partner)
    Offer.objects.filter(pk=offer.pk).update(
        answer="withdrawn", answered_at=clock.read(), settled_at=clock.read()
    )
    type(offer.case).objects.update(assignee=jana, asked_partner=None)
    client.force_login(ole)

    shown = page(client, "offer", offer)

    assert "Petersen" not in shown
    assert "Hartwig" not in shown
