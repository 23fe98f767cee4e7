"""What assignment writes to the journal."""

from dataclasses import dataclass
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class Asked(Fact):
    """A rule, or somebody by hand, chose whom to ask; exactly one of the three is asked."""

    kind: ClassVar[str] = "assignment.asked"
    sentence: ClassVar[str] = mark("%(actor)s asked %(person)s")
    sign: ClassVar[str] = "route"
    counts_as_work: ClassVar[bool] = False

    person_id: int | None = None
    team_id: int | None = None
    partner_id: int | None = None
    rule_id: int | None = None
    version: int | None = None
    attempt: int = 1
    by_offer: bool = True

    def say(self) -> str:
        if self.team_id:
            return mark("%(actor)s asked the team %(team)s")
        if self.partner_id:
            return mark("%(actor)s asked %(partner)s")
        return self.sentence if self.by_offer else mark("%(actor)s gave it to %(person)s")


@dataclass(frozen=True, kw_only=True)
class Distributed(Fact):
    """Handed out from a selection: to one person for all, or spread over several."""

    kind: ClassVar[str] = "assignment.distributed"
    sentence: ClassVar[str] = mark("%(actor)s distributed it to %(person)s")
    sign: ClassVar[str] = "people"

    person_id: int
    from_person_id: int | None = None
    # How many cases and people there were.
    cases: int = 1
    people: int = 1
    note_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Assigned(Fact):
    kind: ClassVar[str] = "assignment.assigned"
    sentence: ClassVar[str] = mark("%(actor)s assigned it to %(person)s")
    sign: ClassVar[str] = "contact"

    person_id: int
    from_person_id: int | None = None
    note_id: int | None = None

    def say(self) -> str:
        if self.from_person_id:
            return mark("%(actor)s handed it over from %(from_person)s to %(person)s")
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class SentToPool(Fact):
    """Nobody is left to ask; it waits to be distributed, and a manager is told."""

    kind: ClassVar[str] = "assignment.sent_to_pool"
    sentence: ClassVar[str] = mark("Waits in the pool: nobody is left to ask")
    sign: ClassVar[str] = "inbox"
    tone: ClassVar[str] = "warn"
    counts_as_work: ClassVar[bool] = False

    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class PutIntoPool(Fact):
    """Somebody took it from its holder, or kept it from being given, on purpose."""

    kind: ClassVar[str] = "assignment.put_into_pool"
    sentence: ClassVar[str] = mark("%(actor)s put it into the pool")
    sign: ClassVar[str] = "inbox"

    from_person_id: int | None = None
    note_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PoolGrew(Fact):
    """Told to a manager instead of one notice for each of many leads."""

    kind: ClassVar[str] = "assignment.pool_grew"
    sentence: ClassVar[str] = mark("%(cases)s leads wait in the pool: nobody is left to ask")
    sign: ClassVar[str] = "inbox"
    tone: ClassVar[str] = "warn"
    counts_as_work: ClassVar[bool] = False

    cases: int


@dataclass(frozen=True, kw_only=True)
class RulesChanged(Fact):
    kind: ClassVar[str] = "assignment.rules_changed"
    sentence: ClassVar[str] = mark("%(actor)s changed the assignment rules: version %(version)s")
    sign: ClassVar[str] = "route"

    version: int
