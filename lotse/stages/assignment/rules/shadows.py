"""Which rules come to nothing because an earlier one takes all that they could take."""

from collections.abc import Sequence
from typing import Any

from lotse.kernel.conditions import Condition, Op
from lotse.stages.assignment.rules.rule import Rule, Target


def shadows(rules: Sequence[Rule]) -> dict[int, int]:
    """
    Return the rules that come to nothing as long as an earlier one has somebody to ask, and which.

    An earlier rule takes all that a later one could take if each of its conditions follows from the
    later one's. One that asks for owners or areas, or gives up after some tries, lets leads through.
    """
    found: dict[int, int] = {}
    for at, rule in enumerate(rules):
        earlier = next((e for e in rules[:at] if _takes_all_of(e, rule)), None)
        if earlier:
            found[rule.id] = earlier.id
    return found


def _takes_all_of(earlier: Rule, later: Rule) -> bool:
    if earlier.target in {Target.OWNER, Target.AREA} or earlier.tries is not None:
        return False
    return all(
        any(_follows(wanted, given) for given in later.conditions) for wanted in earlier.conditions
    )


def _follows(wanted: Condition, given: Condition) -> bool:
    if wanted == given:
        return True
    if wanted.field != given.field:
        return False
    return given.op in _LISTS and wanted.op in _LISTS and _values(given) <= _values(wanted)


_LISTS = {Op.IS, Op.ONE_OF}


def _values(condition: Condition) -> set[Any]:
    return set(condition.value) if condition.op == Op.ONE_OF else {condition.value}
