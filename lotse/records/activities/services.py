"""Tasks, appointments, notes and calls: each act writes its row, the case's hold, and one line."""

from datetime import date, datetime

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.kernel.facts import Fact
from lotse.records.activities.facts import (
    AppointmentCancelled,
    AppointmentEntered,
    Called,
    NoteWritten,
    TaskCreated,
    TaskDone,
    TaskMoved,
    TaskReopened,
)
from lotse.records.activities.holds import rehold
from lotse.records.activities.models import Appointment, Note, Task
from lotse.records.cases.models import Case
from lotse.records.cases.services import change
from lotse.records.journal.models import Entry
from lotse.records.journal.services import record
from lotse.records.people.models import User


@transaction.atomic
def create_task(
    *, case: Case, title: str, due_on: date, assignee: User, by: Actor, now: datetime
) -> Task:
    """Create a task; made by a person, it ends the reminders while it is open and not past its day."""
    task = Task.objects.create(
        case=case,
        title=title,
        due_on=due_on,
        assignee=assignee,
        created_at=now,
        created_by_id=by.person_id,
    )
    fact = TaskCreated(task_id=task.pk, person_id=assignee.pk, due_on=due_on.isoformat())
    _note_work(fact, case=case, by=by, now=now)
    return task


@transaction.atomic
def finish_task(*, task: Task, by: Actor, now: datetime) -> None:
    """Tick a task off; a second click changes nothing."""
    if Task.objects.filter(pk=task.pk, done_at=None).update(done_at=now, done_by=by.person_id):
        _note_work(TaskDone(task_id=task.pk), case=task.case, by=by, now=now)


@transaction.atomic
def reopen_task(*, task: Task, by: Actor, now: datetime) -> None:
    """Take the tick off again."""
    done = Task.objects.filter(pk=task.pk, done_at__isnull=False)
    if done.update(done_at=None, done_by=None):
        _note_work(TaskReopened(task_id=task.pk), case=task.case, by=by, now=now)


@transaction.atomic
def move_task(*, task: Task, due_on: date, by: Actor, now: datetime) -> None:
    """Put a task off to another day."""
    if task.due_on == due_on:
        return
    fact = TaskMoved(task_id=task.pk, from_on=task.due_on.isoformat(), due_on=due_on.isoformat())
    task.due_on = due_on
    task.save(update_fields=["due_on"])
    _note_work(fact, case=task.case, by=by, now=now)


@transaction.atomic
def enter_appointment(
    *,
    case: Case,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    assignee: User,
    by: Actor,
    now: datetime,
    place: str = "",
) -> Appointment:
    """Enter an appointment; while it lies ahead, the case is not overdue."""
    appointment = Appointment.objects.create(
        case=case,
        title=title,
        place=place,
        starts_at=starts_at,
        ends_at=ends_at,
        assignee=assignee,
        created_at=now,
        created_by_id=by.person_id,
    )
    fact = AppointmentEntered(
        appointment_id=appointment.pk, person_id=assignee.pk, starts_at=starts_at.isoformat()
    )
    _note_work(fact, case=case, by=by, now=now)
    return appointment


@transaction.atomic
def cancel_appointment(*, appointment: Appointment, by: Actor, now: datetime) -> None:
    """Cancel an appointment; the case is held by it no longer."""
    standing = Appointment.objects.filter(pk=appointment.pk, cancelled_at=None)
    if standing.update(cancelled_at=now):
        fact = AppointmentCancelled(
            appointment_id=appointment.pk, starts_at=appointment.starts_at.isoformat()
        )
        _note_work(fact, case=appointment.case, by=by, now=now)


@transaction.atomic
def write_note(
    *,
    case: Case,
    text: str,
    by: Actor,
    now: datetime,
    kind: Note.Kind = Note.Kind.NOTE,
    for_partner: bool = False,
) -> Note:
    """Write down a note, or what was said in a call."""
    note = Note.objects.create(
        case=case,
        kind=kind,
        text=text,
        for_partner=for_partner,
        written_at=now,
        written_by_id=by.person_id,
    )
    # It holds nothing and ends nothing: the case itself is written only if this began the work on it.
    _read_again(case)
    if case.first_activity_at is None:
        change(case, first_activity_at=now)
    said = Called if kind == Note.Kind.CALL else NoteWritten
    record(said(note_id=note.pk), about=case, by=by, at=now)
    return note


def _note_work(fact: Fact, *, case: Case, by: Actor, now: datetime) -> Entry:
    # The process is to look at once: an appointment or a task may have ended a series of reminders.
    _read_again(case)
    first = case.first_activity_at or now
    wake = {} if case.is_closed else {"wake_at": now}
    rehold(case, first_activity_at=first, **wake)
    return record(fact, about=case, by=by, at=now)


def _read_again(case: Case) -> None:
    # Held from here on: of two tasks entered at once, the second must reckon with the first. Other
    # rows may point to the case meanwhile (no_key), as the task does that was just created.
    locked = Case.objects.select_for_update(of=("self",), no_key=True).select_related("phase")
    case.refresh_from_db(from_queryset=locked)
