"""Time in the demo company: what is to happen when, and the worker that does what is due in between."""

import heapq
import itertools
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lotse.lifecycle import loop
from lotse.mails.table import KINDS
from lotse.records.outbox.mail.letters import Letter
from lotse.records.outbox.mail.smtp import Answer
from lotse.records.outbox.rules import Outcome
from lotse.records.outbox.sending import send_due
from lotse.stages.acceptance import services as acceptance
from lotse.stages.process import services as process
from lotse.worker.demo.company import ZONE

Deed = Callable[[datetime], None]
HOME = ZoneInfo(ZONE)
OPENS, CLOSES = 8, 17


class Nowhere:
    """Takes the letters of a past that never was."""

    def send(self, letter: Letter) -> Answer:
        return Answer(Outcome.SENT, "250 OK")

    def close(self) -> None:
        pass


class Life:
    """Lets happen what was planned, in order of time, up to now; what lies ahead stays undone."""

    def __init__(self, *, now: datetime, rng: random.Random) -> None:
        self.now, self.rng = now, rng
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._numbers = itertools.count()

    def plan(self, at: datetime, deed: Deed) -> None:
        heapq.heappush(self._deeds, (at, next(self._numbers), deed))

    def run(self) -> None:
        while self._deeds and self._deeds[0][0] <= self.now:
            at, _, deed = heapq.heappop(self._deeds)
            work(at)
            deed(at)
        work(self.now)
        daily_run(self.now)


def work(at: datetime) -> None:
    """Do what a worker does all the time."""
    while loop.advance_due(now=at) == loop.BATCH:
        pass


def daily_run(at: datetime) -> None:
    """Do what is worth a look once a day: reminders, mails, and work that nobody began."""
    process.run_due(now=at)
    while send_due(now=at, kinds=KINDS, transport=Nowhere()):
        pass
    while acceptance.tell_of_late_starts(now=at):
        pass


def at_work(at: datetime, rng: random.Random) -> datetime:
    """Return a moment at or after `at` when people are at their desks."""
    local = at.astimezone(HOME)
    if local.hour >= CLOSES:
        local = (local + timedelta(days=1)).replace(hour=OPENS, minute=rng.randrange(5, 59))
    elif local.hour < OPENS:
        local = local.replace(hour=OPENS, minute=rng.randrange(5, 59))
    while local.weekday() >= 5:
        local += timedelta(days=1)
    return local
