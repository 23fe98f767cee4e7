"""Which rules an earlier one leaves nothing to."""

from lotse.kernel.conditions import Condition, Op
from lotse.stages.assignment.rules import Rule, Target, shadows

HEAT = Condition("product", Op.ONE_OF, [1])
HEAT_OR_SUN = Condition("product", Op.ONE_OF, [1, 2])
NORTH = Condition("postcode", Op.BETWEEN, ["20", "29"])


def rule(
    pk: int, *conditions: Condition, target: Target = Target.TEAM, tries: int | None = None
) -> Rule:
    return Rule(id=pk, target=target, target_id=7, conditions=conditions, tries=tries)


def test_a_rule_without_conditions_leaves_nothing() -> None:
    assert shadows([rule(1), rule(2, HEAT), rule(3)]) == {2: 1, 3: 1}


def test_a_wider_rule_leaves_nothing_to_a_narrower_one() -> None:
    assert shadows([rule(1, HEAT_OR_SUN), rule(2, HEAT, NORTH)]) == {2: 1}


def test_a_narrower_rule_leaves_something() -> None:
    assert shadows([rule(1, HEAT, NORTH), rule(2, HEAT), rule(3, HEAT_OR_SUN)]) == {}


def test_a_rule_that_may_find_nobody_lets_leads_through() -> None:
    assert shadows([rule(1, target=Target.OWNER), rule(2)]) == {}
    assert shadows([rule(1, tries=2), rule(2)]) == {}
