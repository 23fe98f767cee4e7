"""The rules as the page shows them: told, with what they did lately, and what a made-up lead would meet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count

from lotse.access.telling.names import Names as Called
from lotse.access.telling.names import get_names, refs_of
from lotse.access.telling.sentences import Teller
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.kernel.conditions import Condition
from lotse.kernel.reasons import Reason
from lotse.records.cases.models import Case
from lotse.stages.assignment.models import Ask, AssignmentRule, RuleVersion
from lotse.stages.assignment.queries.trying import Step, get_crew, walk
from lotse.stages.assignment.rules import Candidate, Verdict, shadows
from lotse.web.distribution.phrases import Names, Piece, get_list_names, phrase, sentence

LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One rule of the page; `behind` is the place of the rule that leaves it nothing."""

    rule: AssignmentRule
    place: int
    pieces: Sequence[Piece]
    lately: int
    behind: int | None


@dataclass(frozen=True)
class Member:
    """Somebody the rules may ask, how full they are, and what stands against asking them now."""

    name: str
    candidate: Candidate
    why_not: str


@dataclass(frozen=True)
class Tried:
    """What one rule makes of the lead that is tried."""

    place: int
    rule: AssignmentRule
    takes: str = ""
    missed: Sequence[str] = ()
    reasons: Sequence[str] = field(default_factory=list)

    @property
    def is_asked(self) -> bool:
        return bool(self.takes or self.missed or self.reasons)


def get_rules() -> list[AssignmentRule]:
    rows = AssignmentRule.objects.select_related("target_user", "target_team", "target_partner")
    return list(rows.order_by("position", "id"))


def get_lines(rules: Sequence[AssignmentRule], *, now: datetime) -> list[Line]:
    names = get_list_names(c for rule in rules for c in conditions_of(rule))
    asked = Ask.objects.filter(rule__in=rules, at__gte=now - LATELY).order_by()
    lately = dict(asked.values_list("rule_id").annotate(Count("case", distinct=True)))
    places = {rule.pk: place for place, rule in enumerate(rules, start=1)}
    behind = shadows([rule.to_rule() for rule in rules if rule.is_on])
    return [
        Line(
            rule,
            places[rule.pk],
            sentence(rule, conditions_of(rule), names),
            lately=lately.get(rule.pk, 0),
            behind=places.get(behind.get(rule.pk, 0)),
        )
        for rule in rules
    ]


def conditions_of(rule: AssignmentRule) -> list[Condition]:
    return [Condition.from_data(c) for c in rule.conditions]


def get_version() -> RuleVersion | None:
    return RuleVersion.objects.select_related("by").order_by("-number").first()


def get_members(rules: Sequence[AssignmentRule], viewer: Viewer, reader: Reader) -> list[Member]:
    """Return those whom the rules may ask, by name; those who can't be asked now first."""
    verdicts = get_crew([r.to_rule() for r in rules if r.is_on], now=reader.now)
    called = _names(viewer, verdicts)
    teller = Teller(called, reader)
    members = [
        Member(
            called.of(("person", v.candidate.id)).text,
            v.candidate,
            _bare(teller, v.why_not) if v.why_not else "",
        )
        for v in verdicts
    ]
    return sorted(members, key=lambda m: (not m.why_not, m.name, m.candidate.id))


def try_lead(
    case: Case,
    rules: Sequence[AssignmentRule],
    viewer: Viewer,
    reader: Reader,
    *,
    owner_id: int | None,
) -> list[Tried]:
    """Let a made-up lead walk through the rules that are on, and tell what each makes of it."""
    decision, steps = walk(case, owner_id=owner_id, now=reader.now)
    verdicts = [v for trial in decision.trials for v in trial.verdicts]
    extra = [r for trial in decision.trials for r in trial.because]
    teller = Teller(_names(viewer, verdicts, extra), reader)
    lists = get_list_names(c for step in steps for c in step.missed)
    by_id = {rule.pk: (place, rule) for place, rule in enumerate(rules, start=1)}
    return [_tried(*by_id[step.rule.id], step, teller, lists) for step in steps]


def _tried(place: int, rule: AssignmentRule, step: Step, teller: Teller, lists: Names) -> Tried:
    trial = step.trial
    if trial is None:
        return Tried(place, rule, missed=[phrase(c, lists) for c in step.missed])
    told = [teller.reason(r) for r in trial.because]
    passed = [teller.reason(v.why_not) for v in trial.verdicts if v.why_not]
    if trial.winner:
        winner = teller.names.of((trial.winner.kind.value, trial.winner.id)).text
        return Tried(place, rule, takes=winner, reasons=[*told, *passed])
    return Tried(place, rule, reasons=[*told, *passed])


def _names(viewer: Viewer, verdicts: Sequence[Verdict], reasons: Sequence[Reason] = ()) -> Called:
    refs = {(v.candidate.kind.value, v.candidate.id) for v in verdicts}
    for reason in (*reasons, *(v.why_not for v in verdicts if v.why_not)):
        refs |= refs_of(reason.values)
    return get_names(viewer, refs)


def _bare(teller: Teller, reason: Reason) -> str:
    # The name stands beside it already.
    return teller.reason(reason).partition(": ")[2]
