"""Everything a batch of decisions is made from, read once; each decision is noted for the next one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from lotse.kernel.addresses import postcode_of
from lotse.records.cases.models import Case
from lotse.stages.assignment.models import Ask, RuleVersion, Turn
from lotse.stages.assignment.queries import leads
from lotse.stages.assignment.queries.people import People
from lotse.stages.assignment.rules import (
    Candidate,
    Decision,
    Kind,
    LineUp,
    Rule,
    Target,
    decide,
)

Key = tuple[Kind, int]


class Desk:
    """
    Reads what is asked for with one query for the whole batch, when it is first asked for.

    What a decision changes (free places, turns) is kept in memory, so that thirty leads at once
    are decided like thirty one after the other.
    """

    def __init__(self, cases: Sequence[Case], *, now: datetime) -> None:
        self.cases = cases
        self.now = now
        newest = RuleVersion.objects.order_by("-number").first()
        self.version = newest.number if newest else 0
        self.rules: list[Rule] = newest.decided_by() if newest else []
        self.changed: dict[tuple[int, Key], int] = {}

    def decide(self, case: Case, facts: Mapping[str, Any] | None = None) -> Decision:
        """Decide whom to ask for a case, and count it for the cases after it."""
        decision = decide(
            facts or self.facts_of(case),
            self.rules,
            self._line_up(case),
            asks=self.asks_by_rule(case),
        )
        if decision.rule and decision.winner:
            self._note(decision.rule, decision.winner, decision.trials[-1].credits)
        return decision

    def facts_of(self, case: Case) -> dict[str, Any]:
        return leads.facts_of(
            case,
            owner=self.owners.get(case.pk),
            lines=self.product_lines,
            holders=self._holders_of(case),
        )

    def asks_by_rule(self, case: Case) -> dict[int, int]:
        return dict(Counter(rule_id for _, _, rule_id in self.asks.get(case.pk, ()) if rule_id))

    # What was read.

    @cached_property
    def people(self) -> People:
        return People(self.rules, owners=set(self.owners.values()), areas=self.areas, now=self.now)

    @cached_property
    def owners(self) -> dict[int, int]:
        return leads.get_owners(self.cases)

    @cached_property
    def product_lines(self) -> dict[int, int | None]:
        return leads.get_product_lines(self.cases) if self._asks_for("product_line") else {}

    @cached_property
    def areas(self) -> list[leads.Area]:
        needs = {Target.AREA, Target.PARTNER, Target.TEAM}
        wanted = any(r.target in needs for r in self.rules) or self._asks_for("in_area")
        return leads.get_areas() if wanted else []

    @cached_property
    def asks(self) -> dict[int, list[tuple[Kind, int, int | None]]]:
        found: dict[int, list[tuple[Kind, int, int | None]]] = defaultdict(list)
        rows = Ask.objects.filter(case__in=[c.pk for c in self.cases])
        for case_id, kind, target_id, rule_id in rows.values_list(
            "case_id", "kind", "target_id", "rule_id"
        ):
            found[case_id].append((Kind(kind), target_id, rule_id))
        return found

    @cached_property
    def credits(self) -> dict[tuple[int, Key], int]:
        rows = Turn.objects.filter(rule__in=[r.id for r in self.rules])
        return {
            (rule_id, (Kind(kind), target_id)): credit
            for rule_id, kind, target_id, credit in rows.values_list(
                "rule_id", "kind", "target_id", "credit"
            )
        }

    def _asks_for(self, field: str) -> bool:
        return any(c.field == field for r in self.rules for c in r.conditions)

    def _holders_of(self, case: Case) -> list[leads.Holder]:
        if not self.areas:
            return []
        return leads.holders_of(
            self.areas, country=leads.country_of(case), postcode=postcode_of(case.postcode)
        )

    # Candidates.

    def _line_up(self, case: Case) -> LineUp:
        asked = {(kind, target_id) for kind, target_id, _ in self.asks.get(case.pk, ())}
        holders = self._holders_of(case)

        def line_up(rule: Rule) -> list[Candidate]:
            found = self.people.of(rule, owner=self.owners.get(case.pk), holders=holders)
            team = (Kind.TEAM, rule.target_id or 0) if rule.target == Target.TEAM else None
            return [self._seen_by(rule, c, asked=asked, team=team) for c in found]

        return line_up

    def _seen_by(
        self, rule: Rule, who: Candidate, *, asked: set[Key], team: Key | None
    ) -> Candidate:
        # Declining counts for the whole team or partner that was asked.
        was_asked = who.key in asked or (
            who.kind == Kind.PERSON
            and (team in asked or (Kind.PARTNER, self.people.house_of(who.id)) in asked)
        )
        credit = self.credits.get((rule.id, who.key), 0)
        if not was_asked and not credit:
            return who
        return replace(who, credit=credit, was_asked=was_asked)

    def _note(self, rule: Rule, winner: Candidate, credits: Mapping[Key, int]) -> None:
        self.people.give(winner)
        for key, credit in credits.items():
            self.credits[rule.id, key] = self.changed[rule.id, key] = credit
