"""Undo: an act is taken back as one, once, and only while nobody worked on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import ClassVar

import pytest

from lotse.kernel.actors import person
from lotse.kernel.facts import FACTS, Fact
from lotse.lifecycle import undo
from lotse.records.cases.models import Case
from lotse.records.cases.services import change
from lotse.records.journal.models import Act, Entry
from lotse.records.journal.services import Line, begin, record, record_all
from lotse.records.people.models import User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)
ANNA = person(1)


@dataclass(frozen=True, kw_only=True)
class Valued(Fact):
    kind: ClassVar[str] = "test.valued"
    sentence: ClassVar[str] = "%(actor)s set the value"


@dataclass(frozen=True, kw_only=True)
class Noticed(Fact):
    kind: ClassVar[str] = "test.noticed"
    sentence: ClassVar[str] = "It was noticed"
    counts_as_work: ClassVar[bool] = False


@pytest.fixture(autouse=True)
def known_facts() -> None:
    FACTS.update({f.kind: f for f in (Valued, Noticed)})


def case(**fields: object) -> Case:
    return Case.objects.create(last_name="Steinmann", created_at=NOW, **fields)


def value(*cases: Case, amount: int, kind: str = "test") -> Act:
    act = begin(kind=kind, by=ANNA, at=NOW)
    lines = [Line(Valued(), c, before=change(c, value=amount)) for c in cases]
    record_all(lines, by=ANNA, at=NOW, act=act)
    return act


def test_an_act_on_many_cases_is_taken_back_as_one() -> None:
    one, two = case(value=5), case()
    act = value(one, two, amount=100)

    undo.undo(act=act, by=ANNA, now=NOW)

    one.refresh_from_db()
    two.refresh_from_db()
    assert [one.value, two.value] == [Decimal(5), None]
    assert Entry.objects.filter(kind="lifecycle.undone").count() == 2


def test_a_second_click_changes_nothing() -> None:
    act = value(case(), amount=100)
    undo.undo(act=act, by=ANNA, now=NOW)

    with pytest.raises(undo.CannotUndo, match="undone_already"):
        undo.undo(act=act, by=ANNA, now=NOW)
    assert Entry.objects.filter(kind="lifecycle.undone").count() == 1


def test_whoever_worked_on_since_stands_against_it() -> None:
    one, two = case(), case()
    act = value(one, two, amount=100)
    later = record(Valued(), about=two, by=ANNA, at=NOW)

    with pytest.raises(undo.CannotUndo, match="worked_on") as refused:
        undo.undo(act=act, by=ANNA, now=NOW)

    assert refused.value.entry == later
    one.refresh_from_db()
    assert one.value == Decimal(100)
    act.refresh_from_db()
    assert act.undone_at is None


def test_what_was_only_noticed_does_not() -> None:
    one = case()
    act = value(one, amount=100)
    record(Noticed(), about=one, by=ANNA, at=NOW)

    undo.undo(act=act, by=ANNA, now=NOW)

    one.refresh_from_db()
    assert one.value is None


def test_accepting_can_be_taken_back_for_ten_minutes() -> None:
    act = value(case(), amount=100, kind="accept")

    assert undo.why_not(act, now=NOW + timedelta(minutes=10)) is None
    refused = undo.why_not(act, now=NOW + timedelta(minutes=11))
    assert refused is not None
    assert refused.code == "too_late"


def test_what_kept_no_former_values_cannot_be_undone() -> None:
    act = begin(kind="test", by=ANNA, at=NOW)
    record(Valued(), about=case(), by=ANNA, at=NOW, act=act)

    refused = undo.why_not(act, now=NOW)

    assert refused is not None
    assert refused.code == "not_undoable"


def test_moments_people_and_amounts_come_back_as_they_were() -> None:
    anna = User.objects.create_user("a@b.example", None, name="Anna", created_at=NOW)
    one = case(assignee=anna, assigned_at=NOW, value="12.50")
    before = change(one, assignee=None, assigned_at=None, value=None)
    act = begin(kind="test", by=ANNA, at=NOW)
    record(Valued(), about=one, by=ANNA, at=NOW, before=before, act=act)

    undo.undo(act=act, by=ANNA, now=NOW)

    one.refresh_from_db()
    assert (one.assignee, one.assigned_at, str(one.value)) == (anna, NOW, "12.50")
