"""What people wrote and what stands beside a line of the history: notes, titles of tasks and appointments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.activities.facts import Called, NoteWritten
from lotse.records.activities.models import Appointment, Note, Task
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry

NOTES = (NoteWritten.kind, Called.kind)


@dataclass(frozen=True)
class Texts:
    """The texts that belong to some lines, by the number of the note, task or appointment."""

    notes: Mapping[int, Note]
    tasks: Mapping[int, str]
    appointments: Mapping[int, str]

    def note_of(self, entry: Entry) -> Note | None:
        return self.notes.get(entry.data.get("note_id", 0))

    def text_of(self, entry: Entry) -> str:
        note = self.note_of(entry)
        if note:
            return note.text
        task = self.tasks.get(entry.data.get("task_id", 0))
        return task or self.appointments.get(entry.data.get("appointment_id", 0), "")


NO_TEXTS = Texts({}, {}, {})


def get_texts(viewer: Viewer, case: Case, entries: Iterable[Entry]) -> Texts:
    """Read the texts of these lines with three queries at most."""
    ids: dict[str, set[int]] = {"note_id": set(), "task_id": set(), "appointment_id": set()}
    for entry in entries:
        for field, found in ids.items():
            if isinstance(pk := entry.data.get(field), int):
                found.add(pk)

    notes = gate.rows(viewer, May.SEE, Note.objects.filter(case=case, pk__in=ids["note_id"]))
    return Texts(
        notes={n.pk: n for n in notes},
        tasks=dict(
            gate.rows(
                viewer, May.SEE, Task.objects.filter(case=case, pk__in=ids["task_id"])
            ).values_list("pk", "title")
        ),
        appointments=dict(
            gate.rows(
                viewer,
                May.SEE,
                Appointment.objects.filter(case=case, pk__in=ids["appointment_id"]),
            ).values_list("pk", "title")
        ),
    )


def hidden_notes(viewer: Viewer, case: Case) -> list[int]:
    """Return the notes of a case that the viewer may not read; not even that they exist is told."""
    if not viewer.partner_id:
        return []
    visible = gate.rows(viewer, May.SEE, Note.objects.filter(case=case)).values("pk")
    return list(Note.objects.filter(case=case).exclude(pk__in=visible).values_list("pk", flat=True))
