"""Conditions kept as data: a list of field, operator and value, asked of plain facts about a case."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Op(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    ABOVE = "above"
    BELOW = "below"
    BETWEEN = "between"
    IS_SET = "is_set"
    IS_EMPTY = "is_empty"


@dataclass(frozen=True)
class Condition:
    field: str
    op: Op
    value: Any = None

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Say whether it holds; "is not" and "none of" hold for what is empty, too."""
        return _HOLDS[self.op](facts.get(self.field), self.value)

    def to_data(self) -> dict[str, Any]:
        return {"field": self.field, "op": self.op.value, "value": self.value}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Condition":
        return cls(data["field"], Op(data["op"]), data.get("value"))


def all_hold(conditions: Iterable[Condition], facts: Mapping[str, Any]) -> bool:
    return all(c.holds(facts) for c in conditions)


def is_in_postcode_range(postcode: str, low: str, high: str) -> bool:
    """
    Say whether a postcode lies in a range, both ends included, as text of one length.

    "01067" is not "1067": where the lengths differ, the ends are read as the first digits of
    the postcode ("20" to "29" holds 20095 and 29999), never the other way round.
    """
    postcode, low, high = (p.replace(" ", "").upper() for p in (postcode, low, high))
    if not postcode or len(low) > len(postcode) or len(high) > len(postcode):
        return False
    return low <= postcode[: len(low)] and postcode[: len(high)] <= high


def _is_empty(found: Any) -> bool:
    return found is None or found in ("", [], ())


def _between(found: Any, value: Any) -> bool:
    low, high = value
    if _is_empty(found):
        return False
    if isinstance(found, str):
        return is_in_postcode_range(found, str(low), str(high))
    return Decimal(str(low)) <= Decimal(str(found)) <= Decimal(str(high))


def _compare(found: Any, value: Any) -> int:
    a, b = Decimal(str(found)), Decimal(str(value))
    return (a > b) - (a < b)


_HOLDS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.IS: lambda found, value: bool(found == value),
    Op.IS_NOT: lambda found, value: bool(found != value),
    Op.ONE_OF: lambda found, value: found in value,
    Op.NONE_OF: lambda found, value: found not in value,
    Op.ABOVE: lambda found, value: not _is_empty(found) and _compare(found, value) > 0,
    Op.BELOW: lambda found, value: not _is_empty(found) and _compare(found, value) < 0,
    Op.BETWEEN: _between,
    Op.IS_SET: lambda found, _: not _is_empty(found),
    Op.IS_EMPTY: lambda found, _: _is_empty(found),
}
