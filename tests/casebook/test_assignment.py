"""Who gets leads: the same for thirty at once as one by one, and nobody who has left."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from lotse.api.tests.conftest import machine_of
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Message
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.intake.files import services as files
from lotse.stages.intake.files.running import Run, claim
from lotse.stages.process.models import FollowUpRun
from tests.casebook.arriving import arrive
from tests.world import World, acting, at

pytestmark = pytest.mark.django_db
THIRTY = 30


@pytest.fixture
def world() -> World:
    """Anna, Ben and Cleo in team South, who get leads in turn and at once."""
    world = World()
    world.person("Cleo Conrad", "sales_rep", team=world.south)
    rule = AssignmentRule(
        target="team", target_team=world.south, strategy="round_robin", by_offer=False
    )
    assignment.save_rule(rule=rule, by=acting(world.ines), now=world.now)
    return world


def ten_each(world: World) -> bool:
    """Say whether each of the three has ten of the thirty, and each lead says why."""
    world.work()
    leads = list(Case.objects.leads().select_related("assignee"))
    shares = Counter(str(lead.assignee) for lead in leads)
    told = Entry.objects.filter(kind__startswith="assignment.", about_id__in=[c.pk for c in leads])
    assert shares == {"Anna Arndt": 10, "Ben Brandt": 10, "Cleo Conrad": 10}
    assert told.values("about_id").distinct().count() == THIRTY
    return all(entry.data for entry in told)


def names() -> list[str]:
    return [f"Lead {number:02}" for number in range(THIRTY)]


def test_thirty_in_a_file_are_dealt_out_in_turn(world: World) -> None:
    """ASG-03 (a)."""
    text = "Name;E-Mail\n" + "".join(f"{n};{n[5:]}@x.example\n" for n in names())
    one = files.take(chunks=[text.encode()], name="messe.csv", by=acting(world.ines), now=world.now)
    files.start(one, by=acting(world.ines), now=world.now)
    claim(one, now=world.now)
    one.refresh_from_db()
    run = Run(one)
    while not run.step(now=world.now).is_last:
        continue

    assert ten_each(world)


def test_thirty_in_a_batch_are_dealt_out_in_turn(world: World) -> None:
    """ASG-03 (b)."""
    arrive(world, *({"last_name": name} for name in names()))

    assert ten_each(world)


def test_thirty_requests_are_dealt_out_in_turn(world: World) -> None:
    """ASG-03 (c)."""
    machine = machine_of(world.ines)
    for name in names():
        response, _ = machine.post("/leads", {"last_name": name})
        assert response.status_code == 201
    world.now = Case.objects.latest("created_at").created_at

    assert ten_each(world)


def test_thirty_selected_ones_are_spread_in_turn(world: World) -> None:
    """ASG-03 (d)."""
    leads = [world.lead_of(world.carla, last_name=name) for name in names()]
    people = list(User.objects.filter(teams=world.south).order_by("name"))

    assignment.distribute(cases=leads, to=people, by=acting(world.carla), now=world.now)
    world.go_on(*leads)

    assert ten_each(world)


def test_a_colleague_who_is_switched_off_gets_no_mail_and_holds_up_nobody() -> None:
    """ASG-10: five minutes before the run, with overdue cases and an open offer."""
    world = World("2026-02-28 12:00")
    world.process.follow_up_since = world.now
    world.process.save()
    held = world.leads_of(world.ben, 7)
    for case in held[2:]:
        world.task(case, due_on="2026-03-20")
    world.time_passes(until="2026-03-03 06:00")
    world.team_is_asked(world.south)
    world.anna.absences.create(from_on=at("2026-03-03 00:00"), until_on=at("2026-03-03 00:00"))
    offered = world.lead_arrives(last_name="Angebot")
    assert world.asked(offered) == world.ben
    world.anna.absences.all().delete()
    world.now = at("2026-03-03 06:55")
    browser = Client()
    browser.force_login(world.ines)

    page = browser.get(reverse("person-deactivation", args=[world.ben.pk])).content.decode()
    gone = assignment.deactivate(user=world.ben, by=acting(world.ines), now=world.now)
    world.go_on(*Case.objects.filter(pk__in=gone.waking))
    world.time_passes(until="2026-03-03 07:05")

    assert (gone.left.cases, gone.left.overdue, gone.left.offers) == (7, 2, 1)
    assert "Hat 7 offene Vorgänge." in page
    assert Offer.objects.filter(case=offered, person=world.ben).get().settled_at is not None
    assert world.asked(offered) == world.anna
    reminders = Message.objects.filter(kind="follow-up", to_user=world.ben)
    assert [m.state for m in reminders] == ["skipped", "skipped"]
    run = FollowUpRun.objects.latest("pk")
    assert (run.planned, run.skipped) == (0, 2)
    assert Case.objects.open().filter(assignee=world.ben).count() == 7
