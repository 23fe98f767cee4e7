"""Decides whom to ask next, and why: ordered rules, candidates weighed one by one, fair turns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from lotse.kernel.conditions import Condition, Op, all_hold
from lotse.kernel.language import mark
from lotse.kernel.reasons import Reason, because, sentence


class Kind(StrEnum):
    """What a candidate is: one person, or a team or partner asked as a whole."""

    PERSON = "person"
    TEAM = "team"
    PARTNER = "partner"


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


# A sentence about a candidate begins with the name and a colon, so that a list which shows the
# name already can leave it out.
INACTIVE = sentence("assignment.inactive", mark("%(person)s: inactive"))
ABSENT = sentence("assignment.absent", mark("%(person)s: absent until %(until_on)s"))
NOT_PERMITTED = sentence(
    "assignment.not_permitted", mark("%(person)s: has no role that may see leads")
)
ASKED = sentence("assignment.asked_before", mark("%(person)s: asked before"))
FULL = sentence("assignment.full", mark("%(person)s: full (%(open)s of %(capacity)s)"))
FULL_DEFERRED = sentence(
    "assignment.full_deferred",
    mark("%(person)s: full (%(open)s of %(capacity)s, %(deferred)s of them deferred)"),
)
FULL_TODAY = sentence(
    "assignment.full_today", mark("%(person)s: full for today (%(today)s of %(daily)s new)")
)
HOUSE_INACTIVE = sentence("assignment.house_inactive", mark("%(person)s: the partner is inactive"))
HOUSE_FULL = sentence(
    "assignment.house_full", mark("%(person)s: the partner is full (%(open)s of %(capacity)s)")
)
HOUSE_ELSEWHERE = sentence(
    "assignment.house_elsewhere", mark("%(person)s: outside the partner's sales area")
)
PARTNER_INACTIVE = sentence("assignment.partner_inactive", mark("%(partner)s: inactive"))
PARTNER_EMPTY = sentence(
    "assignment.partner_empty", mark("%(partner)s: nobody there who may see leads")
)
PARTNER_ELSEWHERE = sentence(
    "assignment.partner_elsewhere", mark("%(partner)s: outside the sales area")
)
PARTNER_ASKED = sentence("assignment.partner_asked", mark("%(partner)s: asked before"))
PARTNER_FULL = sentence(
    "assignment.partner_full", mark("%(partner)s: full (%(open)s of %(capacity)s)")
)
TEAM_EMPTY = sentence("assignment.team_empty", mark("%(team)s: nobody there who may see leads"))
TEAM_ASKED = sentence("assignment.team_asked", mark("%(team)s: asked before"))

# Why a rule that fits came to nobody.
ENOUGH = sentence("assignment.enough", mark("%(rule)s: asked %(tries)s times, no more"))
NO_OWNER = sentence("assignment.no_owner", mark("%(rule)s: nobody looks after this customer"))
NO_AREA = sentence("assignment.no_area", mark("%(rule)s: nobody sells in this area"))
NO_MEMBER = sentence("assignment.no_member", mark("%(rule)s: nobody belongs to its target"))
NO_RULE = sentence("assignment.no_rule", mark("no rule fits"))
NOBODY_LEFT = sentence("assignment.nobody_left", mark("nobody left to ask"))

# Why the one who was chosen was.
TURN = sentence("assignment.turn", mark("next in turn of %(free)s"))
LEAST = sentence("assignment.least", mark("fewest open cases (%(open)s) of %(free)s"))
ONLY = sentence("assignment.only", mark("the only one left to ask"))
OWNER = sentence("assignment.owner", mark("looks after this customer"))
OWNER_FULL = sentence(
    "assignment.owner_full",
    mark("looks after this customer, so also beyond the capacity (%(open)s of %(capacity)s)"),
)
NAMED = sentence("assignment.named", mark("named by the rule"))
STANDS_IN = sentence("assignment.stands_in", mark("stands in for %(person)s"))
SELLS_HERE = sentence("assignment.sells_here", mark("sells in this area"))
BY_HAND = sentence("assignment.by_hand", mark("chosen by hand"))
BY_HAND_TURN = sentence(
    "assignment.by_hand_turn", mark("spread by hand, in turn over %(people)s people")
)


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


@dataclass(frozen=True)
class Trial:
    """What came of one rule whose conditions hold."""

    rule: Rule
    verdicts: tuple[Verdict, ...] = ()
    winner: Candidate | None = None
    because: tuple[Reason, ...] = ()
    # What is owed after this turn, to those who took part in it.
    credits: Mapping[tuple[Kind, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    trials: tuple[Trial, ...] = ()

    @property
    def winner(self) -> Candidate | None:
        return self.trials[-1].winner if self.trials else None

    @property
    def rule(self) -> Rule | None:
        return self.trials[-1].rule if self.trials and self.winner else None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why the winner was chosen, or nobody, and why each of the others was not."""
        passed = [v.why_not for t in self.trials for v in t.verdicts if v.why_not]
        if self.winner:
            gave_up = [r for t in self.trials[:-1] for r in t.because]
            return (*self.trials[-1].because, *gave_up, *passed)
        gave_up = [r for t in self.trials for r in t.because]
        return (because(NOBODY_LEFT if self.trials else NO_RULE), *gave_up, *passed)


