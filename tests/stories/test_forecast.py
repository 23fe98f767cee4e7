"""What was foretold is what happens, mail for mail, if nobody does anything."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from lotse.kernel.durations import Duration, Unit
from lotse.lifecycle import loop
from lotse.records.activities import services as activities
from lotse.records.cases.models import Case
from lotse.records.outbox.models import Message
from lotse.records.people.models import User
from lotse.stages.process import services as process
from lotse.stages.process.models import FollowUpRun
from lotse.stages.process.queries.forecast import Ahead, Design, get_ahead, saved
from lotse.stages.process.rules.forecast import Plan
from tests.world import World, acting

pytestmark = pytest.mark.django_db
DAYS = 30
# One of the worlds below.
BUSY = 2
MONDAY = "2026-03-02 09:00"
# The day, the case, and which mail of its series; without a number it was not sent.
Mail = tuple[date, int, int | None]


def a_lived_in_world(rng: random.Random) -> World:
    """Let eight cases live for two weeks, with everything that begins, keeps or ends reminders."""
    world = World(MONDAY)
    world.process.interval_number = rng.randrange(1, 4)
    world.process.interval_unit = rng.choice([Unit.DAY, Unit.DAY, Unit.WEEK, Unit.MONTH])
    world.process.starts_again = rng.random() < 0.7
    world.process.save()
    process.set_follow_up(
        world.process, is_on=True, values={}, by=acting(world.ines), now=world.now
    )
    cases = [world.lead_of(rng.choice([world.anna, world.ben])) for _ in range(8)]
    for _ in range(14):
        for case in rng.sample(cases, 2):
            case.refresh_from_db()
            something_happens(world, case, rng)
        world.now += timedelta(hours=rng.randrange(1, 5), minutes=rng.randrange(60))
        day = (world.now + timedelta(days=1)).date()
        world.time_passes(until=f"{day} {rng.randrange(24):02}:{rng.randrange(60):02}")
    if rng.random() < 0.5:
        User.objects.filter(pk=world.ben.pk).update(is_active=False)
    return world


def something_happens(world: World, case: Case, rng: random.Random) -> None:
    if case.is_closed:
        return
    ahead = f"{(world.now + timedelta(days=rng.randrange(1, 12))).date()}"
    match rng.randrange(7):
        case 0:
            world.task(case, due_on=ahead)
        case 1:
            world.appointment(case, starts=f"{ahead} {rng.randrange(8, 18):02}:00")
        case 2:
            to = rng.choice([world.contacting, world.qualifying])
            process.move(case=case, phase=to, by=acting(world.anna), now=world.now)
        case 3:
            other = world.qualifying if rng.random() < 0.4 else None
            until = world.now + timedelta(days=rng.randrange(1, 20))
            process.defer(case=case, until=until, by=acting(world.anna), now=world.now, phase=other)
        case 4:
            process.resume(case=case, by=acting(world.anna), now=world.now)
        case 5:
            for task in case.tasks.filter(done_at=None):
                activities.finish_task(task=task, by=acting(world.anna), now=world.now)
        case _:
            return
    loop.advance([case.pk], now=world.now)


def foretold(world: World, design: Design | None = None) -> list[Mail]:
    world.process.refresh_from_db()
    ahead = get_ahead(
        world.process, design=design or saved(world.process), days=DAYS, now=world.now
    )
    return sorted((_mail(one) for one in ahead), key=str)


def _mail(one: Ahead) -> Mail:
    return one.day, one.case.pk, one.number


def happened(world: World) -> list[Mail]:
    """Let the days pass, and return the mails that went out or could not."""
    since = world.now
    last = FollowUpRun.objects.latest("day").day + timedelta(days=DAYS)
    world.time_passes(until=f"{last} 08:00")
    mails = []
    for message in Message.objects.filter(kind="follow-up", created_at__gte=since):
        number = message.data["number"] if message.state == "sent" else None
        assert message.case_id is not None
        mails.append((message.created_at.date(), message.case_id, number))
    return sorted(mails, key=str)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_foretold_is_what_happens(seed: int) -> None:
    world = a_lived_in_world(random.Random(seed))

    told = foretold(world)
    before = Message.objects.count()

    assert Message.objects.count() == before
    assert happened(world) == told


@pytest.mark.parametrize("seed", range(100, 103))
def test_so_it_is_with_settings_that_are_saved_only_afterwards(seed: int) -> None:
    rng = random.Random(seed)
    world = a_lived_in_world(rng)
    duration = Duration(rng.randrange(1, 9), rng.choice([Unit.HOUR, Unit.DAY]))
    interval = Duration(rng.randrange(1, 4), Unit.WEEK)
    plan = Plan(interval, saved(world.process).plan.switched_on_at, starts_again=True)

    told = foretold(world, Design(plan, {world.contacting.pk: duration}))
    values = {"interval_number": interval.number, "interval_unit": interval.unit, "starts_again": True}  # fmt: skip
    process.set_follow_up(
        world.process, is_on=True, values=values, by=acting(world.ines), now=world.now
    )
    lasting = {"duration_number": duration.number, "duration_unit": duration.unit.value}
    ids = process.change_phases(
        world.process, {world.contacting: lasting}, by=acting(world.ines), now=world.now
    )
    loop.advance(ids, now=world.now)

    assert happened(world) == told


def test_the_worlds_have_mails_to_tell_of() -> None:
    """What is compared above is worth nothing if hardly anything is sent in it."""
    told = Counter(
        number is None for _, _, number in foretold(a_lived_in_world(random.Random(BUSY)))
    )

    assert told[False] > DAYS
