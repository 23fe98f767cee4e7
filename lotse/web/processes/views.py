"""The pages of processes: chosen by tiles, named, and the durations of their phases."""

from functools import partial

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.lifecycle import loop
from lotse.records.catalog.models import Process
from lotse.stages.process import services
from lotse.stages.process.queries import get_effect
from lotse.web.desk import DeskRequest
from lotse.web.processes import effects
from lotse.web.processes.forms import DurationsForm, ProcessForm
from lotse.web.processes.page import find, open_phases, show_process
from lotse.web.settings import keeping
from lotse.web.shared.doors import may_any
from lotse.web.shared.edit import status_of, taken
from lotse.web.show import go, show
from lotse.web.toasts import say


@require_safe
def processes(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.SETTINGS)
    return show_process(request, Process.objects.order_by("kind", "position", "pk").first())


@require_http_methods(["GET", "HEAD", "POST"])
def process(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a process; take the durations of its phases."""
    if request.method != "POST":
        return show_process(request, find(request, pk))
    with transaction.atomic():
        found = find(request, pk)
        form = DurationsForm(request.POST, instance=found, phases=open_phases(found))
        values = taken(request, form)
        if values is None:
            return show_process(request, found, durations=form, status=status_of(form))
        ids = services.change_phases(found, form.changes(values), by=request.actor, now=request.now)
    loop.advance(ids, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": found})
    return go(request, reverse("process", args=[pk]))


@require_POST
def effect(request: DeskRequest, pk: int) -> HttpResponse:
    """Say what the durations that are not saved yet would do now; nothing is written."""
    may_any(request.actor, Right.SETTINGS)
    found = get_object_or_404(Process, pk=pk)
    form = DurationsForm(request.POST, instance=found, phases=open_phases(found))
    durations = form.durations()
    told = effects.tell(
        get_effect(durations, now=request.now, see=partial(gate.rows, request.actor, May.SEE)),
        effects.mails(request.actor, found, durations, now=request.now),
    )
    return TemplateResponse(request, "processes/effect.html", {"told": told})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.SETTINGS)
    form = ProcessForm(request.POST or None)
    values = taken(request, form)
    if values is None:
        return _name_page(request, form, crumb=_("New process"))
    added = form.instance
    keeping.add_process(added, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved. Give it its phases now.") % {"name": added})
    return go(request, reverse("process", args=[added.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def name(request: DeskRequest, pk: int) -> HttpResponse:
    """Rename a process, or let it rest."""
    found = find(request, pk)
    called = str(found)
    form = ProcessForm(request.POST or None, instance=found)
    values = taken(request, form)
    if values is None:
        return _name_page(request, form, crumb=called)
    keeping.change(found, values, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": found})
    return go(request, reverse("process", args=[pk]))


def _name_page(request: DeskRequest, form: ProcessForm, *, crumb: str) -> HttpResponse:
    pk = form.instance.pk
    back = reverse("process", args=[pk]) if pk else reverse("processes")
    context = {"form": form, "crumb": crumb, "back_url": back, "back_label": _("Sales processes")}
    return show(request, "processes/form.html", context, status=status_of(form))