LineUp = Callable[[Rule], Sequence[Candidate]]


def decide(
    lead: Mapping[str, Any],
    rules: Sequence[Rule],
    line_up: LineUp,
    *,
    asks: Mapping[int, int],
) -> Decision:
    """
    Take the first rule that fits and yields somebody.

    :param lead: what conditions ask about
    :param line_up: the candidates of a rule for this lead
    :param asks: how many each rule has asked already, by its id
    """
    trials: list[Trial] = []
    for rule in rules:
        if not all_hold(rule.conditions, lead):
            continue
        trials.append(_try(rule, line_up, asked=asks.get(rule.id, 0)))
        if trials[-1].winner:
            break
    return Decision(tuple(trials))


def basis_of(
    decision: Decision, lead: Mapping[str, Any], *, version: int, asks: Mapping[int, int]
) -> dict[str, Any]:
    """Return everything the decision was made from, as the journal keeps it."""
    return {
        "version": version,
        "lead": {k: v for k, v in lead.items() if v not in (None, "")},
        "asks": [[rule_id, number] for rule_id, number in sorted(asks.items())],
        "trials": [
            [trial.rule.id, [v.candidate.to_data() for v in trial.verdicts]]
            for trial in decision.trials
        ],
    }


def replay(basis: Mapping[str, Any], rules: Sequence[Rule]) -> Decision:
    """Make a decision again from what was kept of it, with the rules of that version."""
    lined_up = {
        rule_id: [Candidate.from_data(one) for one in candidates]
        for rule_id, candidates in basis["trials"]
    }
    return decide(
        basis["lead"], rules, lambda rule: lined_up[rule.id], asks=dict(map(tuple, basis["asks"]))
    )


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


def _try(rule: Rule, line_up: LineUp, *, asked: int) -> Trial:
    if rule.tries is not None and asked >= rule.tries:
        return Trial(rule, because=(because(ENOUGH, rule_id=rule.id, tries=asked),))
    candidates = line_up(rule)
    if not candidates:
        return Trial(rule, because=(because(_MISSING[rule.target], rule_id=rule.id),))

    is_owner = rule.target == Target.OWNER
    verdicts = tuple(Verdict(c, against(c, is_owner=is_owner)) for c in candidates)
    free = [v.candidate for v in verdicts if v.why_not is None]
    if not free:
        return Trial(rule, verdicts)
    winner, credits, reasons = _choose(rule, free)
    return Trial(rule, verdicts, winner, reasons, credits)


_MISSING = {
    Target.OWNER: NO_OWNER,
    Target.AREA: NO_AREA,
    Target.USER: NO_MEMBER,
    Target.TEAM: NO_MEMBER,
    Target.PARTNER: NO_MEMBER,
}


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


Choice = tuple[Candidate, Mapping[tuple[Kind, int], int], tuple[Reason, ...]]


def _choose(rule: Rule, free: Sequence[Candidate]) -> Choice:
    if rule.target in {Target.USER, Target.OWNER} or rule.strategy == Strategy.WHOLE:
        # Only one is meant; whoever stands behind it stands in.
        return free[0], {}, (_why_first(rule, free[0]),)
    if len(free) == 1:
        winner, credits = take_turn(free)
        return winner, credits, (because(ONLY),)
    if rule.strategy == Strategy.LEAST_BUSY:
        fewest = min(c.open / c.weight for c in free)
        winner, credits = take_turn([c for c in free if c.open / c.weight == fewest])
        return winner, credits, (because(LEAST, open=winner.open, free=len(free)),)
    winner, credits = take_turn(free)
    return winner, credits, (because(TURN, free=len(free)),)


def _why_first(rule: Rule, winner: Candidate) -> Reason:
    if winner.stands_in_for is not None:
        return because(STANDS_IN, person_id=winner.stands_in_for)
    if rule.target == Target.OWNER:
        if winner.capacity is not None and winner.open >= winner.capacity:
            return because(OWNER_FULL, open=winner.open, capacity=winner.capacity)
        return because(OWNER)
    return because(SELLS_HERE if rule.target == Target.AREA else NAMED)


def take_turn(free: Sequence[Candidate]) -> tuple[Candidate, dict[tuple[Kind, int], int]]:
    """
    Give one turn to the candidate whose share would be missed first.

    Each turn credits everybody with their weight, and the one who gets it pays the sum of all
    weights: the credit is what is owed. Only those to whom something is owed may get the turn, so
    nobody is a whole lead ahead; of them the one gets it to whom a whole lead would be owed soonest,
    so nobody is a whole lead behind. With equal weights this is taking turns.
    """
    total = sum(c.weight for c in free)
    owed = {c.key: c.credit + c.weight for c in free}
    due = [c for c in free if owed[c.key] > 0] or free
    winner = min(due, key=lambda c: ((total - owed[c.key]) / c.weight, c.kind, c.id))
    owed[winner.key] -= total
    return winner, owed
