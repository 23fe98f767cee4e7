"""What is written to the journal about users, teams and partners."""

from dataclasses import dataclass
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class PersonAdded(Fact):
    kind: ClassVar[str] = "people.added"
    sentence: ClassVar[str] = mark("%(actor)s added %(person)s")
    sign: ClassVar[str] = "contact"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Fact):
    """`fields` names what was changed; the values themselves may be personal and are not kept."""

    kind: ClassVar[str] = "people.changed"
    sentence: ClassVar[str] = mark("%(actor)s changed %(person)s: %(fields)s")
    sign: ClassVar[str] = "pencil"

    person_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class PersonDeactivated(Fact):
    kind: ClassVar[str] = "people.deactivated"
    sentence: ClassVar[str] = mark("%(actor)s deactivated %(person)s")
    sign: ClassVar[str] = "ban"
    tone: ClassVar[str] = "warn"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonActivated(Fact):
    kind: ClassVar[str] = "people.activated"
    sentence: ClassVar[str] = mark("%(actor)s activated %(person)s again")
    sign: ClassVar[str] = "check"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class TeamJoined(Fact):
    """About the team; that of the person says that the teams were changed."""

    kind: ClassVar[str] = "people.team_joined"
    sentence: ClassVar[str] = mark("%(actor)s took %(person)s into the team %(team)s")
    sign: ClassVar[str] = "plus"

    person_id: int
    team_id: int


@dataclass(frozen=True, kw_only=True)
class TeamLeft(Fact):
    kind: ClassVar[str] = "people.team_left"
    sentence: ClassVar[str] = mark("%(actor)s took %(person)s out of the team %(team)s")
    sign: ClassVar[str] = "x"

    person_id: int
    team_id: int


@dataclass(frozen=True, kw_only=True)
class AbsenceEntered(Fact):
    kind: ClassVar[str] = "people.absence_entered"
    sentence: ClassVar[str] = mark(
        "%(actor)s entered an absence of %(person)s, %(from_on)s to %(until_on)s"
    )
    sign: ClassVar[str] = "moon"

    person_id: int
    from_on: str
    until_on: str
    substitute_person_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AbsenceRemoved(Fact):
    kind: ClassVar[str] = "people.absence_removed"
    sentence: ClassVar[str] = mark(
        "%(actor)s removed an absence of %(person)s, %(from_on)s to %(until_on)s"
    )
    sign: ClassVar[str] = "moon"

    person_id: int
    from_on: str
    until_on: str
