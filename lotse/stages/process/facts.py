"""What the process writes to the journal."""

from dataclasses import dataclass
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class PhaseEntered(Fact):
    """The first phase, entered by itself as soon as somebody holds the case."""

    kind: ClassVar[str] = "process.phase_entered"
    sentence: ClassVar[str] = mark("Entered the phase %(phase)s")
    sign: ClassVar[str] = "process"
    counts_as_work: ClassVar[bool] = False

    phase_id: int
    process_id: int


@dataclass(frozen=True, kw_only=True)
class Moved(Fact):
    kind: ClassVar[str] = "process.moved"
    sentence: ClassVar[str] = mark("%(actor)s moved it from %(from_phase)s to %(to_phase)s")
    sign: ClassVar[str] = "process"

    to_phase_id: int
    to_process_id: int
    from_phase_id: int | None = None
    from_process_id: int | None = None
    # How long it had been in the phase it left, in seconds.
    stayed: int | None = None

    def say(self) -> str:
        if self.from_phase_id is None:
            return mark("%(actor)s moved it to %(to_phase)s")
        if self.from_process_id != self.to_process_id:
            return mark("%(actor)s moved it to %(to_phase)s in the process %(to_process)s")
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class Deferred(Fact):
    kind: ClassVar[str] = "process.deferred"
    sentence: ClassVar[str] = mark("%(actor)s put it off until %(until_at)s")
    sign: ClassVar[str] = "snooze"

    until_at: str
    # The phase in which it is to come back, if not the one it is in.
    phase_id: int | None = None

    def say(self) -> str:
        if self.phase_id:
            return mark("%(actor)s put it off until %(until_at)s, then to %(phase)s")
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class Resumed(Fact):
    """Somebody took it up again before its time."""

    kind: ClassVar[str] = "process.resumed"
    sentence: ClassVar[str] = mark("%(actor)s took it up again in the phase %(phase)s")
    sign: ClassVar[str] = "undo"

    phase_id: int | None


@dataclass(frozen=True, kw_only=True)
class CameBack(Fact):
    """The day until which it was put off has come."""

    kind: ClassVar[str] = "process.came_back"
    sentence: ClassVar[str] = mark("Came back into the phase %(phase)s")
    sign: ClassVar[str] = "snooze"
    counts_as_work: ClassVar[bool] = False

    phase_id: int | None


@dataclass(frozen=True, kw_only=True)
class BecameOverdue(Fact):
    kind: ClassVar[str] = "process.became_overdue"
    sentence: ClassVar[str] = mark("Overdue in the phase %(phase)s since %(since_at)s")
    sign: ClassVar[str] = "clock"
    tone: ClassVar[str] = "bad"
    counts_as_work: ClassVar[bool] = False

    phase_id: int
    since_at: str


ENDINGS = {
    "moved": mark("The reminders ended: the phase changed"),
    "closed": mark("The reminders ended: the case was closed"),
    "handed_over": mark("The reminders ended: the case changed hands"),
    "deferred": mark("The reminders ended: the case was put off"),
    "appointment": mark("The reminders ended: an appointment was entered"),
    "task": mark("The reminders ended: a task was created"),
    "duration": mark("The reminders ended: the case is not overdue any more"),
}


@dataclass(frozen=True, kw_only=True)
class SeriesEnded(Fact):
    """Why no more reminders come; told only where one had been sent."""

    kind: ClassVar[str] = "process.series_ended"
    sentence: ClassVar[str] = mark("The reminders ended")
    sign: ClassVar[str] = "check-circle"
    counts_as_work: ClassVar[bool] = False

    ending: str
    # How many had been sent.
    sent: int

    def say(self) -> str:
        return ENDINGS.get(self.ending, self.sentence)


@dataclass(frozen=True, kw_only=True)
class Reminded(Fact):
    kind: ClassVar[str] = "process.reminded"
    sentence: ClassVar[str] = mark("Follow-up mail %(number)s to %(person)s")
    sign: ClassVar[str] = "mail"
    counts_as_work: ClassVar[bool] = False

    number: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class NotReminded(Fact):
    """A follow-up mail was due but not sent; the reason stands beside the line."""

    kind: ClassVar[str] = "process.not_reminded"
    sentence: ClassVar[str] = mark("No follow-up mail to %(person)s")
    sign: ClassVar[str] = "mail"
    tone: ClassVar[str] = "warn"
    counts_as_work: ClassVar[bool] = False

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PhaseAdded(Fact):
    """What follows is about a process, not a case."""

    kind: ClassVar[str] = "process.phase_added"
    sentence: ClassVar[str] = mark("%(actor)s added the phase %(phase)s")
    sign: ClassVar[str] = "plus"

    phase_id: int


@dataclass(frozen=True, kw_only=True)
class PhaseChanged(Fact):
    kind: ClassVar[str] = "process.phase_changed"
    sentence: ClassVar[str] = mark("%(actor)s changed the phase %(phase)s: %(fields)s")
    sign: ClassVar[str] = "pencil"

    phase_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class PhasesOrdered(Fact):
    kind: ClassVar[str] = "process.phases_ordered"
    sentence: ClassVar[str] = mark("%(actor)s put the phases in another order")
    sign: ClassVar[str] = "process"


@dataclass(frozen=True, kw_only=True)
class PhaseRemoved(Fact):
    kind: ClassVar[str] = "process.phase_removed"
    sentence: ClassVar[str] = mark("%(actor)s removed the phase %(phase)s")
    sign: ClassVar[str] = "trash"

    phase_id: int
    # Where its open cases went, and how many there were.
    to_phase_id: int | None = None
    cases: int = 0

    def say(self) -> str:
        if self.to_phase_id is not None and self.cases:
            return mark(
                "%(actor)s removed the phase %(phase)s; its %(cases)s open cases went to %(to_phase)s"
            )
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class FollowUpSwitched(Fact):
    kind: ClassVar[str] = "process.follow_up_switched"
    sentence: ClassVar[str] = mark("%(actor)s switched the follow-up mails off")
    sign: ClassVar[str] = "mail"

    is_on: bool

    def say(self) -> str:
        return mark("%(actor)s switched the follow-up mails on") if self.is_on else self.sentence


_TEXTS = {
    ("de", False): mark("%(actor)s changed the German text of the follow-up mails"),
    ("en", False): mark("%(actor)s changed the English text of the follow-up mails"),
    ("de", True): mark("%(actor)s took the standard German text for the follow-up mails"),
    ("en", True): mark("%(actor)s took the standard English text for the follow-up mails"),
}


@dataclass(frozen=True, kw_only=True)
class ReminderTextChanged(Fact):
    kind: ClassVar[str] = "process.reminder_text_changed"
    sentence: ClassVar[str] = mark("%(actor)s changed the text of the follow-up mails")
    sign: ClassVar[str] = "mail"

    language: str
    is_standard: bool
    fields: list[str]

    def say(self) -> str:
        return _TEXTS.get((self.language, self.is_standard), self.sentence)
