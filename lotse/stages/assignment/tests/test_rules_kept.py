"""Each change of the rules makes a version that is never changed again."""

import pytest
from django.db import IntegrityError, transaction

from lotse.records.journal.models import Entry
from lotse.stages.assignment import services
from lotse.stages.assignment.models import AssignmentRule, RuleVersion
from lotse.stages.assignment.queries.decisions import replay
from lotse.stages.assignment.tests.cast import BOSS, NOW, asked, come, lead, rule_for, user

pytestmark = pytest.mark.django_db


def order() -> list[str]:
    return [r.name_de for r in AssignmentRule.objects.order_by("position")]


def test_rules_are_asked_in_their_order_and_change_places() -> None:
    anna = user("Anna")
    one, two, three = (rule_for(anna, name_de=name) for name in ("one", "two", "three"))
    assert order() == ["one", "two", "three"]

    services.move_rule(rule=three, up=True, by=BOSS, now=NOW)
    assert order() == ["one", "three", "two"]

    services.move_rule(rule=one, up=True, by=BOSS, now=NOW)
    assert order() == ["one", "three", "two"]

    services.delete_rule(rule=three, by=BOSS, now=NOW)
    assert order() == ["one", "two"]
    assert [r.position for r in AssignmentRule.objects.order_by("id")] == [1, 2]
    assert two.name_de == "two"


def test_each_change_is_a_version_and_the_old_ones_stay() -> None:
    anna = user("Anna")
    rule = rule_for(anna, name_de="one")
    services.switch_rule(rule=rule, is_on=False, by=BOSS, now=NOW)
    services.switch_rule(rule=rule, is_on=False, by=BOSS, now=NOW)

    versions = RuleVersion.objects.order_by("number")
    assert [(v.number, v.rules[0]["is_on"]) for v in versions] == [(1, True), (2, False)]
    assert Entry.objects.filter(kind="assignment.rules_changed").count() == 2


def test_a_rule_that_is_off_asks_nobody() -> None:
    rule = rule_for(user("Anna"))
    services.switch_rule(rule=rule, is_on=False, by=BOSS, now=NOW)
    case = lead()

    come(case)

    assert asked(case) == [""]


def test_a_decision_is_made_again_though_its_rule_is_gone() -> None:
    anna = user("Anna")
    rule = rule_for(anna)
    case = lead()
    come(case)

    services.delete_rule(rule=rule, by=BOSS, now=NOW)

    decision = replay(Entry.objects.about(case).get())
    assert decision.winner is not None
    assert decision.winner.id == anna.pk


@pytest.mark.parametrize(
    "fields",
    [
        {"target": "team"},
        {"target": "owner", "strategy": "whole", "by_offer": False},
        {"target": "area", "by_offer": False},
        {"target": "owner", "tries": 0},
        {"target": "owner", "offer_hours": 0},
    ],
)
def test_the_table_refuses_a_rule_that_makes_no_sense(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rule_for(**fields)  # type: ignore[arg-type]
