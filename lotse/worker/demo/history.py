"""The history of the demo company: some weeks of leads, lived through the same services as real life."""

import random
from datetime import datetime, timedelta

from django.db import transaction

from lotse.kernel.actors import Actor, person
from lotse.lifecycle import loop
from lotse.records.outbox.models import Notice
from lotse.records.people.models import User
from lotse.stages.intake.services import receive
from lotse.worker.demo.answering import Answering
from lotse.worker.demo.company import MANAGER, found
from lotse.worker.demo.inquiries import Callers, Incoming
from lotse.worker.demo.life import Deed, Life, daily_run
from lotse.worker.demo.rules import write_rules
from lotse.worker.demo.working import Working, fill_calendars

# What the trade fair brought, an hour ago: it waits for the manager.
FAIR = 24
# What came a moment ago, so that nobody has answered yet: whoever logs in finds offers.
HEAT, SOLAR = {"product": "Thermo 9", "lead_type": "consultation"}, {"product": "Sol 30"}
PRIVATE = {"company": "", "lead_type": "consultation"}
JUST_NOW: tuple[dict[str, str], ...] = (
    HEAT | PRIVATE,
    SOLAR | PRIVATE | {"postcode": "25813", "city": "Husum"},
    HEAT | PRIVATE,
    HEAT | PRIVATE,
    SOLAR | PRIVATE | {"postcode": "20095", "city": "Hamburg"},
    HEAT | PRIVATE,
    HEAT | {"company": "Hotel Strandkrone KG", "lead_type": "business"},
    HEAT | PRIVATE,
)
AT_LEAST = FAIR + len(JUST_NOW)
# Older ones somebody has looked at.
UNREAD = timedelta(hours=20)


@transaction.atomic
def live(*, now: datetime, leads: int = 400, days: int = 60, seed: int = 2026) -> None:
    """
    Found the company and let it live for some weeks up to now.

    :param leads: how many inquiries reach it, all in all; at least `AT_LEAST`
    """
    rng = random.Random(seed)  # noqa: S311 - invented lives need no secret
    since = now - timedelta(days=days)
    found(now=now, since=since)
    manager = User.objects.get(email=MANAGER)
    by = person(manager.pk)
    write_rules(by=by, now=since)

    life, callers = Life(now=now, rng=rng), Callers(rng)
    answering = Answering(life, Working(life), manager=manager)
    arrivals = list(callers.over(since, now - timedelta(hours=2), leads - AT_LEAST))
    arrivals += [
        callers.one(now - timedelta(minutes=60 - n), source="trade_fair") for n in range(FAIR)
    ]
    for incoming in arrivals:
        life.plan(incoming.at, _arriving(incoming, answering, by=by))
    for n, said in enumerate(JUST_NOW):
        late = callers.one(now - timedelta(minutes=34 - 4 * n), source="web_form", **said)
        life.plan(late.at, _arriving(late, None, by=by))
    for day in range(days + 1):
        morning = (since + timedelta(days=day)).replace(hour=7, minute=0, second=30)
        life.plan(morning, daily_run)
        life.plan(morning.replace(hour=9), answering.distribute)
    life.run()
    fill_calendars(now=now, rng=rng)
    Notice.objects.filter(created_at__lt=now - UNREAD).update(read_at=now - UNREAD)


def _arriving(incoming: Incoming, answering: Answering | None, *, by: Actor) -> Deed:
    def arrive(at: datetime) -> None:
        [received] = receive([incoming.arrival], by=by, now=at)
        if received.case_id is not None:
            loop.advance([received.case_id], now=at)
        if received.case_id is not None and answering:
            answering.expect(received.case_id, at)

    return arrive
