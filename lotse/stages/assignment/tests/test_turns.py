"""Turns are fair: over any number of leads nobody is a whole lead away from their share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lotse.stages.assignment.rules import Candidate, Kind, take_turn


def people(*weights: int) -> list[Candidate]:
    return [Candidate(Kind.PERSON, n, weight=w) for n, w in enumerate(weights, start=1)]


def deal(line_up: Sequence[Candidate], turns: int) -> tuple[list[int], list[Candidate]]:
    """Give so many turns, and return who got them, and what is owed afterwards."""
    got = []
    for _ in range(turns):
        winner, credits = take_turn(line_up)
        got.append(winner.id)
        line_up = [replace(c, credit=credits[c.key]) for c in line_up]
    return got, list(line_up)


def test_equal_people_take_turns() -> None:
    got, _ = deal(people(1, 1, 1), 6)

    assert got == [1, 2, 3, 1, 2, 3]


def test_twice_the_weight_gets_twice_the_leads_and_not_in_a_row() -> None:
    got, _ = deal(people(2, 1, 1), 8)

    assert Counter(got) == {1: 4, 2: 2, 3: 2}
    assert all(not (a == b == c) for a, b, c in zip(got, got[1:], got[2:], strict=False))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=7), st.integers(1, 120))
def test_nobody_is_ever_a_whole_lead_away_from_their_share(weights: list[int], turns: int) -> None:
    got, _ = deal(people(*weights), turns)

    for given_so_far in range(1, turns + 1):
        counts = Counter(got[:given_so_far])
        for n, weight in enumerate(weights, start=1):
            share = Fraction(given_so_far * weight, sum(weights))
            assert abs(counts[n] - share) < 1


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(0, 40), st.integers(0, 40))
def test_it_makes_no_difference_whether_they_come_at_once_or_in_two_heaps(
    weights: list[int], first: int, second: int
) -> None:
    at_once, _ = deal(people(*weights), first + second)

    one, owed = deal(people(*weights), first)
    two, _ = deal(owed, second)

    assert one + two == at_once


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6), st.integers(1, 60))
def test_what_is_owed_adds_up_to_nothing(weights: list[int], turns: int) -> None:
    _, owed = deal(people(*weights), turns)

    assert sum(c.credit for c in owed) == 0


@given(
    st.lists(st.booleans(), min_size=3, max_size=60),
    st.integers(1, 4),
)
def test_who_comes_and_goes_owes_and_is_owed_less_than_one_round(
    is_there: list[bool], weight: int
) -> None:
    # The second of three is away now and then; nobody's balance runs off.
    line_up = people(1, weight, 1)
    for there in is_there:
        free = [c for c in line_up if there or c.id != 2]
        _, credits = take_turn(free)
        line_up = [replace(c, credit=credits.get(c.key, c.credit)) for c in line_up]

        assert all(abs(c.credit) <= 2 * (2 + weight) for c in line_up)
