"""The loop that gives every job its turn: once a second or as soon as something is due."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from prometheus_client import Counter, Histogram

log = logging.getLogger(__name__)

TICK = timedelta(seconds=1)
# Who took all there was lets some more arrive: a batch of thirty costs little more than one of one.
GATHERING = timedelta(seconds=0.5)
# A job that fails is tried again after this, doubled with every failure in a row.
PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)

RUNS = Counter("lotse_job_runs_total", "Turns of the worker's jobs", ["job", "outcome"])
SECONDS = Histogram("lotse_job_seconds", "How long a turn of a job took", ["job"])


class Work(Protocol):
    """
    What a job does in one turn.

    It answers when it wants its next one: `now` if there is more to do at once, GATHERING later if
    that was all for the moment, any later moment if nothing can be due before, None if there was
    nothing to do.
    """

    def __call__(self, *, now: datetime) -> datetime | None: ...


@dataclass(frozen=True)
class Job:
    name: str
    work: Work


@dataclass
class _Turn:
    job: Job
    due_at: datetime
    failures: int = 0


@dataclass
class Loop:
    """Gives the jobs their turns; the clock and the waiting are handed in."""

    jobs: Sequence[Job]
    clock: Callable[[], datetime]
    # Waits for so many seconds, or shorter if the end was asked for; says whether it was.
    wait: Callable[[float], bool]
    _turns: list[_Turn] = field(default_factory=list)

    def run(self) -> None:
        """Go on until the end is asked for; a job that has begun is finished first."""
        self._begin()
        while not self.wait(0):
            now = self.clock()
            next_at = self._round(now)
            if self.wait(max(0.0, (next_at - self.clock()).total_seconds())):
                return

    def run_once(self) -> bool:
        """Give turns until nobody has more to do now; say whether all went well."""
        self._begin()
        while not self.wait(0):
            now = self.clock()
            # What somebody did in this turn may be work for another one: nobody gathers.
            self._round(now, ahead=GATHERING)
            if not any(t.due_at <= now + GATHERING for t in self._turns):
                break
        return not any(t.failures for t in self._turns)

    def _begin(self) -> None:
        now = self.clock()
        self._turns = [_Turn(job, now) for job in self.jobs]

    def _round(self, now: datetime, *, ahead: timedelta = timedelta()) -> datetime:
        """Give everyone who is due a turn; return when the next one is."""
        for turn in self._turns:
            if turn.due_at <= now + ahead and not self.wait(0):
                self._take(turn, now)
        return min((t.due_at for t in self._turns), default=now + TICK)

    def _take(self, turn: _Turn, now: datetime) -> None:
        began = time.monotonic()
        try:
            again_at = turn.job.work(now=now)
        except Exception:
            # One job's trouble must not stop the others: it is told to the operator and tried again.
            turn.failures += 1
            turn.due_at = now + _pause(turn.failures)
            RUNS.labels(turn.job.name, "failed").inc()
            log.exception("job %s failed, %d in a row", turn.job.name, turn.failures)
        else:
            turn.failures = 0
            turn.due_at = now + TICK if again_at is None else again_at
            RUNS.labels(turn.job.name, "done").inc()
        SECONDS.labels(turn.job.name).observe(time.monotonic() - began)


def _pause(failures: int) -> timedelta:
    # The exponent is capped before it is raised: after a weekend of failures it would be huge.
    return min(PAUSE * (1 << min(failures - 1, 20)), LONGEST_PAUSE)
