"""Offers: the list, look first, accept, decline."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotse.access import gate
from lotse.access.policy import May
from lotse.lifecycle import loop
from lotse.stages.acceptance import services as stage
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.asked import get_lead_type
from lotse.stages.acceptance.queries.offers import offers
from lotse.web.acceptance import drafts, queries
from lotse.web.acceptance.finishing import finish
from lotse.web.acceptance.forms import DeclineForm
from lotse.web.acceptance.gone import gone
from lotse.web.acceptance.looking import accepted, get_look
from lotse.web.acceptance.pages import template_for
from lotse.web.acceptance.reading import read_guide
from lotse.web.desk import DeskRequest
from lotse.web.toasts import say


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """Show what waits for an answer: where a partner's user begins."""
    context = {
        "rows": queries.get_offers(request.actor, now=request.now),
        "reader": request.reader,
        "crumb": _("Offered to me"),
    }
    return render(request, "acceptance/listing.html", context)


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the details before anybody accepts; afterwards, what became of the offer."""
    offer = gate.find(request.actor, May.SEE, offers(), pk=pk)
    if _is_free(request, offer):
        return render(request, template_for(request, "offer"), _look(request, offer))
    is_mine = offer.case.assignee_id == request.actor.person_id
    if offer.answer == Offer.Answer.ACCEPTED and is_mine:
        return accepted(request, offer)
    return gone(request, offer)


@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: DeskRequest, pk: int) -> HttpResponse:
    """
    Accept at once where nothing has to be asked; else open the guide.

    A link in a mail leads here with GET, which shows the offer and does nothing.
    """
    offer = gate.find(request.actor, May.ANSWER, offers(), pk=pk)
    if request.method != "POST":
        return redirect("offer", pk)
    case = offer.case
    if not _is_free(request, offer) and offer.answered_by_id != request.actor.person_id:
        return gone(request, offer)
    guide = read_guide(request, case)
    people = queries.get_assignees(request.actor, case)
    is_asked = not guide.knows_people or bool(guide.open_cases) or len(guide.processes) > 1
    if case.accepted_at is None and (
        is_asked or (len(people) > 1 and not request.actor.partner_id)
    ):
        return redirect("guide", case.pk)
    process = guide.processes[0] if guide.processes else None
    return finish(
        request, guide, offer=offer, assignee=request.user, process=process, attach_to=None
    )


@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: DeskRequest, pk: int) -> HttpResponse:
    """Decline: for the whole team or partner that was asked."""
    offer = gate.find(request.actor, May.ANSWER, offers(), pk=pk)
    is_done = offer.answer == Offer.Answer.DECLINED and request.method == "POST"
    if not _is_free(request, offer) and not is_done:
        return gone(request, offer)
    form = _form(request, offer)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {**_look(request, offer), "form": form}
        return render(request, template_for(request, "refusal"), context, status=status)
    return _decline(request, offer, form)


def _decline(request: DeskRequest, offer: Offer, form: DeclineForm) -> HttpResponse:
    try:
        act = stage.decline(
            offer=offer,
            reason=form.cleaned_data["reason"],
            comment=form.cleaned_data["comment"],
            by=request.actor,
            now=request.now,
        )
    except stage.OfferGone:
        return gone(request, offer)
    loop.advance([offer.case_id], now=request.now)
    drafts.forget(request, offer.case_id)
    sentence = _("Declined. The lead goes on to the next in line.")
    say(request, sentence, undo=act)
    return redirect("offers")


def _is_free(request: DeskRequest, offer: Offer) -> bool:
    return offer.is_standing(request.now) and offer.case.assignee_id is None


def _look(request: DeskRequest, offer: Offer) -> dict[str, Any]:
    may_answer = gate.allows(request.actor, May.ANSWER, offer)
    guide = read_guide(request, offer.case) if may_answer else None
    return {
        **get_look(request, offer, guide),
        "may_answer": may_answer,
        "form": _form(request, offer, is_bound=False),
    }


def _form(request: DeskRequest, offer: Offer, *, is_bound: bool = True) -> DeclineForm:
    data = request.POST if is_bound and request.method == "POST" else None
    reasons = queries.get_decline_reasons()
    return DeclineForm(data, reasons=reasons, lead_type=get_lead_type(offer.case))
