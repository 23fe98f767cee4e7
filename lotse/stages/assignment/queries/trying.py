"""What the rules would do, without doing it: a made-up lead walks through them, and nothing is written."""

from dataclasses import dataclass
from datetime import datetime

from lotse.kernel.conditions import Condition
from lotse.records.cases.models import Case
from lotse.stages.assignment.queries.desk import Desk
from lotse.stages.assignment.queries.leads import get_areas
from lotse.stages.assignment.queries.people import People
from lotse.stages.assignment.rules import Decision, Kind, Rule, Target, Trial, Verdict, against

# No case has this number.
NO_CASE = 0


@dataclass(frozen=True)
class Step:
    """What came of one rule: conditions that do not hold, a trial, or neither once another took it."""

    rule: Rule
    missed: tuple[Condition, ...] = ()
    trial: Trial | None = None


def walk(case: Case, *, owner_id: int | None, now: datetime) -> tuple[Decision, list[Step]]:
    """Let a lead that is not stored walk through the rules that are on."""
    case.pk = NO_CASE
    desk = Desk([case], now=now)
    # Whose customer it is was said by whoever tries, and is not looked up.
    desk.__dict__["owners"] = {NO_CASE: owner_id} if owner_id else {}
    facts = desk.facts_of(case)
    if owner_id:
        facts |= {"known_account": True, "known_contact": True}
    decision = desk.decide(case, facts)
    trials = {trial.rule.id: trial for trial in decision.trials}
    steps = [
        Step(
            rule,
            missed=tuple(c for c in rule.conditions if not c.holds(facts)),
            trial=trials.get(rule.id),
        )
        for rule in desk.rules
    ]
    return decision, steps


def get_crew(rules: list[Rule], *, now: datetime) -> list[Verdict]:
    """Return everybody whom these rules may ask by name, each with what stands against it now."""
    areas = get_areas()
    people = People(rules, owners=(), areas=areas, now=now)
    everywhere = list({holder for holder, *_ in areas})
    named = [r for r in rules if r.target in {Target.USER, Target.TEAM, Target.PARTNER}]
    found = {
        c.key: c
        for rule in named
        for c in people.of(rule, owner=None, holders=everywhere)
        if c.kind == Kind.PERSON
    }
    return [Verdict(c, against(c)) for c in found.values()]
