"""Accepting: account, contact, case and assignee together, or nothing."""

from datetime import timedelta

import pytest

from lotse.kernel.actors import person
from lotse.kernel.moves import Leave
from lotse.records.accounts.models import Account, Contact, FormerValue
from lotse.records.activities.models import Note
from lotse.records.cases.models import Case, Inquiry
from lotse.records.catalog.models import LeadType, Process
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Notice
from lotse.records.people.models import Team
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Reservation
from lotse.stages.acceptance.rules.fields import Decision, Source, Undecided
from lotse.stages.acceptance.tests.cast import (
    NOW,
    a_contact,
    a_lead,
    a_type,
    advance,
    an_account,
    an_offer,
    choices,
    somebody,
)

pytestmark = pytest.mark.django_db


def test_the_lead_gets_account_contact_and_assignee_at_once() -> None:
    team = Team.objects.create(name="North")
    ann = somebody("Ann", team=team)
    lead = a_lead(asked_team=team, company="Kranbau Ost GmbH", first_name="Uwe", city="Kiel")
    offer = an_offer(lead)
    acceptance.reserve(case=lead, person_id=ann.pk, now=NOW)
    wanted = choices(ann, creates_account=True)

    result = acceptance.accept(case=lead, choices=wanted, by=person(ann.pk), now=NOW, offer=offer)

    lead.refresh_from_db()
    account, contact = Account.objects.get(), Contact.objects.get()
    assert (lead.account, lead.contact, lead.assignee, lead.team) == (account, contact, ann, team)
    assert (lead.accepted_at, lead.asked_team, lead.asked_by_offer) == (NOW, None, False)
    assert (account.name, account.city, account.owner) == ("Kranbau Ost GmbH", "Kiel", ann)
    assert (str(contact), contact.account) == ("Uwe Hartwig", account)
    offer.refresh_from_db()
    assert (offer.answer, offer.answered_by) == ("accepted", ann)
    assert Reservation.objects.count() == 0
    assert result.case_ids == [lead.pk]
    assert list(result.act.entries.order_by("id").values_list("kind", flat=True)) == [
        "accounts.account_created",
        "accounts.contact_created",
        "acceptance.accepted",
    ]
    assert advance(lead) == {lead.pk: Leave("accepted")}


def test_a_known_contact_takes_what_was_decided_and_loses_nothing() -> None:
    ann = somebody("Ann")
    uwe = a_contact(phone="0381 1111", email="lenz@kranbau.example", city="Rostock")
    lead = a_lead(
        "Lenz", asked_person=ann, first_name="Uwe", email="LENZ@kranbau.example",
        phone="0381 2222", city="Kiel", street="Hafen 1",
    )  # fmt: skip
    decisions = {"phone": Decision(Source.LEAD), "city": Decision(Source.KNOWN)}

    acceptance.accept(
        case=lead,
        choices=choices(ann, contact=uwe, decisions=decisions),
        by=person(ann.pk),
        now=NOW,
        offer=an_offer(lead),
    )

    uwe.refresh_from_db()
    assert (uwe.phone, uwe.city, uwe.street) == ("0381 2222", "Rostock", "Hafen 1")
    assert uwe.email == "lenz@kranbau.example"
    assert set(FormerValue.objects.values_list("field", "value", "was_taken")) == {
        ("phone", "0381 1111", True),
        ("city", "Kiel", False),
    }
    entry = Entry.objects.about(uwe).get()
    assert entry.data["fields"] == ["phone", "street"]
    assert "0381" not in str(entry.data)


def test_a_field_that_differs_has_to_be_decided_and_nothing_is_written_until_then() -> None:
    ann = somebody("Ann")
    uwe = a_contact(phone="0381 1111")
    lead = a_lead("Lenz", asked_person=ann, phone="0381 2222", company="Kranbau Ost GmbH")
    offer = an_offer(lead)
    wanted = choices(ann, contact=uwe, creates_account=True)

    with pytest.raises(Undecided):
        acceptance.accept(case=lead, choices=wanted, by=person(ann.pk), now=NOW, offer=offer)

    offer.refresh_from_db()
    lead.refresh_from_db()
    assert (offer.answer, lead.accepted_at, lead.asked_person) == ("", None, ann)
    assert Account.objects.count() == 0
    assert not Entry.objects.filter(kind="accounts.account_created").exists()


def test_a_second_click_finds_the_result_of_the_first() -> None:
    ann = somebody("Ann")
    lead = a_lead(asked_person=ann)
    offer = an_offer(lead)

    first = acceptance.accept(
        case=lead, choices=choices(ann), by=person(ann.pk), now=NOW, offer=offer
    )
    second = acceptance.accept(
        case=lead, choices=choices(ann), by=person(ann.pk), now=NOW, offer=offer
    )

    assert first == second
    assert Contact.objects.count() == 1


def test_who_comes_second_is_told_by_whom() -> None:
    team = Team.objects.create(name="North")
    ann, ben = somebody("Ann", team=team), somebody("Ben", team=team)
    lead = a_lead(asked_team=team)
    offer = an_offer(lead)
    acceptance.accept(case=lead, choices=choices(ann), by=person(ann.pk), now=NOW, offer=offer)

    with pytest.raises(acceptance.OfferGone) as refused:
        acceptance.accept(
            case=lead,
            choices=choices(ben),
            by=person(ben.pk),
            now=NOW + timedelta(minutes=1),
            offer=offer,
        )

    assert (refused.value.how, refused.value.person_id, refused.value.at) == (
        "accepted",
        ann.pk,
        NOW,
    )


