"""Notes, calls, tasks and appointments on a case."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lotse.access import gate
from lotse.access.policy import May
from lotse.lifecycle.loop import advance
from lotse.records.activities import services as activities
from lotse.records.activities.models import Appointment, Task
from lotse.records.cases.models import Case
from lotse.records.journal.models import Act
from lotse.web.desk import DeskRequest
from lotse.web.lead import forms, queries
from lotse.web.lead.views.page import me
from lotse.web.safe_next import next_of
from lotse.web.show import go, show
from lotse.web.toasts import complain, say

form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
def notes(request: DeskRequest, pk: int) -> HttpResponse:
    """Write a note, or what was said in a call."""
    case = queries.find(request.actor, May.EDIT, pk)
    form = forms.NoteForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if not form.is_valid():
        return ask(request, case, form, "lead/forms/note.html", title=_("Note"))
    activities.write_note(
        case=case,
        text=form.cleaned_data["text"],
        kind=form.note_kind,
        for_partner=form.cleaned_data["for_partner"],
        by=request.actor,
        now=request.now,
    )
    return done(request, case, _("The note is saved."))


@form_view
def tasks(request: DeskRequest, pk: int) -> HttpResponse:
    """Create a task."""
    case = queries.find(request.actor, May.EDIT, pk)
    people = queries.get_colleagues(request.actor, case)
    form = forms.TaskForm(request.POST or None, people=people, initial=me(request))
    if not form.is_valid():
        return ask(request, case, form, "lead/forms/task.html", title=_("New task"))
    activities.create_task(case=case, by=request.actor, now=request.now, **form.cleaned_data)
    return done(request, case, _("The task is created."))


@form_view
def appointments(request: DeskRequest, pk: int) -> HttpResponse:
    """Enter an appointment."""
    case = queries.find(request.actor, May.EDIT, pk)
    form = forms.AppointmentForm(
        request.POST or None,
        people=queries.get_colleagues(request.actor, case),
        zone=request.zone,
        now=request.now,
        initial=me(request),
    )
    if not form.is_valid():
        template = "lead/forms/appointment.html"
        return ask(request, case, form, template, title=_("New appointment"))
    wanted = ("title", "place", "starts_at", "ends_at", "assignee")
    activities.enter_appointment(
        case=case,
        by=request.actor,
        now=request.now,
        **{name: form.cleaned_data[name] for name in wanted},
    )
    return done(request, case, _("The appointment is entered."))


@require_POST
def completion(request: DeskRequest, pk: int) -> HttpResponse:
    """Tick a task off."""
    task = _find_task(request, pk)
    activities.finish_task(task=task, by=request.actor, now=request.now)
    return done(request, task.case, _("Done: %(task)s") % {"task": task.title})


@require_POST
def reopening(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the tick off again."""
    task = _find_task(request, pk)
    activities.reopen_task(task=task, by=request.actor, now=request.now)
    return done(request, task.case, _("Open again: %(task)s") % {"task": task.title})


@form_view
def due_day(request: DeskRequest, pk: int) -> HttpResponse:
    """Put a task off to another day."""
    task = _find_task(request, pk)
    tomorrow = request.reader.today + timedelta(days=1)
    form = forms.DayForm(request.POST or None, initial={"due_on": tomorrow})
    if not form.is_valid():
        title = _("Put off: %(task)s") % {"task": task.title}
        return ask(request, task.case, form, "lead/forms/day.html", title=title)
    due_on = form.cleaned_data["due_on"]
    activities.move_task(task=task, due_on=due_on, by=request.actor, now=request.now)
    told = {"task": task.title, "day": request.reader.day(due_on)}
    return done(request, task.case, _("%(task)s: put off to %(day)s") % told)


@require_POST
def cancellation(request: DeskRequest, pk: int) -> HttpResponse:
    """Cancel an appointment."""
    appointments = Appointment.objects.select_related("case", "case__phase")
    appointment = gate.find(request.actor, May.EDIT, appointments, pk=pk)
    activities.cancel_appointment(appointment=appointment, by=request.actor, now=request.now)
    told = {"appointment": appointment.title}
    return done(request, appointment.case, _("Cancelled: %(appointment)s") % told)


def _find_task(request: DeskRequest, pk: int) -> Task:
    return gate.find(
        request.actor, May.EDIT, Task.objects.select_related("case", "case__phase"), pk=pk
    )


def ask(
    request: DeskRequest, case: Case, form: Any, template: str, *, title: str, **more: Any
) -> HttpResponse:
    """Show a form on a page of its own, or for a dialog that asks for it; also to be mended."""
    context = {"case": case, "form": form, "form_template": template, "title": title, **more}
    context.setdefault("action", request.path)
    context.setdefault("back", back_of(request, case))
    page = "lead/asked.html" if request.htmx else "lead/act.html"
    return show(request, page, context, status=422 if form.is_bound else 200)


def done(
    request: DeskRequest, case: Case, text: str = "", *, undo: Act | None = None
) -> HttpResponse:
    """Let the case go on, say what was done, and show where the person came from."""
    advance([case.pk], now=request.now)
    if text:
        say(request, text, undo=undo)
    return go(request, back_of(request, case))


def refused(request: DeskRequest, case: Case, text: str) -> HttpResponse:
    """Say why something was not done, and show where the person came from."""
    complain(request, text)
    return go(request, back_of(request, case))


def back_of(request: DeskRequest, case: Case) -> str:
    """Return where an act leads back to: the page it was done on, if it says so, else the case."""
    return next_of(request, otherwise=reverse("lead", args=[case.pk]))
