"""That every job gets its turn, whatever the others do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lotse.worker.loop import GATHERING, LONGEST_PAUSE, TICK, Job, Loop

START = datetime(2026, 3, 2, 7, tzinfo=UTC)
Answer = Callable[[datetime], datetime | None]


@dataclass
class Script:
    """A clock that moves only by waiting, for a while; and the turns that were taken meanwhile."""

    lasts: timedelta
    now: datetime = START
    turns: list[tuple[str, datetime]] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.now += timedelta(seconds=seconds)
        return self.now >= START + self.lasts

    def job(self, name: str, answer: Answer) -> Job:
        def work(*, now: datetime) -> datetime | None:
            self.turns.append((name, now))
            return answer(now)

        return Job(name, work)

    def moments(self, name: str) -> list[timedelta]:
        return [at - START for who, at in self.turns if who == name]


def loop(script: Script, *jobs: Job) -> Loop:
    return Loop(jobs, script.clock, script.wait)


def stumble(_now: datetime) -> datetime | None:
    raise LookupError("nothing there")


def seconds(*numbers: float) -> list[timedelta]:
    return [timedelta(seconds=n) for n in numbers]


def test_a_job_with_nothing_to_do_is_asked_once_a_tick() -> None:
    script = Script(lasts=3 * TICK)

    loop(script, script.job("idle", lambda now: None)).run()

    assert script.moments("idle") == seconds(0, 1, 2)


def test_a_job_with_more_to_do_goes_on_at_once() -> None:
    script = Script(lasts=TICK)
    left = [1, 2, 3]

    loop(script, script.job("busy", lambda now: now if left.pop() > 1 else None)).run()

    assert script.moments("busy") == seconds(0, 0, 0)


def test_a_job_that_names_a_moment_is_left_in_peace_until_then() -> None:
    script = Script(lasts=timedelta(minutes=2))

    job = script.job("daily", lambda now: now + timedelta(seconds=90))
    loop(script, job).run()

    assert script.moments("daily") == seconds(0, 90)


def test_a_job_that_fails_stops_no_other_and_is_tried_again_after_growing_pauses() -> None:
    script = Script(lasts=timedelta(seconds=15))

    loop(script, script.job("broken", stumble), script.job("sound", lambda now: None)).run()

    assert script.moments("broken") == seconds(0, 2, 6, 14)
    assert len(script.moments("sound")) == 15


def test_the_job_that_has_begun_is_finished_and_no_other_is_started_when_the_end_is_asked_for() -> (
    None
):
    script = Script(lasts=timedelta(seconds=5))

    def long(now: datetime) -> datetime | None:
        script.now += timedelta(seconds=60)
        return None

    loop(script, script.job("long", long), script.job("next", lambda now: None)).run()

    assert script.moments("long") == seconds(0)
    assert script.moments("next") == []


def test_once_goes_on_while_there_is_more_and_then_ends() -> None:
    script = Script(lasts=timedelta(hours=1))
    left = [1, 2, 3]

    well = loop(script, script.job("busy", lambda now: now if left.pop() > 1 else None)).run_once()

    assert well
    assert script.moments("busy") == seconds(0, 0, 0)


def test_once_lets_nobody_gather() -> None:
    script = Script(lasts=timedelta(hours=1))
    left = [1, 2, 3]

    def gather(now: datetime) -> datetime | None:
        return now + GATHERING if left.pop() > 1 else None

    loop(script, script.job("gathers", gather)).run_once()

    assert script.moments("gathers") == seconds(0, 0, 0)


def test_once_says_when_a_job_failed() -> None:
    script = Script(lasts=timedelta(hours=1))

    assert not loop(script, script.job("broken", stumble)).run_once()


@given(st.integers(1, 60))
def test_no_pause_is_longer_than_the_longest(minutes: int) -> None:
    script = Script(lasts=timedelta(minutes=minutes))

    loop(script, script.job("broken", stumble)).run()

    moments = script.moments("broken")
    pauses = [b - a for a, b in pairwise(moments)]
    assert pauses == sorted(pauses)
    assert all(p <= LONGEST_PAUSE for p in pauses)
