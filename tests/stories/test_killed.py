"""Whatever is killed and whenever: no lead, offer or mail is lost, and none comes twice unseen."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from pytest_django import Settings

from lotse.lifecycle import loop
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.outbox.mail.letters import Sender, message_id
from lotse.records.outbox.models import Message, Notice
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer
from lotse.stages.closing import services as closing
from lotse.worker.jobs import JOBS
from lotse.worker.loop import Loop
from tests.killing import killed_at
from tests.mail_server import Sink, mail_server
from tests.world import World, acting, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]

# Longer than every lease: what the dead one held is free again.
AFTERWARDS = timedelta(minutes=20)


class Story:
    """
    One lead from its arrival to its end: declined, run out, accepted, overdue, reminded twice, lost.

    Each person acts only if it is still to do, as somebody does who finds the page as it was.
    """

    def __init__(self, world: World, number: int) -> None:
        self.world, self.name = world, f"Lead {number}"
        self.begins_at = at("2026-03-02 09:00") + timedelta(weeks=4 * number)

    @property
    def lead(self) -> Case:
        return Case.objects.get(last_name=self.name)

    @property
    def steps(self) -> Sequence[tuple[timedelta, Callable[[], Any]]]:
        return [
            (timedelta(0), self._arrives),
            (timedelta(hours=1), self._is_declined),
            # Reminded, and run out.
            (timedelta(hours=20), self._rests),
            (timedelta(hours=26), self._rests),
            (timedelta(hours=27), self._is_accepted),
            # Overdue after two days, and reminded on the days after that.
            (timedelta(days=3, hours=4), self._rests),
            (timedelta(days=4, hours=-2), self._rests),
            (timedelta(days=11, hours=-2), self._rests),
            (timedelta(days=12), self._is_lost),
        ]

    def play(self, *, start: int = 0, late: timedelta = timedelta(0), note: Any = None) -> None:
        """Go through the story from a step on, the first of them later than planned."""
        for number, (after, act) in enumerate(self.steps):
            if number < start:
                continue
            if note:
                note(number)
            self.world.now = self.begins_at + after + (late if number == start else timedelta(0))
            act()
            work(self.world.now)

    def _arrives(self) -> None:
        if not Case.objects.filter(last_name=self.name).exists():
            open_cases([
                Case(
                    last_name=self.name, stage=Case.Stage.ASSIGNMENT, created_at=self.world.now,
                    wake_at=self.world.now, lead_type=self.world.test_drive,
                )
            ])  # fmt: skip

    def _is_declined(self) -> None:
        first = Offer.objects.filter(case=self.lead).earliest("pk")
        if not first.answer and first.person:
            self.world.decline(self.lead, by=first.person)

    def _is_accepted(self) -> None:
        lead = self.lead
        if lead.assignee is None and lead.asked_person:
            self.world.accept(lead, by=lead.asked_person)

    def _rests(self) -> None:
        """Nobody does anything."""

    def _is_lost(self) -> None:
        lead = self.lead
        if not lead.is_closed and lead.assignee:
            by, reason = acting(lead.assignee), self.world.not_interested
            closing.close_lost(case=lead, reason=reason, by=by, now=self.world.now)
            loop.advance([lead.pk], now=self.world.now)

    # What became of it

    def ends(self) -> dict[str, Any]:
        """Return all that must be the same whether or not somebody was killed on the way."""
        lead = self.lead
        offers = Offer.objects.filter(case=lead).order_by("pk")
        messages = Message.objects.filter(case_id=lead.pk)
        notices = Notice.objects.filter(case_id=lead.pk)
        return {
            "lead": (lead.stage, lead.outcome, lead.wake_at, lead.lease_until, lead.stumbles),
            "history": self.world.history(lead),
            "offers": list(offers.values_list("answer", flat=True)),
            "asked": len({offer.person_id for offer in offers}),
            "mails": Counter(messages.values_list("kind", "state")),
            "notices": Counter(notices.values_list("kind", flat=True)),
        }

    def arrivals(self, sink: Sink) -> dict[str, tuple[int, int]]:
        """Return for each message how often it arrived, and how often it was sent again in doubt."""
        times = Counter(str(mail["Message-ID"]) for mail in sink.arrived)
        return {
            m.key: (times[message_id(m.key, domain=SENDER.domain)], m.resent)
            for m in Message.objects.filter(case_id=self.lead.pk)
        }


SENDER = Sender.read("Lotse <lotse@brise.example>")


def _play(story: Story, note: Callable[[int], None]) -> None:
    story.play(note=note)


def work(now: datetime) -> None:
    """Let a worker do everything that is due at a moment."""
    assert Loop(JOBS, clock=lambda: now, wait=lambda _: False).run_once()


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with mail_server() as server:
        settings.SMTP_URL = f"smtp://127.0.0.1:{server.port}"
        settings.MAIL_FROM = "Lotse <lotse@brise.example>"
        yield server


@pytest.fixture
def world() -> World:
    world = World()
    world.person("Dora Dietz", "sales_rep", team=world.south)
    world.process.follow_up_since = world.now
    world.process.save()
    world.team_is_asked(world.south)
    return world


def test_killed_at_any_step_the_lead_takes_the_same_way(world: World, sink: Sink) -> None:
    undisturbed = Story(world, 0)
    undisturbed.play()
    wanted = undisturbed.ends()
    assert wanted["offers"] == ["declined", "ran_out", "accepted"]
    assert wanted["mails"] == {("offer", "sent"): 4, ("follow-up", "sent"): 2}
    assert set(undisturbed.arrivals(sink).values()) == {(1, 0)}

    resent, number = 0, 0
    while True:
        number += 1
        story = Story(world, number)
        died_in = killed_at(number - 1, partial(_play, story))
        if died_in is None:
            break
        story.play(start=died_in, late=AFTERWARDS)

        assert story.ends() == wanted, f"killed at step {number - 1}"
        for key, (times, doubts) in story.arrivals(sink).items():
            # In doubt a reminder is sent once more, under its number: that is said and counted.
            assert 1 <= times <= 1 + doubts, f"killed at step {number - 1}: {key}"
            resent += doubts
    assert number > 40
    assert resent > 0
    assert User.objects.count() == 6
