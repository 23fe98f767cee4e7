"""The first rule that fits and yields somebody decides; everybody passed over is told with the reason."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.conditions import Condition, Op
from lotse.stages.assignment import rules
from lotse.stages.assignment.rules import (
    Candidate,
    Decision,
    Kind,
    Rule,
    Strategy,
    Target,
    against,
    basis_of,
    decide,
    replay,
)

A, B, C = (Candidate(Kind.PERSON, n) for n in (1, 2, 3))


def rule(id: int = 1, **fields: Any) -> Rule:
    fields = {"target": Target.TEAM, "target_id": 1, **fields}
    return Rule(id=id, **fields)


def ask(
    *line_up: Candidate, lead: dict[str, Any] | None = None, asks: int = 0, **fields: Any
) -> Decision:
    """Decide by one rule with these candidates."""
    return decide(lead or {}, [rule(**fields)], lambda _: line_up, asks={1: asks})


def codes(decision: Decision) -> list[str]:
    return [r.code for r in decision.reasons]


def winner(decision: Decision) -> int | None:
    return decision.winner.id if decision.winner else None


def test_the_first_rule_that_fits_and_yields_somebody_wins() -> None:
    only_solar = rule(1, conditions=(Condition("product_line", Op.IS, 7),))
    nobody_there = rule(2)
    everything = rule(3)
    line_ups = {1: [A], 2: [replace(B, is_active=False)], 3: [C]}

    decision = decide(
        {"product_line": 8},
        [only_solar, nobody_there, everything],
        lambda r: line_ups[r.id],
        asks={},
    )

    assert decision.rule == everything
    assert winner(decision) == 3
    assert codes(decision) == [rules.ONLY, rules.INACTIVE]


def test_where_no_rule_fits_it_says_so() -> None:
    decision = decide({}, [], lambda _: [], asks={})

    assert decision.winner is None
    assert codes(decision) == [rules.NO_RULE]


def test_full_people_are_passed_over_and_how_full_they_are_is_said() -> None:
    decision = ask(
        replace(A, open=4, capacity=4, deferred=1), replace(B, open=4, capacity=4), asks=0
    )

    assert decision.winner is None
    assert codes(decision) == [rules.NOBODY_LEFT, rules.FULL_DEFERRED, rules.FULL]
    assert decision.reasons[1].values == {"person_id": 1, "open": 4, "capacity": 4, "deferred": 1}


def test_each_reason_to_be_passed_over() -> None:
    changes: list[tuple[dict[str, Any], str]] = [
        ({"is_active": False}, rules.INACTIVE),
        ({"absent_until": "2026-06-12"}, rules.ABSENT),
        ({"may_see": False}, rules.NOT_PERMITTED),
        ({"was_asked": True}, rules.ASKED),
        ({"is_house_active": False}, rules.HOUSE_INACTIVE),
        ({"sells_here": False}, rules.HOUSE_ELSEWHERE),
        ({"house_open": 9, "house_capacity": 9}, rules.HOUSE_FULL),
        ({"today": 3, "daily_capacity": 3}, rules.FULL_TODAY),
    ]
    for change, code in changes:
        reason = against(replace(A, **change))

        assert reason is not None
        assert reason.code == code


def test_each_reason_to_pass_over_a_team_or_partner() -> None:
    team, partner = Candidate(Kind.TEAM, 1), Candidate(Kind.PARTNER, 1)
    changes: list[tuple[Candidate, dict[str, Any], str]] = [
        (team, {"is_active": False}, rules.TEAM_EMPTY),
        (team, {"was_asked": True}, rules.TEAM_ASKED),
        (partner, {"is_active": False}, rules.PARTNER_INACTIVE),
        (partner, {"may_see": False}, rules.PARTNER_EMPTY),
        (partner, {"sells_here": False}, rules.PARTNER_ELSEWHERE),
        (partner, {"was_asked": True}, rules.PARTNER_ASKED),
        (partner, {"open": 2, "capacity": 2}, rules.PARTNER_FULL),
    ]
    for candidate, change, code in changes:
        reason = against(replace(candidate, **change))

        assert reason is not None
        assert reason.code == code


def test_the_owner_gets_the_lead_though_full_but_not_when_absent() -> None:
    full = replace(A, open=9, capacity=4)

    assert winner(ask(full, target=Target.OWNER, target_id=None)) == 1
    away = replace(full, absent_until="2026-06-12")
    assert winner(ask(away, target=Target.OWNER, target_id=None)) is None


def test_the_substitute_of_an_absent_owner_stands_in_unless_full() -> None:
    away = replace(A, absent_until="2026-06-12")
    stands_in = replace(B, stands_in_for=1, capacity=4)

    decision = ask(away, stands_in, target=Target.OWNER, target_id=None)
    assert winner(decision) == 2
    assert codes(decision) == [rules.STANDS_IN, rules.ABSENT]

    full = replace(stands_in, open=4)
    assert winner(ask(away, full, target=Target.OWNER, target_id=None)) is None


def test_the_least_busy_gets_it_and_of_equals_whose_turn_it_is() -> None:
    busy, idle = replace(A, open=3), replace(B, open=1)
    assert winner(ask(busy, idle, strategy=Strategy.LEAST_BUSY)) == 2

    owed = replace(C, open=1, credit=1)
    assert winner(ask(busy, idle, owed, strategy=Strategy.LEAST_BUSY)) == 3


def test_a_rule_that_asked_often_enough_gives_up() -> None:
    assert winner(ask(A, tries=3, asks=2)) == 1

    decision = ask(A, tries=3, asks=3)
    assert winner(decision) is None
    assert codes(decision) == [rules.NOBODY_LEFT, rules.ENOUGH]


def test_a_condition_of_not_holds_for_what_is_empty_too() -> None:
    is_not = Condition("source", Op.IS_NOT, 1)
    none_of = Condition("source", Op.NONE_OF, [1, 2])

    for source, matches in [(1, (False, False)), (2, (True, False)), (None, (True, True))]:
        found = tuple(
            winner(ask(A, lead={"source": source}, conditions=(c,))) == 1 for c in (is_not, none_of)
        )
        assert found == matches


candidates = st.builds(
    Candidate,
    kind=st.just(Kind.PERSON),
    id=st.integers(1, 9),
    weight=st.integers(1, 5),
    credit=st.integers(-20, 20),
    open=st.integers(0, 6),
    deferred=st.integers(0, 2),
    capacity=st.none() | st.integers(0, 6),
    today=st.integers(0, 3),
    daily_capacity=st.none() | st.integers(0, 3),
    is_active=st.booleans(),
    may_see=st.booleans(),
    was_asked=st.booleans(),
    absent_until=st.none() | st.just("2026-06-12"),
)
line_ups = st.lists(candidates, max_size=6, unique_by=lambda c: c.id)
some_rules = st.lists(
    st.builds(
        Rule,
        id=st.integers(1, 99),
        target=st.sampled_from([Target.TEAM, Target.OWNER, Target.USER]),
        target_id=st.just(1),
        strategy=st.sampled_from([Strategy.ROUND_ROBIN, Strategy.LEAST_BUSY]),
        tries=st.none() | st.integers(1, 3),
        conditions=st.sampled_from(
            [
                (),
                (Condition("postcode", Op.BETWEEN, ["20", "29"]),),
                (Condition("score", Op.ABOVE, 70),),
            ]
        ),
    ),
    max_size=4,
    unique_by=lambda r: r.id,
)
leads = st.fixed_dictionaries(
    {"postcode": st.sampled_from(["20999", "01067", "1067", ""]), "score": st.integers(60, 80)}
)


@given(st.data(), some_rules, leads)
def test_nobody_who_is_ruled_out_is_chosen_and_everybody_else_would_have_been(
    data: st.DataObject, some: list[Rule], lead: dict[str, Any]
) -> None:
    lined_up = {r.id: data.draw(line_ups) for r in some}
    decision = decide(lead, some, lambda r: lined_up[r.id], asks={})

    for trial in decision.trials:
        able = {
            c.id
            for c in lined_up[trial.rule.id]
            if against(c, is_owner=trial.rule.target == Target.OWNER) is None
        }
        assert (trial.winner.id in able) if trial.winner else not able
    assert [t for t in decision.trials[:-1] if t.winner] == []


@given(st.data(), some_rules, leads, st.integers(0, 3))
def test_a_decision_can_be_made_again_from_what_was_kept_of_it(
    data: st.DataObject, some: list[Rule], lead: dict[str, Any], asked: int
) -> None:
    lined_up = {r.id: data.draw(line_ups) for r in some}
    asks = {r.id: asked for r in some}
    decision = decide(lead, some, lambda r: lined_up[r.id], asks=asks)

    kept = json.loads(json.dumps(basis_of(decision, lead, version=1, asks=asks)))
    rules_kept = [Rule.from_data(json.loads(json.dumps(r.to_data()))) for r in some]

    assert replay(kept, rules_kept) == decision
