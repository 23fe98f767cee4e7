"""Follow-up: an overdue lead reminds its assignee by mail, by the day, until something ends it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotse.kernel.actors import SYSTEM
from lotse.kernel.reasons import Reason
from lotse.mails.table import KINDS
from lotse.records.activities import services as activities
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.outbox.mail.smtp import Answer
from lotse.records.outbox.models import Message
from lotse.records.outbox.rules import Outcome
from lotse.stages.closing import services as closing
from lotse.stages.process import services as process
from lotse.stages.process.models import FollowUpRun, Series
from tests.world import World, acting, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Saturday; follow-up is on, every week."""
    world = World("2026-02-28 12:00")
    world.process.follow_up_since = world.now
    world.process.save()
    return world


@pytest.fixture
def lead(world: World) -> Case:
    """Anna's lead, overdue on Monday at noon."""
    return world.lead_of(world.anna)


def sent_at(world: World) -> list[str]:
    sent = Message.objects.filter(state="sent").order_by("settled_at", "id")
    return [f"{m.settled_at:%a %d.%m. %H:%M}" for m in sent]


def test_overdue_on_monday_it_reminds_on_tuesday_and_the_next_and_the_one_after(
    world: World, lead: Case
) -> None:
    world.time_passes(until="2026-03-02 12:01")
    assert world.history(lead)[-1] == "process.became_overdue"
    assert world.mails() == []

    world.time_passes(until="2026-03-18 12:00")

    assert sent_at(world) == ["Tue 03.03. 07:00", "Tue 10.03. 07:00", "Tue 17.03. 07:00"]
    assert [m["To"].addresses[0].addr_spec for m in world.mails()] == [world.anna.email] * 3
    assert world.history(lead).count("process.reminded") == 3


