"""The day that is lived through: overdue leads, the run that reminds of them, and the count at the end."""

import random
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db.models import Max, Min

from lotse.kernel import clock
from lotse.lifecycle import loop
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.journal.models import Entry
from lotse.records.outbox.mail.letters import Sender, message_id
from lotse.records.outbox.models import Message
from lotse.stages.process.facts import Reminded
from lotse.stages.process.models import Series
from lotse.stages.process.queries import get_run
from lotse.stages.process.services.reminding import KIND
from lotse.worker.bench import company
from lotse.worker.bench.leads import leads
from tools.chaos.crew import Crew
from tools.chaos.sink import REFUSED, Sink, open_sink
from tools.chaos.worker import ahead

State = Message.State
# Two looks so far apart at what is being sent: what stands in both belongs to somebody who died.
STILL = 1.5
# After so long something hangs.
PATIENCE = 900.0


@dataclass(frozen=True)
class Count:
    """What became of the reminders; one is `open` while nothing final is known of it."""

    mails: int
    doubled: int
    lost: int
    open: int
    resent_in_doubt: int
    refused: int
    in_doubt: int
    # Of those in doubt, what really never arrived.
    never_arrived: int
    killed: dict[str, int]
    said: Counter[str]

    @property
    def is_good(self) -> bool:
        return not (self.doubled or self.lost or self.open)

    def more(self) -> str:
        kills = ", ".join(f"{count} {how}" for how, count in self.killed.items())
        said = ", ".join(f"{count} {what}" for what, count in sorted(self.said.items()))
        return (
            f"killed: {kills}. The server: {said}. Shown as refused: {self.refused},"
            f" as in doubt: {self.in_doubt}, {self.never_arrived} of them never arrived."
        )

    def __str__(self) -> str:
        return (
            f"mails={self.mails} doubled={self.doubled} lost={self.lost} open={self.open}"
            f" resent_in_doubt={self.resent_in_doubt}"
        )


def live(*, mails: int, kills: int, rng: random.Random, home: Path, sabotage: str = "") -> Count:
    """Let so many reminders go out while workers are killed; return what came of it."""
    call_command("migrate", verbosity=0)
    begins_at = _make_overdue(mails)
    hands = home / "clock"
    hands.write_text(str((begins_at - clock.read()).total_seconds()))
    with open_sink(rng) as sink:
        crew = Crew(kills, sink.port, hands, sabotage, rng)
        crew.start()
        try:
            _until_done(crew, hands)
        finally:
            crew.stop()
    return _count(mails, sink, crew)


def _make_overdue(count: int) -> datetime:
    """Open leads that became overdue yesterday; return the moment of the run that is to remind of them."""
    run = get_run()
    day = run.last_day(clock.read())
    begins_at, yesterday = run.moment_of(day), run.moment_of(day) - timedelta(hours=18)
    one = company.found(now=yesterday - timedelta(days=60))
    one.process.follow_up_since = yesterday - timedelta(days=30)
    one.process.save()
    for person in one.people[:1]:
        person.email = f"{REFUSED}@bench.example"
        person.save()
    rows = islice(leads(count, end=yesterday, dup_rate=0), count)
    entered = yesterday - timedelta(days=30)
    cases = [
        one.case(
            row, assignee=one.people[n % len(one.people)], team=one.team, stage=Case.Stage.PROCESS,
            process=one.process, phase=one.phases[0], assigned_at=entered, accepted_at=entered,
            phase_entered_at=entered, clock_from=entered,
            due_at=yesterday, overdue_at=yesterday, wake_at=yesterday,
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    open_cases(cases)
    while loop.advance_due(now=yesterday):
        pass
    if Series.objects.filter(ended_at=None).count() != count:
        raise RuntimeError("not all leads became overdue")
    return begins_at


def _until_done(crew: Crew, hands: Path) -> None:
    """Wait until nothing is open; where only a later hour brings anything on, put the clock forward."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        crew.check()
        now = clock.read() + ahead(hands)
        waiting = Message.objects.filter(state__in=(State.READY, State.SENDING))
        if not waiting.exists():
            if Message.objects.exists() and crew.is_done:
                return
        elif not _moves(now):
            _put_forward(hands, now)
        time.sleep(0.1)
    raise TimeoutError("the outbox did not become empty")


def _moves(now: datetime) -> bool:
    """Say whether a worker has something to do at this moment, or is at it."""
    if Message.objects.filter(state=State.READY, not_before__lte=now).exists():
        return True
    before = _under_way()
    time.sleep(STILL)
    return _under_way() != before


def _under_way() -> tuple[int, datetime | None]:
    found = Message.objects.filter(state=State.SENDING).aggregate(
        ids=Max("id"), at=Max("lease_until")
    )
    settled = Message.objects.exclude(settled_at=None).count()
    return (found["ids"] or 0) + settled, found["at"]


def _put_forward(hands: Path, now: datetime) -> None:
    later = Message.objects.filter(state=State.READY).aggregate(at=Min("not_before"))["at"]
    lapse = Message.objects.filter(state=State.SENDING).aggregate(at=Min("lease_until"))["at"]
    moments = [at for at in (later, lapse) if at]
    if moments:
        seconds = ahead(hands).total_seconds() + max(0.0, (min(moments) - now).total_seconds()) + 1
        # In one piece: a worker reads it at any moment.
        fresh = hands.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(hands)


def _count(mails: int, sink: Sink, crew: Crew) -> Count:
    domain = Sender.read(settings.MAIL_FROM).domain
    messages = list(Message.objects.filter(kind=KIND).order_by("id"))
    arrived = {m.pk: sink.taken[message_id(m.key, domain=domain)] for m in messages}
    of_a_case = Counter(m.case_id for m in messages if arrived[m.pk])
    told = Counter(Entry.objects.filter(kind=Reminded.kind).values_list("about_id", flat=True))
    # Once more than it was allowed to come; a second reminder on the same day; a second line of one.
    doubled = sum(max(0, arrived[m.pk] - 1 - m.resent) for m in messages)
    doubled += sum(count - 1 for count in of_a_case.values())
    doubled += sum(max(0, count - 1) for count in told.values())
    # Nobody was written to; said to be sent but never arrived; arrived unseen by the journal; stray.
    known = {message_id(m.key, domain=domain) for m in messages}
    lost = mails - len({m.case_id for m in messages})
    lost += sum(m.state == State.SENT and not arrived[m.pk] for m in messages)
    lost += sum(m.state in (State.SKIPPED, State.CANCELLED) for m in messages)
    lost += sum(m.state == State.SENT and not told[m.case_id or 0] for m in messages)
    lost += len(set(sink.taken) - known)
    return Count(
        mails=sum(1 for count in arrived.values() if count),
        doubled=doubled,
        lost=lost,
        open=sum(m.state in (State.READY, State.SENDING) for m in messages),
        resent_in_doubt=sum(m.resent for m in messages),
        refused=sum(m.state == State.REJECTED for m in messages),
        in_doubt=sum(m.state == State.UNKNOWN for m in messages),
        never_arrived=sum(m.state == State.UNKNOWN and not arrived[m.pk] for m in messages),
        killed=crew.killed,
        said=sink.said,
    )
