"""Who does something: a person, a rule, a machine with a key, or Lotse itself."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    PERSON = "person"
    RULE = "rule"
    KEY = "key"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Whoever an act is booked to; `id` is that of the user, the rule or the key."""

    kind: ActorKind
    id: int | None = None

    @property
    def person_id(self) -> int | None:
        return self.id if self.kind == ActorKind.PERSON else None


SYSTEM = Actor(ActorKind.SYSTEM)


def person(user_id: int) -> Actor:
    return Actor(ActorKind.PERSON, user_id)


def rule(rule_id: int) -> Actor:
    return Actor(ActorKind.RULE, rule_id)
