"""What all steps of the guide share: who may walk it, the reservation, the next step, the frame around it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lotse.records.cases.models import Case
from lotse.stages.acceptance import services as stage
from lotse.stages.acceptance.queries.guide import Guide
from lotse.stages.acceptance.rules.steps import Step
from lotse.web.acceptance import queries
from lotse.web.acceptance.gone import CONFLICT, gone, show_gone
from lotse.web.acceptance.naming import is_nameless, title_for
from lotse.web.acceptance.pages import template_for
from lotse.web.acceptance.texts import tell_steps
from lotse.web.desk import DeskRequest

StepView = Callable[[DeskRequest, Case], HttpResponse]


def step(view: StepView, *, is_last: bool = False) -> Callable[..., HttpResponse]:
    """Find the lead through the gate, and keep it for whoever looks at a step."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: DeskRequest, pk: int) -> HttpResponse:
        try:
            case = queries.find_case(request.actor, pk)
        except queries.Gone as told:
            return gone(request, told.offer)
        # Who posts the last step wins by being first, whoever has it reserved; a second click of
        # theirs is answered by the stage.
        if is_last and request.method == "POST":
            return view(request, case)
        return refuse(request, case) or _reserve(request, case) or view(request, case)

    return wrapped


def refuse(request: DeskRequest, case: Case) -> HttpResponse | None:
    """Answer whoever comes too late: the lead is taken, or the time to answer is over."""
    if case.accepted_at or case.closed_at:
        if case.assignee_id == request.actor.person_id or case.joined_to_id:
            return redirect("lead", case.joined_to_id or case.pk)
        return show_gone(request, stage.why_taken(case))
    offer = queries.get_own_offer(request.actor, case)
    if offer and not offer.is_standing(request.now):
        return gone(request, offer)
    return None


def next_step(guide: Guide, *, after: Step) -> str:
    """Return the address of the next step that has something to ask; the last one shows what is written."""
    steps = list(Step)
    for one in steps[steps.index(after) + 1 :]:
        if one == Step.CASE or (guide.has_question(one) and not guide.is_answered(one)):
            return f"guide-{one}"
    return "guide-case"


def show(
    request: DeskRequest, name: str, current: Step, guide: Guide, context: dict[str, Any]
) -> HttpResponse:
    offer = queries.get_own_offer(request.actor, guide.case)
    reservation = getattr(guide.case, "reservation", None)
    context = {
        **context,
        "guide": guide,
        "lead": guide.case,
        "title": title_for(request.actor, guide.case),
        "offer": offer,
        "was_asked": queries.has_asked_access(request.actor, guide.case),
        "keeps_back": is_nameless(request.actor, guide.case),
        "steps": tell_steps(guide, current),
        "back": _step_before(guide, current),
        "reserved_until": reservation.until_at if reservation else None,
        "reader": request.reader,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"acceptance/guide/{name}.html", context, status=status)


def _step_before(guide: Guide, current: Step) -> str:
    """Return where "Back" leads; empty on the first step that asks, from which one only leaves."""
    steps = list(Step)
    for one in reversed(steps[1 : steps.index(current)]):
        if guide.has_question(one):
            return reverse(f"guide-{one}", args=[guide.case.pk])
    return ""


def _reserve(request: DeskRequest, case: Case) -> HttpResponse | None:
    if request.actor.person_id is None:
        return None
    try:
        kept = stage.reserve(case=case, person_id=request.actor.person_id, now=request.now)
    except stage.Reserved as told:
        context = {
            "lead": case,
            "person": told.person,
            "until_at": told.until_at,
            "reader": request.reader,
            "keeps_back": is_nameless(request.actor, case),
        }
        return render(request, template_for(request, "reserved"), context, status=CONFLICT)
    case.reservation = kept
    return None
