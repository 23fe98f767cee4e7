"""What becomes of a message after an attempt."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.records.outbox.rules import GIVE_UP, WAITS, Outcome, State, Try, after

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


def tried(*, attempts: int = 1, resent: int = 0, may_resend: bool = True) -> Try:
    return Try(attempts, resent, may_resend)


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.SENT, State.SENT), (Outcome.REFUSED, State.REJECTED)]
)
def test_a_clear_answer_is_the_end(outcome: Outcome, state: State) -> None:
    assert after(tried(), outcome, now=NOW).state == state


def test_what_surely_did_not_arrive_is_tried_again_after_growing_waits() -> None:
    waits = [
        after(tried(attempts=n), Outcome.LATER, now=NOW).not_before
        for n in range(1, len(WAITS) + 3)
    ]

    assert waits == [NOW + wait for wait in (*WAITS, WAITS[-1], WAITS[-1])]


def test_what_could_not_be_delivered_for_days_is_given_up() -> None:
    waited, attempts = timedelta(), 1
    while (becomes := after(tried(attempts=attempts), Outcome.LATER, now=NOW)).not_before:
        waited += becomes.not_before - NOW
        attempts += 1

    assert becomes.state == State.REJECTED
    assert GIVE_UP <= waited < GIVE_UP + WAITS[-1]


def test_in_doubt_it_is_sent_once_more_and_then_left() -> None:
    first = after(tried(), Outcome.UNKNOWN, now=NOW)
    second = after(tried(attempts=2, resent=first.resent), Outcome.UNKNOWN, now=NOW)

    assert (first.state, first.not_before, first.resent) == (State.READY, NOW, 1)
    assert (second.state, second.resent) == (State.UNKNOWN, 1)


def test_in_doubt_what_must_not_come_twice_is_left() -> None:
    assert after(tried(may_resend=False), Outcome.UNKNOWN, now=NOW).state == State.UNKNOWN


@given(st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=60), st.booleans())
def test_whatever_is_answered_no_more_than_one_letter_is_in_doubt_before_the_last(
    outcomes: list[Outcome], may_resend: bool
) -> None:
    now, doubts, resent = NOW, 0, 0
    for attempts, outcome in enumerate(outcomes, start=1):
        doubts += outcome == Outcome.UNKNOWN
        becomes = after(Try(attempts, resent, may_resend), outcome, now=now)
        resent = becomes.resent
        if becomes.state != State.READY:
            break
        # It is never tried again before its moment, and never in the past.
        assert becomes.not_before is not None
        assert becomes.not_before >= now
        now = becomes.not_before

    assert doubts <= (2 if may_resend else 1)
    assert resent == min(doubts, 1 if may_resend else 0)
