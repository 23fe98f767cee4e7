"""Decides whom to ask next, and why: the first rule that fits and yields somebody; each decision can be made again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lotse.kernel.conditions import all_hold
from lotse.kernel.reasons import Reason, because
from lotse.stages.assignment.rules.candidates import Candidate, Kind, Verdict, against
from lotse.stages.assignment.rules.reasons import (
    ENOUGH,
    LEAST,
    NAMED,
    NO_AREA,
    NO_MEMBER,
    NO_OWNER,
    NO_RULE,
    NOBODY_LEFT,
    ONLY,
    OWNER,
    OWNER_FULL,
    SELLS_HERE,
    STANDS_IN,
    TURN,
)
from lotse.stages.assignment.rules.rule import Rule, Strategy, Target
from lotse.stages.assignment.rules.turns import take_turn


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