def test_after_the_deadline_it_is_too_late_though_nobody_noticed_yet() -> None:
    ann = somebody("Ann")
    lead = a_lead(asked_person=ann)
    offer = an_offer(lead)

    with pytest.raises(acceptance.OfferGone) as refused:
        acceptance.accept(
            case=lead,
            choices=choices(ann),
            by=person(ann.pk),
            now=offer.deadline_at,
            offer=offer,
        )

    assert refused.value.how == "ran_out"


def test_a_manager_takes_a_lead_from_under_an_offer() -> None:
    ann, boss = somebody("Ann"), somebody("Boss")
    lead = a_lead(asked_person=ann)
    offer = an_offer(lead)

    acceptance.accept(case=lead, choices=choices(boss), by=person(boss.pk), now=NOW)

    offer.refresh_from_db()
    assert offer.answer == "withdrawn"
    lead.refresh_from_db()
    assert lead.assignee == boss


def test_somebody_who_was_given_the_lead_still_settles_account_and_contact() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    lead = a_lead(assignee=ann, assigned_at=NOW - timedelta(days=1))

    acceptance.accept(case=lead, choices=choices(ann), by=person(ann.pk), now=NOW)

    lead.refresh_from_db()
    assert lead.contact is not None
    assert lead.assigned_at == NOW - timedelta(days=1)
    given = a_lead(assignee=ann)
    before = Case.objects.get(pk=given.pk)
    before.assignee = None
    with pytest.raises(acceptance.OfferGone) as refused:
        acceptance.accept(case=before, choices=choices(ben), by=person(ben.pk), now=NOW)
    assert (refused.value.how, refused.value.person_id) == ("assigned", ann.pk)


def test_a_process_must_be_one_of_the_lead_type() -> None:
    ann = somebody("Ann")
    fits = Process.objects.create(key="heat", name_de="Wärme", kind="lead")
    other = Process.objects.create(key="solar", name_de="Solar", kind="lead")
    a_type().processes.add(fits)
    lead = a_lead(asked_person=ann)
    offer = an_offer(lead)

    with pytest.raises(acceptance.ProcessNotAllowed):
        acceptance.accept(
            case=lead,
            choices=choices(ann, process=other),
            by=person(ann.pk),
            now=NOW,
            offer=offer,
        )
    acceptance.accept(
        case=lead, choices=choices(ann, process=fits), by=person(ann.pk), now=NOW, offer=offer
    )

    lead.refresh_from_db()
    assert lead.process == fits


def test_a_type_that_opens_an_opportunity_wins_the_lead_by_accepting_it() -> None:
    ann = somebody("Ann")
    sales = Process.objects.create(key="sales", name_de="Verkauf", kind="opportunity")
    kind = a_type(opens=LeadType.Opens.OPPORTUNITY)
    lead = a_lead(asked_person=ann, lead_type=kind, company="Kranbau", value="12000.00")

    result = acceptance.accept(
        case=lead,
        choices=choices(ann, creates_account=True, process=sales, note="Am Telefon geklärt"),
        by=person(ann.pk),
        now=NOW,
        offer=an_offer(lead),
    )

    opened = Case.objects.get(pk=result.working_id)
    moves = advance(lead, opened)
    assert moves == {lead.pk: Leave("closed"), opened.pk: Leave("accepted")}
    assert (lead.outcome, lead.closed_at) == ("won", NOW)
    assert (opened.kind, opened.opened_by, opened.process) == ("opportunity", lead, sales)
    assert (opened.assignee, opened.account) == (ann, lead.account)
    assert Note.objects.get().case == opened


def test_a_lead_may_join_a_case_that_is_open_and_nothing_is_created() -> None:
    ann, mehmet = somebody("Ann"), somebody("Mehmet")
    account = an_account()
    uwe = a_contact(account=account)
    running = a_lead(
        "Lenz", stage=Case.Stage.PROCESS, assignee=mehmet, account=account, contact=uwe
    )
    lead = a_lead("Lenz", first_name="Uwe", asked_person=ann, company="Kranbau", city="Kiel")
    inquiry = Inquiry.objects.create(
        key="1", channel="form", received_at=NOW, payload={}, case=lead
    )

    result = acceptance.accept(
        case=lead,
        choices=choices(ann, contact=uwe, attach_to=running, creates_account=True),
        by=person(ann.pk),
        now=NOW,
        offer=an_offer(lead),
    )

    assert advance(lead) == {lead.pk: Leave("closed")}
    inquiry.refresh_from_db()
    running.refresh_from_db()
    uwe.refresh_from_db()
    assert inquiry.case == running
    assert (lead.outcome, lead.joined_to) == ("joined", running)
    assert (result.working_id, running.assignee, uwe.city) == (running.pk, mehmet, "Kiel")
    assert Account.objects.count() == Contact.objects.count() == 1
    assert Notice.objects.filter(user=mehmet, kind="acceptance.inquiry_attached").count() == 1


def test_a_case_closed_meanwhile_takes_no_inquiry() -> None:
    ann = somebody("Ann")
    closed = a_lead("Lenz", closed_at=NOW, outcome="won", stage=Case.Stage.DONE)
    lead = a_lead(asked_person=ann)
    offer = an_offer(lead)

    with pytest.raises(acceptance.CaseGone):
        acceptance.accept(
            case=lead,
            choices=choices(ann, attach_to=closed),
            by=person(ann.pk),
            now=NOW,
            offer=offer,
        )

    offer.refresh_from_db()
    assert offer.answer == ""


def test_an_assignee_who_left_is_not_taken() -> None:
    ann = somebody("Ann")
    lead = a_lead(asked_person=ann)

    with pytest.raises(acceptance.AssigneeGone):
        acceptance.accept(
            case=lead,
            choices=choices(somebody("Gone", is_active=False)),
            by=person(ann.pk),
            now=NOW,
            offer=an_offer(lead),
        )
