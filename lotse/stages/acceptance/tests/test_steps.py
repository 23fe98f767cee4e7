"""What the guide has to ask."""

from hypothesis import given
from hypothesis import strategies as st

from lotse.records.accounts.alike import Comparison, Match, Outcome
from lotse.stages.acceptance.rules.steps import Choice, Finding, Result, Verdict, find, judge_side


def candidate(record_id: int, *, is_exact: bool = False) -> Comparison:
    return Comparison(record_id, ("company",), (), 1.0 if is_exact else 0.6, is_exact)


def match(*candidates: Comparison) -> Match:
    exact = [c for c in candidates if c.is_exact]
    if len(exact) == 1:
        return Match(Outcome.SAME, candidates)
    return Match(Outcome.SIMILAR if candidates else Outcome.NONE, candidates)


NOTHING = Choice()


def test_the_same_is_taken_without_asking() -> None:
    finding = find(match(candidate(7, is_exact=True), candidate(8)), {7, 8})

    assert judge_side(finding, NOTHING, is_named=True) == Verdict(Result.TAKEN, 7)


def test_similar_ones_are_asked() -> None:
    finding = find(match(candidate(7), candidate(8)), {7, 8})

    assert judge_side(finding, NOTHING, is_named=True).result == Result.ASK


def test_nothing_similar_is_created() -> None:
    assert judge_side(find(match(), set()), NOTHING, is_named=True) == Verdict(Result.CREATED)


def test_a_private_person_has_no_account() -> None:
    assert judge_side(Finding(Outcome.NONE), NOTHING, is_named=False) == Verdict(Result.NONE)


def test_the_same_that_may_not_be_seen_is_counted_and_asked() -> None:
    finding = find(match(candidate(7, is_exact=True), candidate(8)), {8})

    assert [c.record_id for c in finding.candidates] == [8]
    assert (finding.hidden, finding.same_id) == (1, None)
    assert judge_side(finding, NOTHING, is_named=True).result == Result.ASK


def test_another_than_the_same_may_be_chosen() -> None:
    finding = find(match(candidate(7, is_exact=True), candidate(8)), {7, 8})

    verdict = judge_side(finding, Choice(record_id=8), is_named=True)

    assert (verdict.result, verdict.record_id) == (Result.TAKEN, 8)


matches = st.lists(
    st.builds(candidate, st.integers(1, 9), is_exact=st.booleans()),
    unique_by=lambda c: c.record_id,
).map(lambda some: match(*sorted(some, key=lambda c: not c.is_exact)))


@given(matches, st.frozensets(st.integers(1, 9)))
def test_what_may_not_be_seen_is_never_shown(found: Match, visible: frozenset[int]) -> None:
    finding = find(found, visible)

    assert {c.record_id for c in finding.candidates} <= visible
    assert len(finding.candidates) + finding.hidden == len(found.candidates)
    taken = judge_side(finding, NOTHING, is_named=True).record_id
    assert taken is None or taken in visible
