"""Whom a lead is from, and whether it joins a case that is open."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotse.kernel.moves import Leave, Move, Wait
from lotse.records.accounts.alike import Outcome
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import save_account, save_contact
from lotse.records.cases.models import Case, Inquiry
from lotse.records.cases.services import open_cases, reindex
from lotse.records.catalog.models import Product
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Notice
from lotse.records.people.models import User
from lotse.stages.matching.queries import replay
from lotse.stages.matching.work import work

NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)
PERSON = {"first_name": "Anna", "last_name": "Berg", "email": "anna@berg.example"}

pytestmark = pytest.mark.django_db


def a_lead(**fields: object) -> Case:
    values = {**PERSON, **fields}
    [case] = open_cases([Case(created_at=NOW, wake_at=NOW, **values)])
    Inquiry.objects.create(key=f"k{case.pk}", channel="api", received_at=NOW, payload={}, case=case)
    return case


def match(*cases: Case) -> Mapping[int, Move]:
    moves = work(list(cases), now=NOW)
    for case in cases:
        case.refresh_from_db()
    return moves


def test_a_stranger_goes_on_and_the_line_says_that_nobody_was_known() -> None:
    case = a_lead()

    moves = match(case)

    assert moves == {case.pk: Leave("matched")}
    assert case.known_contact is None
    line = Entry.objects.about(case).get()
    assert line.fact.say() == "Nobody like this was known"


def test_a_known_contact_is_kept_with_the_account_and_what_agrees() -> None:
    account = Account(name="Berg GmbH", created_at=NOW)
    save_account(account)
    contact = Contact(**PERSON, account=account, created_at=NOW)
    save_contact(contact)
    case = a_lead()

    match(case)

    assert (case.known_contact, case.known_account) == (contact, account)
    line = Entry.objects.about(case).get()
    assert line.reasons == [{"code": "matching.agrees", "agree_fields": ["email", "name"]}]
    assert line.basis is not None
    assert line.basis["contact"][0]["id"] == contact.pk


def test_similar_ones_are_counted_and_nobody_is_taken() -> None:
    for _ in range(2):
        save_contact(Contact(**PERSON, created_at=NOW))
    case = a_lead()

    match(case)

    assert case.known_contact is None
    assert Entry.objects.about(case).get().data["similar"] == 2


def test_the_same_person_asking_for_the_same_joins_the_open_case() -> None:
    thermo = Product.objects.create(name="Thermo 9")
    jana = User.objects.create_user("jana@brise.example", None, name="Jana", created_at=NOW)
    first = a_lead(product=thermo)
    match(first)
    Case.objects.filter(pk=first.pk).update(assignee=jana)
    again = a_lead(product=thermo)

    moves = match(again)

    assert moves == {again.pk: Leave("joined")}
    assert (again.outcome, again.joined_to, again.closed_at) == ("joined", first, NOW)
    assert first.inquiries.count() == 2
    assert Entry.objects.about(first).last().kind == "matching.inquiry_joined"  # type: ignore[union-attr]
    assert Notice.objects.get().user == jana


def test_the_same_person_asking_for_something_else_is_a_case_of_its_own() -> None:
    match(a_lead(product=Product.objects.create(name="Thermo 9")))
    other = a_lead(product=Product.objects.create(name="Sol 15"))

    assert match(other) == {other.pk: Leave("matched")}


def test_the_same_person_with_other_words_is_a_case_of_its_own() -> None:
    match(a_lead(subject="Wallbox"))
    same, other = a_lead(subject="wall-box "), a_lead(subject="Klimaanlage")
    again = a_lead(subject="WALLBOX")

    moves = match(same, other, again)

    assert moves[other.pk] == moves[same.pk] == Leave("matched")
    assert moves[again.pk] == Leave("joined")
    reasons = Entry.objects.about(again).get().reasons
    assert [r["code"] for r in reasons] == ["matching.agrees", "matching.same_subject"]


def test_a_lead_joins_an_opportunity_and_never_the_other_way_round() -> None:
    opportunity = a_lead(kind="opportunity", stage=Case.Stage.PROCESS)
    lead = a_lead()
    assert match(lead) == {lead.pk: Leave("joined")}

    Case.objects.filter(pk=opportunity.pk).update(closed_at=NOW, outcome="won")
    running = a_lead(stage=Case.Stage.PROCESS)
    late = a_lead(kind="opportunity")
    assert running.pk < late.pk
    assert match(late) == {late.pk: Leave("matched")}


def test_one_that_came_later_but_went_on_first_is_joined() -> None:
    early, late = a_lead(), a_lead()
    Case.objects.filter(pk=late.pk).update(stage=Case.Stage.ASSIGNMENT)

    assert match(early) == {early.pk: Leave("joined")}
    assert early.joined_to == late


def test_what_was_closed_meanwhile_waits() -> None:
    case = a_lead(closed_at=NOW, outcome="won")

    assert match(case) == {case.pk: Wait()}
    assert not Entry.objects.about(case).exists()


def test_a_decision_can_be_made_again_from_what_was_kept() -> None:
    account = save_account(Account(name="Berg GmbH", postcode="24103", created_at=NOW))
    for _ in range(2):
        save_contact(Contact(**PERSON, created_at=NOW))
    case = a_lead(company="Berg GmbH", postcode="24103")
    match(case)
    Account.objects.all().update(name="Thal AG")

    again = replay(Entry.objects.about(case).get())

    assert again["account"].same_id == case.known_account_id == account.pk
    assert again["contact"].outcome == Outcome.SIMILAR


def test_a_closed_case_is_not_joined() -> None:
    first = a_lead()
    match(first)
    Case.objects.filter(pk=first.pk).update(closed_at=NOW, outcome="won")
    again = a_lead()

    assert match(again) == {again.pk: Leave("matched")}


def test_two_open_cases_are_not_chosen_between() -> None:
    Case.objects.all().delete()
    one, two = a_lead(email="x@berg.example"), a_lead(email="y@berg.example")
    match(one, two)
    # Both went on already, so none of them is about to join the other.
    Case.objects.update(email=PERSON["email"], stage=Case.Stage.ASSIGNMENT)
    for case in Case.objects.all():
        reindex(case)
    again = a_lead()

    assert match(again) == {again.pk: Leave("matched")}


def test_leads_of_one_batch_join_the_first_of_them() -> None:
    cases = [a_lead() for _ in range(3)]

    moves = match(*cases)

    assert [m.by for m in moves.values() if isinstance(m, Leave)].count("joined") == 2
    assert {c.joined_to for c in cases[1:]} == {cases[0]}
    assert cases[0].inquiries.count() == 3


def test_a_relative_at_the_same_number_is_somebody_else() -> None:
    match(a_lead(email="", phone="040 123456"))
    other = a_lead(first_name="Bernd", email="", phone="040 123456")

    assert match(other) == {other.pk: Leave("matched")}


def test_a_hundred_take_as_many_queries_as_two() -> None:
    def queries(count: int) -> int:
        # Each twice, so that half of them join.
        leads = [a_lead(last_name=f"L{count}x{n // 2}", email=f"{count}x{n // 2}@a.example") for n in range(count)]  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            match_only(leads)
        return len(captured)

    def match_only(leads: list[Case]) -> None:
        work(leads, now=NOW)

    # Up to a dozen sets of values are written each by itself, so few are compared with many.
    assert queries(100) <= queries(4) + 3