def test_a_move_ends_it(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-04 09:00")

    process.move(case=lead, phase=world.qualifying, by=acting(world.anna), now=world.now)
    world.go_on(lead)

    world.time_passes(until="2026-03-11 08:00")
    assert sent_at(world) == ["Tue 03.03. 07:00"]
    assert Series.objects.get().ended_by == "moved"


def test_an_appointment_ahead_ends_it_and_a_new_series_begins_when_it_has_passed(
    world: World, lead: Case
) -> None:
    world.time_passes(until="2026-03-04 09:00")

    world.appointment(lead, starts="2026-03-12 14:00")
    lead.refresh_from_db()
    assert not lead.is_overdue(world.now)
    world.time_passes(until="2026-03-12 14:30")
    assert sent_at(world) == ["Tue 03.03. 07:00"]

    world.time_passes(until="2026-03-21 12:00")
    assert sent_at(world)[1:] == ["Fri 13.03. 07:00", "Fri 20.03. 07:00"]
    assert world.history(lead).count("process.became_overdue") == 2


def test_a_task_by_a_person_ends_it_until_its_day_is_over(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-04 09:00")

    world.task(lead, due_on="2026-03-09")
    world.time_passes(until="2026-03-10 06:59")
    assert sent_at(world) == ["Tue 03.03. 07:00"]

    # The task's day ended on the 10th at midnight in Berlin, which is the 9th where the run is.
    assert Series.objects.get(ended_at=None).started_at == at("2026-03-09 23:00")
    world.time_passes(until="2026-03-17 12:00")
    assert sent_at(world)[1:] == ["Tue 10.03. 07:00", "Tue 17.03. 07:00"]


def test_a_task_ends_it_even_if_it_is_done_at_once(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-04 09:00")

    task = world.task(lead, due_on="2026-03-20")
    activities.finish_task(task=task, by=acting(world.anna), now=world.now)
    world.go_on(lead)

    # Overdue again on Wednesday, so the first mail of the new series goes out on Thursday.
    world.time_passes(until="2026-03-13 12:00")
    assert sent_at(world) == ["Tue 03.03. 07:00", "Thu 05.03. 07:00", "Thu 12.03. 07:00"]


def test_a_task_made_by_an_action_ends_nothing(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-04 09:00")

    activities.create_task(
        case=lead, title="Nachfassen", due_on=at("2026-03-20").date(), assignee=world.anna,
        by=SYSTEM, now=world.now,
    )  # fmt: skip

    world.time_passes(until="2026-03-11 12:00")
    assert sent_at(world) == ["Tue 03.03. 07:00", "Tue 10.03. 07:00"]


def test_no_second_series_where_the_process_wants_none(world: World, lead: Case) -> None:
    world.process.starts_again = False
    world.process.save()
    world.time_passes(until="2026-03-04 09:00")

    world.task(lead, due_on="2026-03-09")
    world.time_passes(until="2026-03-30 12:00")

    assert sent_at(world) == ["Tue 03.03. 07:00"]
    assert world.history(lead).count("process.became_overdue") == 2


def test_a_task_entered_while_the_mail_waits_stops_it(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-03 06:59")
    world.post.answers = [Answer(Outcome.LATER, "451 try later")]
    world.time_passes(until="2026-03-03 07:00")

    world.task(lead, due_on="2026-03-09")
    world.time_passes(until="2026-03-09 12:00")

    assert world.mails() == []
    assert Message.objects.get().state == Message.State.CANCELLED


def test_what_happened_since_the_run_is_seen_in_the_moment_of_sending(
    world: World, lead: Case
) -> None:
    world.time_passes(until="2026-03-03 06:59")
    world.now = at("2026-03-03 07:00")
    process.run_due(now=world.now)
    # Entered, but the worker has not looked at the case yet.
    activities.create_task(
        case=lead, title="Anruf", due_on=at("2026-03-09").date(), assignee=world.anna,
        by=acting(world.anna), now=world.now,
    )  # fmt: skip

    stopped = world.send()

    message = Message.objects.get()
    assert (stopped, world.mails()) == (1, [])
    assert (message.state, message.answer) == ("skipped", "follow_up.not_overdue")


def test_closing_ends_it(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-04 09:00")

    closing.close_lost(case=lead, reason=world.not_interested, by=acting(world.anna), now=world.now)
    world.time_passes(until="2026-03-20 12:00")

    assert sent_at(world) == ["Tue 03.03. 07:00"]
    assert world.history(lead)[-2:] == ["closing.lost", "process.series_ended"]


def test_taken_back_the_move_has_ended_nothing(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-04 09:00")
    act = process.move(case=lead, phase=world.qualifying, by=acting(world.anna), now=world.now)
    world.go_on(lead)

    world.undo(act, by=world.anna)

    world.time_passes(until="2026-03-18 12:00")
    assert sent_at(world) == ["Tue 03.03. 07:00", "Tue 10.03. 07:00", "Tue 17.03. 07:00"]
    assert Series.objects.count() == 1


def test_in_other_hands_it_reminds_the_new_holder_from_the_next_day(
    world: World, lead: Case
) -> None:
    world.time_passes(until="2026-03-05 09:00")

    Case.objects.filter(pk=lead.pk).update(
        assignee=world.ben, assigned_at=world.now, wake_at=world.now
    )
    world.time_passes(until="2026-03-14 12:00")

    assert [len(world.mails(to)) for to in (world.anna, world.ben)] == [1, 2]
    assert sent_at(world)[1:] == ["Fri 06.03. 07:00", "Fri 13.03. 07:00"]
    assert world.history(lead).count("process.became_overdue") == 1


def test_missed_runs_are_made_up_by_one_mail(world: World, lead: Case) -> None:
    world.process.interval_unit = "day"
    world.process.save()
    world.time_passes(until="2026-03-02 13:00")

    # Nothing ran from Monday afternoon on.
    world.now = at("2026-03-06 10:00")
    world.work()
    world.work()
    assert sent_at(world) == ["Fri 06.03. 10:00"]

    world.time_passes(until="2026-03-08 12:00")
    assert sent_at(world)[1:] == ["Sat 07.03. 07:00", "Sun 08.03. 07:00"]


def test_a_second_run_on_the_same_day_sends_nothing(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-03 07:00")

    assert process.run_due(now=world.now) == 0
    FollowUpRun.objects.all().delete()
    assert process.run_due(now=world.now) == 0
    assert Message.objects.count() == 1


def test_another_interval_keeps_the_anchor(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-04 09:00")

    world.process.interval_number, world.process.interval_unit = 3, "day"
    world.process.save()

    world.time_passes(until="2026-03-10 12:00")
    assert sent_at(world) == ["Tue 03.03. 07:00", "Fri 06.03. 07:00", "Mon 09.03. 07:00"]


def test_switched_off_it_stops_and_switched_on_again_makes_no_backlog(
    world: World, lead: Case
) -> None:
    world.time_passes(until="2026-03-04 09:00")
    world.process.follow_up_since = None
    world.process.save()
    world.time_passes(until="2026-03-26 09:00")
    assert sent_at(world) == ["Tue 03.03. 07:00"]

    world.process.follow_up_since = world.now
    world.process.save()
    world.time_passes(until="2026-04-01 12:00")

    assert sent_at(world) == ["Tue 03.03. 07:00", "Tue 31.03. 07:00"]


def test_switched_off_between_run_and_sending_nothing_leaves(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-03 06:59")
    world.now = at("2026-03-03 07:00")
    process.run_due(now=world.now)
    world.process.follow_up_since = None
    world.process.save()

    world.send()

    assert Message.objects.get().answer == "follow_up.switched_off"


def test_months_are_reckoned_from_the_first_mail_and_clamped(world: World) -> None:
    world.process.interval_unit = "month"
    world.process.save()
    world.time_passes(until="2026-03-28 12:00")
    world.lead_of(world.anna)

    world.time_passes(until="2026-07-01 12:00")

    # A month has passed since the 31st of March on the 30th of April, and on the 31st of May.
    assert sent_at(world)[:4] == [
        "Tue 31.03. 07:00", "Thu 30.04. 07:00", "Sun 31.05. 07:00", "Tue 30.06. 07:00",
    ]  # fmt: skip


def test_whoever_is_not_active_gets_nothing_and_that_is_shown(world: World) -> None:
    leads = world.leads_of(world.ben, 2)
    world.lead_of(world.anna)
    world.time_passes(until="2026-03-03 06:55")
    world.ben.is_active = False
    world.ben.save()

    world.time_passes(until="2026-03-03 07:01")

    run = FollowUpRun.objects.get(day="2026-03-03")
    assert (run.planned, run.skipped) == (1, 2)
    assert len(world.mails()) == 1
    skipped = Message.objects.filter(state="skipped")
    assert set(skipped.values_list("case_id", "answer")) == {
        (lead.pk, "follow_up.inactive") for lead in leads
    }
    entry = Entry.objects.about(leads[0]).get(kind="process.not_reminded")
    assert entry.because == [Reason("follow_up.inactive", {"person_id": world.ben.pk})]


def test_a_first_mail_that_was_refused_is_no_anchor(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-03 06:59")
    world.post.answers = [Answer(Outcome.REFUSED, "550 no such user")]

    world.time_passes(until="2026-03-12 12:00")

    assert Message.objects.get(state="rejected").answer == "550 no such user"
    assert sent_at(world) == ["Wed 04.03. 07:00", "Wed 11.03. 07:00"]


def test_a_mail_that_was_sent_late_is_the_anchor_on_the_day_it_left(
    world: World, lead: Case
) -> None:
    world.time_passes(until="2026-03-03 06:59")
    world.post.answers = [Answer(Outcome.LATER, "451 full", is_down=True)] * 10

    world.time_passes(until="2026-03-13 12:00")

    first, second = sent_at(world)
    assert first.startswith("Wed 04.03.")
    assert second == "Wed 11.03. 07:00"


def test_in_doubt_it_is_sent_once_more_under_the_same_number(world: World, lead: Case) -> None:
    world.time_passes(until="2026-03-03 06:59")
    world.post.answers = [Answer(Outcome.UNKNOWN, "connection lost")]

    world.time_passes(until="2026-03-04 12:00")

    once, again = world.mails()
    assert once["Message-ID"] == again["Message-ID"]
    message = Message.objects.get()
    assert (message.state, message.resent, message.attempts) == ("sent", 1, 2)
    assert Series.objects.get().sent == 1


def test_twice_in_doubt_it_is_left_and_counts_as_the_mail_of_its_day(
    world: World, lead: Case
) -> None:
    world.time_passes(until="2026-03-03 06:59")
    world.post.answers = [Answer(Outcome.UNKNOWN, "connection lost")] * 2

    world.time_passes(until="2026-03-10 12:00")

    assert [m.state for m in Message.objects.order_by("id")] == ["unknown", "sent"]
    assert sent_at(world) == ["Tue 10.03. 07:00"]


def test_a_due_day_ends_where_the_person_is(world: World) -> None:
    """Casebook: at 22:00 in São Paulo a task due today is not overdue, and neither is its lead."""
    world.now = at("2026-03-08 12:00")
    ana = world.person("Ana Alves", "sales_rep", team=world.south, zone="America/Sao_Paulo")
    world.contacting.duration_number = 1
    world.contacting.save()
    lead = world.lead_of(ana)
    world.time_passes(until="2026-03-09 13:00")
    world.task(lead, due_on="2026-03-10")

    overdue = {}
    for moment in ("2026-03-11 01:00:00", "2026-03-11 02:59:59", "2026-03-11 03:00:01"):
        world.time_passes(until=moment)
        lead.refresh_from_db()
        overdue[moment] = lead.is_overdue(world.now), Case.objects.overdue(world.now).count()

    assert list(overdue.values()) == [(False, 0), (False, 0), (True, 1)]
    assert world.mails() == []


def test_a_text_of_its_own_is_what_the_mail_says(world: World, lead: Case) -> None:
    text = "Bitte {lead} anrufen: {phone|keine Nummer}.\n\nOffen {since}."
    process.set_reminder_text(
        world.process, "de", {"subject": "{number}. Erinnerung: {lead}", "text": text},
        by=acting(world.ines), now=world.now,
    )  # fmt: skip
    world.anna.language = "de"
    world.anna.save()

    world.time_passes(until="2026-03-03 12:00")

    (mail,) = world.mails(world.anna)
    assert mail["Subject"] == f"1. Erinnerung: {lead.name}"
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert f"Bitte {lead.name} anrufen: " in html
    assert "Offen seit 1 Tag.</p>" in html


def test_a_window_is_read_at_once_and_says_what_each_mail_alone_would_say(world: World) -> None:
    for n in range(6):
        lead = world.lead_of((world.anna, world.ben)[n % 2], last_name=f"Hartwig {n}")
        activities.write_note(case=lead, text="Rief an", by=acting(world.anna), now=world.now)
    world.time_passes(until="2026-03-03 06:00")
    process.run_due(now=at("2026-03-03 07:00"))
    messages = list(Message.objects.select_related("to_user").order_by("pk"))
    assert len(messages) == 6
    kind = KINDS["follow-up"]
    assert kind.read_ahead

    with CaptureQueriesContext(connection) as few:
        kind.read_ahead(messages[:2], world.now)
    with CaptureQueriesContext(connection) as many:
        write = kind.read_ahead(messages, world.now)
        together = [write(message) for message in messages]

    assert len(many) == len(few)
    assert together == [kind.write(message, world.now) for message in messages]
