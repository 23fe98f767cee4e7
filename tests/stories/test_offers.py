"""A lead looks for somebody: held out to one after the other, until one takes it or it waits in the pool."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Message, Notice
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Offer
from tests.world import World, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Monday, 9:00; a rule asks the team South in turn, 24 hours each."""
    world = World()
    world.team_is_asked(world.south)
    return world


def subjects(world: World) -> list[tuple[str, str]]:
    """Return to whom each mail went, and what about."""
    return [(m["To"].addresses[0].username, m["Subject"]) for m in world.mails()]


def test_whoever_is_asked_accepts_and_the_clock_of_the_first_phase_runs(world: World) -> None:
    lead = world.lead_arrives(subject="Wärmepumpe", city="Kiel")
    assert world.asked(lead) == world.anna
    world.time_passes(until="2026-03-02 10:30")

    world.accept(lead, by=world.anna)

    assert (lead.assignee, lead.phase, lead.stage) == (world.anna, world.contacting, "process")
    assert lead.due_at == at("2026-03-04 10:30")
    assert subjects(world) == [("anna", "Neuer Lead für Sie: Wärmepumpe in Kiel")]


def test_the_mail_leads_to_the_page_and_keeps_the_name_for_later(world: World) -> None:
    lead = world.lead_arrives(subject="Wärmepumpe", city="Kiel", phone="+49 431 5550199")
    world.work()

    (mail,) = world.mails(world.anna)
    bodies = [mail.get_body([kind]) for kind in ("plain", "html")]
    offer = Offer.objects.get(case=lead)
    for body in bodies:
        assert body is not None
        said = body.get_content()
        assert f"/offers/{offer.pk}/" in said
        assert "Wärmepumpe" in said
        assert "Hartwig" not in said
        assert "5550199" not in said


def test_declined_the_next_one_is_asked_at_once(world: World) -> None:
    lead = world.lead_arrives(subject="Wärmepumpe")
    world.time_passes(until="2026-03-02 10:30")

    world.decline(lead, by=world.anna)

    assert world.asked(lead) == world.ben
    assert Offer.objects.get(answer="").offered_at == world.now
    world.work()
    assert subjects(world) == [
        ("anna", "Neuer Lead für Sie: Wärmepumpe"),
        ("ben", "New lead for you: Wärmepumpe"),
    ]


def test_without_an_answer_it_reminds_once_runs_out_goes_to_the_next_and_then_to_the_pool(
    world: World,
) -> None:
    lead = world.lead_arrives(subject="Wärmepumpe")

    world.time_passes(until="2026-03-03 08:59")
    assert world.asked(lead) == world.anna
    world.time_passes(until="2026-03-03 09:01")
    assert world.asked(lead) == world.ben
    world.time_passes(until="2026-03-04 12:00")

    assert world.asked(lead) is None
    assert (lead.assignee, lead.stage, lead.is_closed) == (None, "assignment", False)
    assert subjects(world) == [
        ("anna", "Neuer Lead für Sie: Wärmepumpe"),
        ("anna", "Ein Lead wartet auf Ihre Antwort: Wärmepumpe"),
        ("ben", "New lead for you: Wärmepumpe"),
        ("ben", "A lead is waiting for your answer: Wärmepumpe"),
    ]
    ends = (
        Offer.objects.filter(answer="ran_out").order_by("id").values_list("answered_at", flat=True)
    )
    assert list(ends) == [at("2026-03-03 09:00"), at("2026-03-04 09:00")]
    told = Notice.objects.filter(kind="assignment.sent_to_pool").values_list("user", flat=True)
    assert world.carla.pk in told


def test_in_the_pool_it_is_offered_again_as_soon_as_there_is_somebody_new(world: World) -> None:
    lead = world.lead_arrives()
    world.time_passes(until="2026-03-05 12:00")
    assert world.asked(lead) is None

    dora = world.person("Dora Dietz", "sales_rep", team=world.south)
    world.time_passes(until="2026-03-05 13:30")

    assert world.asked(lead) == dora


def test_the_mail_of_an_offer_that_was_answered_meanwhile_does_not_leave(world: World) -> None:
    lead = world.lead_arrives()

    world.accept(lead, by=world.anna)
    world.work()

    assert world.mails() == []
    message = Message.objects.get()
    assert (message.state, message.answer) == ("skipped", "offer.gone")


def test_a_worker_that_was_away_books_the_end_to_its_moment(world: World) -> None:
    """Nothing ran for a day: the lead goes on, and history says when the time was over."""
    lead = world.lead_arrives()
    world.now = at("2026-03-04 15:00")

    world.work()

    assert world.asked(lead) == world.ben
    ran_out = Offer.objects.get(answer="ran_out")
    assert (ran_out.answered_at, ran_out.person) == (at("2026-03-03 09:00"), world.anna)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_accept_at_once_and_one_of_them_has_it(world: World) -> None:
    for number in range(5):
        lead = world.lead_arrives(last_name=f"Lead {number}")
        asked = world.asked(lead)
        assert asked is not None

        first, second = at_once(
            partial(world.accept, lead, by=asked), partial(world.accept, lead, by=world.carla)
        )
        # Where the loser still held the row, the case was left to the worker.
        world.work()

        lead = Case.objects.get(pk=lead.pk)
        refused = [r for r in (first, second) if isinstance(r, acceptance.OfferGone)]
        assert len(refused) == 1
        assert (refused[0].how, refused[0].person_id) == ("accepted", lead.assignee_id)
        assert (lead.stage, lead.phase) == ("process", world.contacting)
        assert Entry.objects.about(lead).filter(kind="acceptance.accepted").count() == 1
        assert Entry.objects.about(lead).filter(kind="process.phase_entered").count() == 1


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do these at the same moment, each in a thread; return what each gave, or how it was refused."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        except acceptance.OfferGone as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
