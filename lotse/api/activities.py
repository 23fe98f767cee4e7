"""Tasks, appointments and notes of a case."""

from typing import Any

from django.utils.translation import gettext as _
from ninja import Router, Status

from lotse.access import gate
from lotse.access.policy import May
from lotse.api import schemas
from lotse.api.auth import ApiRequest
from lotse.api.people import pick_person
from lotse.api.problems import field_problem
from lotse.lifecycle import loop
from lotse.records.activities import services
from lotse.records.activities.models import Appointment, Note, Task
from lotse.records.cases.models import Case

router = Router(tags=["activities"])


@router.post("/leads/{int:lead_id}/tasks", response={201: schemas.Created})
def create_task(request: ApiRequest, lead_id: int, body: schemas.TaskIn) -> Status[Any]:
    """Create a task; made by a person, it ends the reminders while it is open and not past its day."""
    case = _case(request, lead_id)
    task = services.create_task(
        case=case,
        title=body.title,
        due_on=body.due_on,
        assignee=pick_person(request.actor, body.assignee or case.assignee_id),
        by=request.actor,
        now=request.now,
    )
    return _created(request, case, task.pk)


@router.post("/leads/{int:lead_id}/appointments", response={201: schemas.Created})
def enter_appointment(
    request: ApiRequest, lead_id: int, body: schemas.AppointmentIn
) -> Status[Any]:
    """Enter an appointment; while it lies ahead, the case is not overdue."""
    case = _case(request, lead_id)
    if body.ends_at < body.starts_at:
        raise field_problem("ends_at", _("It ends before it begins."))
    appointment = services.enter_appointment(
        case=case,
        title=body.title,
        place=body.place,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        assignee=pick_person(request.actor, body.assignee or case.assignee_id),
        by=request.actor,
        now=request.now,
    )
    return _created(request, case, appointment.pk)


@router.post("/leads/{int:lead_id}/notes", response={201: schemas.Created})
def write_note(request: ApiRequest, lead_id: int, body: schemas.NoteIn) -> Status[Any]:
    """Write down a note, or what was said in a call."""
    case = _case(request, lead_id)
    note = services.write_note(
        case=case,
        text=body.text,
        kind=Note.Kind(body.kind),
        for_partner=body.for_partner,
        by=request.actor,
        now=request.now,
    )
    return _created(request, case, note.pk)


@router.put("/tasks/{int:task_id}/done", response={204: None})
def finish_task(request: ApiRequest, task_id: int) -> Status[Any]:
    """Tick a task off; again changes nothing."""
    task = gate.find(request.actor, May.EDIT, Task.objects.select_related("case"), pk=task_id)
    services.finish_task(task=task, by=request.actor, now=request.now)
    loop.advance([task.case_id], now=request.now)
    return Status(204, None)


@router.delete("/appointments/{int:appointment_id}", response={204: None})
def cancel_appointment(request: ApiRequest, appointment_id: int) -> Status[Any]:
    """Cancel an appointment; again changes nothing."""
    found = Appointment.objects.select_related("case")
    appointment = gate.find(request.actor, May.EDIT, found, pk=appointment_id)
    services.cancel_appointment(appointment=appointment, by=request.actor, now=request.now)
    loop.advance([appointment.case_id], now=request.now)
    return Status(204, None)


def _case(request: ApiRequest, lead_id: int) -> Case:
    return gate.find(request.actor, May.EDIT, Case.objects.all(), pk=lead_id)


def _created(request: ApiRequest, case: Case, pk: int) -> Status[Any]:
    loop.advance([case.pk], now=request.now)
    return Status(201, schemas.Created(id=pk))
