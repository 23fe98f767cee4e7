"""Taking back that somebody accepted or declined restores every row."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from lotse.kernel.actors import person
from lotse.lifecycle import loop
from lotse.lifecycle.undo import CannotUndo, undo
from lotse.records.accounts.models import Account, Contact
from lotse.records.activities.services import write_note
from lotse.records.cases.models import Case, Inquiry
from lotse.records.catalog.models import LeadType
from lotse.records.people.models import Team, User
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.rules.fields import Decision, Source
from lotse.stages.acceptance.tests.cast import (
    NOW,
    a_contact,
    a_lead,
    a_reason,
    a_type,
    an_account,
    an_offer,
    choices,
    somebody,
)
from lotse.stages.acceptance.work import work

pytestmark = pytest.mark.django_db

# The journal tells of the acceptance and of its undoing; a version counts every change, also back.
TOLD = {"journal", "outbox"}
COUNTED = {"version", "wake_at"}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all our tables, without their order and without what only counts."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("lotse.") or model._meta.app_label in TOLD:
            continue
        rows = model._default_manager.order_by("pk").values()
        skipped = COUNTED | (
            {"id"} if model.__name__ in {"MatchKey", "CaseWord", "SearchWord"} else set()
        )
        cleaned = [{k: v for k, v in row.items() if k not in skipped} for row in rows]
        found[model._meta.label] = sorted(cleaned, key=str)
    return found


def new_account_and_contact(ann: User) -> tuple[Case, acceptance.Choices]:
    lead = a_lead(asked_person=ann, company="Kranbau Ost GmbH", email="s@post.example")
    return lead, choices(ann, creates_account=True, note="Gehört wohl zu Süd")


def known_contact_with_differences(ann: User) -> tuple[Case, acceptance.Choices]:
    other = an_account("Alt GmbH")
    uwe = a_contact(phone="0381 1111", city="Rostock", account=other)
    lead = a_lead(
        "Lenz", asked_person=ann, company="Kranbau", phone="0381 2222", city="Kiel", title="Dr."
    )
    decisions = {
        "phone": Decision(Source.LEAD),
        "city": Decision(Source.KNOWN),
        "account": Decision(Source.LEAD),
    }
    return lead, choices(ann, contact=uwe, creates_account=True, decisions=decisions)


def an_opportunity_at_once(ann: User) -> tuple[Case, acceptance.Choices]:
    kind = a_type(opens=LeadType.Opens.OPPORTUNITY)
    lead = a_lead(asked_person=ann, lead_type=kind, email="s@post.example", postcode="24114")
    return lead, choices(ann)


def joined_to_an_open_case(ann: User) -> tuple[Case, acceptance.Choices]:
    uwe = a_contact(account=an_account())
    running = a_lead("Lenz", stage=Case.Stage.PROCESS, assignee=ann, contact=uwe, wake_at=None)
    lead = a_lead("Lenz", asked_person=ann, city="Kiel")
    Inquiry.objects.create(key="1", channel="form", received_at=NOW, payload={}, case=lead)
    return lead, choices(ann, contact=uwe, attach_to=running)


@pytest.mark.parametrize(
    "scene",
    [
        new_account_and_contact,
        known_contact_with_differences,
        an_opportunity_at_once,
        joined_to_an_open_case,
    ],
)
def test_every_row_is_as_before(
    scene: Callable[[User], tuple[Case, acceptance.Choices]],
) -> None:
    team = Team.objects.create(name="North")
    ann = somebody("Ann", team=team)
    lead, wanted = scene(ann)
    offer = an_offer(lead)
    before = everything()

    result = acceptance.accept(case=lead, choices=wanted, by=person(ann.pk), now=NOW, offer=offer)
    loop.advance(result.case_ids, now=NOW)
    assert everything() != before
    case_ids = undo(act=result.act, by=person(ann.pk), now=NOW + timedelta(minutes=9))
    loop.advance(case_ids, now=NOW + timedelta(minutes=9))

    after = everything()
    assert after == before


def test_after_ten_minutes_it_stays() -> None:
    ann = somebody("Ann")
    lead, wanted = new_account_and_contact(ann)
    result = acceptance.accept(
        case=lead, choices=wanted, by=person(ann.pk), now=NOW, offer=an_offer(lead)
    )

    with pytest.raises(CannotUndo) as refused:
        undo(act=result.act, by=person(ann.pk), now=NOW + timedelta(minutes=11))

    assert refused.value.code == "too_late"


def test_once_somebody_worked_on_it_stays() -> None:
    ann = somebody("Ann")
    lead, wanted = new_account_and_contact(ann)
    result = acceptance.accept(
        case=lead, choices=wanted, by=person(ann.pk), now=NOW, offer=an_offer(lead)
    )
    write_note(case=lead, text="Erreicht", by=person(ann.pk), now=NOW)

    with pytest.raises(CannotUndo) as refused:
        undo(act=result.act, by=person(ann.pk), now=NOW + timedelta(minutes=1))

    assert refused.value.code == "worked_on"


def test_an_account_that_something_else_hangs_on_stays() -> None:
    ann = somebody("Ann")
    lead, wanted = new_account_and_contact(ann)
    result = acceptance.accept(
        case=lead, choices=wanted, by=person(ann.pk), now=NOW, offer=an_offer(lead)
    )
    account = Account.objects.get()
    a_contact("Eva", "Neu", account=account)

    undo(act=result.act, by=person(ann.pk), now=NOW + timedelta(minutes=1))

    assert list(Account.objects.all()) == [account]
    assert [str(c) for c in Contact.objects.all()] == ["Eva Neu"]


def test_taking_it_back_lets_the_offer_stand_again_with_its_old_deadline() -> None:
    ann = somebody("Ann")
    lead = a_lead(asked_person=ann)
    offer = an_offer(lead)
    act = acceptance.decline(offer=offer, reason=a_reason(), by=person(ann.pk), now=NOW)
    lead.refresh_from_db()
    work([lead], now=NOW)

    undo(act=act, by=person(ann.pk), now=NOW + timedelta(minutes=5))

    lead.refresh_from_db()
    again = Offer.objects.get()
    assert (lead.asked_person, lead.asked_by_offer, lead.stage) == (ann, True, "acceptance")
    assert (again.answer, again.deadline_at, again.settled_at) == ("", offer.deadline_at, None)


def test_taking_it_back_takes_the_lead_from_whoever_was_asked_next() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    lead = a_lead(asked_person=ann)
    act = acceptance.decline(offer=an_offer(lead), reason=a_reason(), by=person(ann.pk), now=NOW)
    lead.refresh_from_db()
    work([lead], now=NOW)
    lead.refresh_from_db()
    lead.asked_person, lead.asked_by_offer = ben, True
    lead.save()
    work([lead], now=NOW)

    undo(act=act, by=person(ann.pk), now=NOW + timedelta(minutes=5))

    assert dict(Offer.objects.values_list("person__name", "answer")) == {
        "Ann": "",
        "Ben": "withdrawn",
    }
