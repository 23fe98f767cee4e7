"""The pages of a phase: added, changed, put at another place, taken out."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.lifecycle import loop
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase
from lotse.stages.process import services
from lotse.web.desk import DeskRequest
from lotse.web.processes.forms import PhaseForm, RemovalForm
from lotse.web.processes.page import find
from lotse.web.shared.doors import may_any
from lotse.web.shared.edit import locked, status_of, taken
from lotse.web.show import go, show
from lotse.web.toasts import complain, say


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def new(request: DeskRequest, pk: int) -> HttpResponse:
    process = find(request, pk)
    form = PhaseForm(request.POST or None, instance=Phase(process=process))
    values = taken(request, form)
    if values is None:
        return _page(request, form, crumb=_("New phase"))
    for column, value in form.columns(values).items():
        setattr(form.instance, column, value)
    services.add_phase(phase=form.instance, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": form.instance})
    return go(request, reverse("process", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def phase(request: DeskRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        found = _find(request, pk)
        name = str(found)
        form = PhaseForm(request.POST or None, instance=found)
        values = taken(request, form)
        if values is None:
            return _page(request, form, crumb=name)
        ids = services.change_phases(
            found.process, {found: form.columns(values)}, by=request.actor, now=request.now
        )
    loop.advance(ids, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": found})
    return go(request, reverse("process", args=[found.process_id]))


@require_POST
@transaction.atomic
def place(request: DeskRequest, pk: int) -> HttpResponse:
    """Put a phase one place up or down, or at the place where it was dropped."""
    found, wanted = _find(request, pk), request.POST.get("to", "")
    rows = Phase.objects.filter(process=found.process_id, kind=Phase.Kind.OPEN)
    ids = list(rows.order_by("position", "pk").values_list("pk", flat=True))
    if found.pk in ids:
        here = ids.index(found.pk) + 1
        steps = {"up": here - 1, "down": here + 1}
        to = steps.get(wanted) or (int(wanted[:6]) if wanted.isdecimal() else here)
        services.place_phase(found, place=to, by=request.actor, now=request.now)
        say(request, _("The order is saved."))
    return go(request, reverse("process", args=[found.process_id]))


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask where the cases of a phase go, and take it out of its process."""
    may_any(request.actor, Right.SETTINGS)
    found = get_object_or_404(Phase.objects.select_related("process"), pk=pk)
    back = reverse("process", args=[found.process_id])
    here = Case.objects.open().filter(phase=found)
    held = gate.rows(request.actor, May.SEE, here).count()
    form = RemovalForm(request.POST if request.method == "POST" else None, phase=found)
    form.fields["to"].required = bool(held)
    if form.is_bound and form.is_valid():
        try:
            ids = services.remove_phase(
                found, to=form.cleaned_data["to"], by=request.actor, now=request.now
            )
        except services.WrongPlace:
            complain(request, _("Say first where the open cases of this phase go."))
            return go(request, back)
        except services.LastPhase:
            complain(request, _("A process needs a phase to begin in: this is the only one."))
            return go(request, back)
        loop.advance(ids, now=request.now)
        say(request, _("%(name)s is taken out.") % {"name": found})
        return go(request, back)
    context = {"phase": found, "form": form, "held": held, "crumb": _("Take out %(name)s") % {"name": found}, "back_url": back, "back_label": found.process}  # fmt: skip
    return show(request, "processes/removal.html", context, status=422 if form.is_bound else 200)


def _find(request: DeskRequest, pk: int) -> Phase:
    may_any(request.actor, Right.SETTINGS)
    return get_object_or_404(locked(request, Phase.objects.select_related("process")), pk=pk)


def _page(request: DeskRequest, form: PhaseForm, *, crumb: str) -> HttpResponse:
    process = form.instance.process
    context = {
        "form": form,
        "crumb": crumb,
        "back_url": reverse("process", args=[process.pk]),
        "back_label": process,
    }
    return show(request, "processes/form.html", context, status=status_of(form))
