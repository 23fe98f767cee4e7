"""What activities write to the journal."""

from dataclasses import dataclass
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class TaskCreated(Fact):
    kind: ClassVar[str] = "activities.task_created"
    sentence: ClassVar[str] = mark("%(actor)s created a task for %(person)s, due %(due_on)s")
    sign: ClassVar[str] = "check-circle"

    task_id: int
    person_id: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class TaskDone(Fact):
    kind: ClassVar[str] = "activities.task_done"
    sentence: ClassVar[str] = mark("%(actor)s did a task")
    sign: ClassVar[str] = "check"
    tone: ClassVar[str] = "ok"

    task_id: int


@dataclass(frozen=True, kw_only=True)
class TaskReopened(Fact):
    kind: ClassVar[str] = "activities.task_reopened"
    sentence: ClassVar[str] = mark("%(actor)s opened a task again")
    sign: ClassVar[str] = "undo"

    task_id: int


@dataclass(frozen=True, kw_only=True)
class TaskMoved(Fact):
    kind: ClassVar[str] = "activities.task_moved"
    sentence: ClassVar[str] = mark("%(actor)s moved a task from %(from_on)s to %(due_on)s")
    sign: ClassVar[str] = "snooze"

    task_id: int
    from_on: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class AppointmentEntered(Fact):
    kind: ClassVar[str] = "activities.appointment_entered"
    sentence: ClassVar[str] = mark(
        "%(actor)s entered an appointment for %(person)s on %(starts_at)s"
    )
    sign: ClassVar[str] = "calendar"

    appointment_id: int
    person_id: int
    starts_at: str


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(Fact):
    kind: ClassVar[str] = "activities.appointment_cancelled"
    sentence: ClassVar[str] = mark("%(actor)s cancelled an appointment on %(starts_at)s")
    sign: ClassVar[str] = "calendar"

    appointment_id: int
    starts_at: str


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Fact):
    kind: ClassVar[str] = "activities.note_written"
    sentence: ClassVar[str] = mark("%(actor)s wrote a note")
    sign: ClassVar[str] = "note"

    note_id: int


@dataclass(frozen=True, kw_only=True)
class Called(Fact):
    kind: ClassVar[str] = "activities.called"
    sentence: ClassVar[str] = mark("%(actor)s called")
    sign: ClassVar[str] = "phone"

    note_id: int
