"""One who could be asked, and why they can't be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lotse.kernel.reasons import Reason, because
from lotse.stages.assignment.rules.reasons import (
    ABSENT,
    ASKED,
    FULL,
    FULL_DEFERRED,
    FULL_TODAY,
    HOUSE_ELSEWHERE,
    HOUSE_FULL,
    HOUSE_INACTIVE,
    INACTIVE,
    NOT_PERMITTED,
    PARTNER_ASKED,
    PARTNER_ELSEWHERE,
    PARTNER_EMPTY,
    PARTNER_FULL,
    PARTNER_INACTIVE,
    TEAM_ASKED,
    TEAM_EMPTY,
)


class Kind(StrEnum):
    """What a candidate is: one person, or a team or partner asked as a whole."""

    PERSON = "person"
    TEAM = "team"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who could be asked, as things stand: all that the decision looks at, and no more."""

    kind: Kind
    id: int
    weight: int = 1
    # Note [credit]: how much is owed, in parts of the sum of all weights. See `take_turn`.
    credit: int = 0
    open: int = 0
    deferred: int = 0
    capacity: int | None = None
    today: int = 0
    daily_capacity: int | None = None
    is_active: bool = True
    may_see: bool = True
    was_asked: bool = False
    absent_until: str | None = None
    stands_in_for: int | None = None
    # Of the partner that a person belongs to; a partner asked as a whole uses the fields above.
    house_open: int = 0
    house_capacity: int | None = None
    is_house_active: bool = True
    sells_here: bool = True

    @property
    def key(self) -> tuple[Kind, int]:
        return self.kind, self.id

    def to_data(self) -> dict[str, Any]:
        """Return what differs from the defaults, for there are many lines with many candidates."""
        return {
            name: value
            for name in self.__slots__
            if (value := getattr(self, name)) != _DEFAULTS.get(name)
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Candidate":
        return cls(**{**data, "kind": Kind(data["kind"])})


_DEFAULTS = {
    name: one.default
    for name, one in Candidate.__dataclass_fields__.items()
    if name not in {"kind", "id"}
}


@dataclass(frozen=True, slots=True)
class Verdict:
    candidate: Candidate
    # Why this one is passed over; None for those who could be asked.
    why_not: Reason | None = None


def against(candidate: Candidate, *, is_owner: bool = False) -> Reason | None:
    """Say why a candidate can't be asked; an owner may be full, for the customer is theirs."""
    if candidate.kind == Kind.PERSON:
        return _against_person(candidate, is_owner=is_owner)
    if candidate.kind == Kind.TEAM:
        return _against_team(candidate)
    return _against_partner(candidate)


def _against_person(c: Candidate, *, is_owner: bool) -> Reason | None:
    reason = _not_there(c) or _not_theirs(c)
    # The owner of the account is asked although they are full; a substitute is not the owner.
    if reason or (is_owner and c.stands_in_for is None):
        return reason
    return _too_much(c)


def _not_there(c: Candidate) -> Reason | None:
    if not c.is_active:
        return because(INACTIVE, person_id=c.id)
    if c.absent_until:
        return because(ABSENT, person_id=c.id, until_on=c.absent_until)
    return None


def _not_theirs(c: Candidate) -> Reason | None:
    who = {"person_id": c.id}
    if not c.may_see:
        return because(NOT_PERMITTED, **who)
    if c.was_asked:
        return because(ASKED, **who)
    if not c.is_house_active:
        return because(HOUSE_INACTIVE, **who)
    return None if c.sells_here else because(HOUSE_ELSEWHERE, **who)


def _too_much(c: Candidate) -> Reason | None:
    who = {"person_id": c.id}
    if c.house_capacity is not None and c.house_open >= c.house_capacity:
        return because(HOUSE_FULL, open=c.house_open, capacity=c.house_capacity, **who)
    if c.capacity is not None and c.open >= c.capacity:
        if c.deferred:
            return because(
                FULL_DEFERRED, open=c.open, capacity=c.capacity, deferred=c.deferred, **who
            )
        return because(FULL, open=c.open, capacity=c.capacity, **who)
    if c.daily_capacity is not None and c.today >= c.daily_capacity:
        return because(FULL_TODAY, today=c.today, daily=c.daily_capacity, **who)
    return None


def _against_team(c: Candidate) -> Reason | None:
    if not c.is_active:
        return because(TEAM_EMPTY, team_id=c.id)
    return because(TEAM_ASKED, team_id=c.id) if c.was_asked else None


def _against_partner(c: Candidate) -> Reason | None:
    if not c.is_active:
        return because(PARTNER_INACTIVE, partner_id=c.id)
    if not c.may_see:
        return because(PARTNER_EMPTY, partner_id=c.id)
    if not c.sells_here:
        return because(PARTNER_ELSEWHERE, partner_id=c.id)
    if c.was_asked:
        return because(PARTNER_ASKED, partner_id=c.id)
    if c.capacity is not None and c.open >= c.capacity:
        return because(PARTNER_FULL, partner_id=c.id, open=c.open, capacity=c.capacity)
    return None
