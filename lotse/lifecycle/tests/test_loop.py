"""The loop: takes what is due, one worker at a time, and one case that stumbles holds up no other."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotse.kernel.moves import Leave, Move, Wait
from lotse.lifecycle import loop
from lotse.lifecycle.order import LIFECYCLE, Stop
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases

NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)
STAGE = Case.Stage.MATCHING


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> "Recorder":
    """Put a stage of our own where matching stands, so that only the loop is tested."""
    recorder = Recorder()
    exits = {"on": Case.Stage.DONE, "again": STAGE}
    monkeypatch.setitem(LIFECYCLE, STAGE, Stop(recorder, exits))
    return recorder


class Recorder:
    """A stage that answers what the test said, and remembers whom it was shown."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []
        self.answers: dict[int, Move] = {}
        self.stumbles_over: set[int] = set()

    def __call__(self, cases: Sequence[Case], *, now: datetime) -> Mapping[int, Move]:
        ids = [c.pk for c in cases]
        self.seen.append(ids)
        if self.stumbles_over & set(ids):
            raise ZeroDivisionError
        return {pk: self.answers.get(pk, Leave("on")) for pk in ids}


def arrive(count: int, *, at: datetime = NOW) -> list[int]:
    cases = [Case(last_name=f"Lead {n}", created_at=at, wake_at=at) for n in range(count)]
    return [c.pk for c in open_cases(cases)]


@pytest.mark.django_db
def test_what_is_due_goes_on_and_what_is_not_waits(stage: Recorder) -> None:
    due = arrive(3)
    later = arrive(1, at=NOW + timedelta(hours=1))

    assert loop.advance_due(now=NOW) == 3

    assert stage.seen == [due]
    assert set(Case.objects.filter(stage="done").values_list("pk", flat=True)) == set(due)
    assert Case.objects.get(pk=later[0]).stage == STAGE


@pytest.mark.django_db
def test_a_case_that_waits_is_looked_at_when_its_moment_comes(stage: Recorder) -> None:
    (case,) = arrive(1)
    stage.answers[case] = Wait(NOW + timedelta(hours=2))

    loop.advance_due(now=NOW)
    assert loop.advance_due(now=NOW + timedelta(hours=1)) == 0

    assert loop.advance_due(now=NOW + timedelta(hours=2)) == 1


@pytest.mark.django_db
def test_one_case_that_stumbles_holds_up_no_other(stage: Recorder) -> None:
    good, bad, fine = arrive(3)
    stage.stumbles_over = {bad}

    loop.advance_due(now=NOW)

    assert set(Case.objects.filter(stage="done").values_list("pk", flat=True)) == {good, fine}
    stumbled = Case.objects.get(pk=bad)
    assert (stumbled.stumbles, stumbled.wake_at, stumbled.lease_until) == (
        1,
        NOW + loop.PAUSE,
        None,
    )


@pytest.mark.django_db
def test_a_way_that_goes_in_a_circle_ends(stage: Recorder) -> None:
    (case,) = arrive(1)
    stage.answers[case] = Leave("again")

    loop.advance_due(now=NOW)

    assert len(stage.seen) == loop.LONGEST_WAY
    assert Case.objects.get(pk=case).stumbles == 1


@pytest.mark.django_db
def test_what_another_worker_holds_is_left_to_it_until_its_lease_runs_out(stage: Recorder) -> None:
    (case,) = arrive(1)
    Case.objects.update(lease_until=NOW + timedelta(minutes=1))

    loop.advance([case], now=NOW)
    assert stage.seen == []

    loop.advance([case], now=NOW + timedelta(minutes=1))
    assert stage.seen == [[case]]


@pytest.mark.django_db
def test_what_somebody_took_elsewhere_since_it_was_claimed_is_free_at_once(
    stage: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = arrive(2)
    claim = loop._claim

    def claim_and_lose_one(*args: Any, **how: Any) -> Any:
        claimed = claim(*args, **how)
        Case.objects.filter(pk=gone).update(stage=Case.Stage.PROCESS)
        return claimed

    monkeypatch.setattr(loop, "_claim", claim_and_lose_one)
    loop.advance_due(now=NOW)

    assert stage.seen == [[stays]]
    assert Case.objects.due(NOW).filter(pk=gone).exists()


@pytest.mark.django_db
def test_ten_cases_cost_as_many_queries_as_a_hundred(stage: Recorder) -> None:
    counts = []
    for size in (10, 100):
        arrive(size)
        with CaptureQueriesContext(connection) as queries:
            loop.advance_due(now=NOW)
        counts.append(len(queries))

    assert counts[0] == counts[1]
