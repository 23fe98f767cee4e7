"""Entering a lead by hand: a form, hints of who is known already, and the way into intake."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotse.access import gate
from lotse.access.policy import Act, Entity, Level, May
from lotse.lifecycle.loop import advance
from lotse.records.cases.models import Case, Inquiry
from lotse.records.cases.services import change
from lotse.stages.assignment import services as assignment
from lotse.stages.intake import services as intake
from lotse.web.desk import DeskRequest
from lotse.web.new_lead.forms import LeadForm
from lotse.web.new_lead.queries import get_known
from lotse.web.show import show
from lotse.web.toasts import complain, say


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """Take a lead in, and let it go on: matched, assigned, offered."""
    _require(request)
    form = LeadForm(request.POST or None, initial={"key": uuid.uuid4(), "is_mine": True})
    case_id = _receive(request, form) if form.is_valid() else None
    if case_id is None:
        context = {"form": form, "known": get_known(request.actor, request.POST)}
        return show(request, "new_lead/page.html", context, status=422 if form.is_bound else 200)

    advance([case_id], now=request.now)
    say(request, _("The lead is entered."))
    case = gate.rows(request.actor, May.SEE, Case.objects.filter(pk=case_id)).first()
    # Whoever enters a lead may hand it into the round and not see it any more.
    return redirect("lead", case.joined_to_id or case.pk) if case else redirect("my-work")


@require_safe
def known(request: DeskRequest) -> HttpResponse:
    """Show who is known already of what was typed so far."""
    _require(request)
    context = {"known": get_known(request.actor, request.GET)}
    return show(request, "new_lead/known.html", context)


def _require(request: DeskRequest) -> None:
    if request.actor.level(Entity.LEAD, Act.CREATE) == Level.NONE:
        raise PermissionDenied


@transaction.atomic
def _receive(request: DeskRequest, form: LeadForm) -> int | None:
    """Hand the form to intake; where it cannot be a lead, write beside the fields why."""
    fields = form.arrived()
    words = form.cleaned_data["message"]
    arrival = intake.Arrival(
        key=f"hand:{form.cleaned_data['key']}",
        channel=Inquiry.Channel.HAND,
        payload={**fields, **({"message": words} if words else {})},
        fields=fields,
    )
    faults = intake.judge(arrival).faults
    for fault in faults:
        form.add_error(
            fault.field if fault.field in form.fields else None, intake.tell_fault(fault)
        )
    if faults:
        return None
    [received] = intake.receive([arrival], by=request.actor, now=request.now)
    if received.is_new and received.case_id:
        _settle(request, form, received.case_id)
    return received.case_id


def _settle(request: DeskRequest, form: LeadForm, case_id: int) -> None:
    """Write what was chosen from the lists, and give the lead to whoever keeps it."""
    # It was made a moment ago in this transaction: nobody else can have it.
    case = Case.objects.get(pk=case_id)
    if chosen := form.chosen():
        change(case, **chosen)
    if not form.cleaned_data["is_mine"]:
        return
    try:
        assignment.assign(case=case, to=request.user, by=request.actor, now=request.now)
    except assignment.CannotHold:
        complain(request, _("You cannot take leads yourself at present. It goes to others."))
