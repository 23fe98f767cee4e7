"""A rule as decisions read it: which leads, to whom, and how one of several is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from lotse.kernel.conditions import Condition


class Target(StrEnum):
    USER = "user"
    TEAM = "team"
    PARTNER = "partner"
    OWNER = "owner"
    AREA = "area"


class Strategy(StrEnum):
    ROUND_ROBIN = "round_robin"
    LEAST_BUSY = "least_busy"
    WHOLE = "whole"


@dataclass(frozen=True)
class Rule:
    id: int
    target: Target
    target_id: int | None = None
    conditions: tuple[Condition, ...] = ()
    strategy: Strategy = Strategy.ROUND_ROBIN
    by_offer: bool = True
    offer_hours: int | None = None
    # How many it asks for one case before it gives up; None means as many as there are.
    tries: int | None = None

    def to_data(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "target": self.target.value,
            "target_id": self.target_id,
            "conditions": [c.to_data() for c in self.conditions],
            "strategy": self.strategy.value,
            "by_offer": self.by_offer,
            "offer_hours": self.offer_hours,
            "tries": self.tries,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            id=data["id"],
            target=Target(data["target"]),
            target_id=data["target_id"],
            conditions=tuple(Condition.from_data(c) for c in data["conditions"]),
            strategy=Strategy(data["strategy"]),
            by_offer=data["by_offer"],
            offer_hours=data["offer_hours"],
            tries=data["tries"],
        )
