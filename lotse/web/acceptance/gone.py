"""Tells whoever comes too late who was quicker, or that time ran out: a page, and never an error."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.people.models import User
from lotse.stages.acceptance import services as stage
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.services import OfferGone
from lotse.web.acceptance import queries
from lotse.web.acceptance.pages import template_for
from lotse.web.desk import DeskRequest

CONFLICT = 409


def gone(request: DeskRequest, offer: Offer) -> HttpResponse:
    """Say what became of an offer; where the viewer's own acceptance joined it to a case, go there."""
    offer.refresh_from_db()
    viewer = request.actor
    if offer.answer == Offer.Answer.ACCEPTED and offer.answered_by_id == viewer.person_id:
        joined = Case.objects.filter(pk=offer.case.joined_to_id or 0)
        if gate.rows(viewer, May.SEE, joined).exists():
            return redirect("lead", offer.case.joined_to_id)
    how = offer.answer or Offer.Answer.RAN_OUT
    at = offer.answered_at or offer.deadline_at
    told = stage.OfferGone(how, person_id=offer.answered_by_id, at=at)
    return show_gone(request, told)


def show_gone(request: DeskRequest, told: stage.OfferGone) -> HttpResponse:
    sentence = tell_gone(told, request.actor, request.reader)
    waiting = queries.get_offers(request.actor, now=request.now)
    context = {"sentence": sentence, "next": waiting[0].offer if waiting else None, "how": told.how}
    # Looking at what is over is no mistake; answering it is one that is not the viewer's fault.
    status = CONFLICT if request.method == "POST" else 200
    return render(request, template_for(request, "gone"), context, status=status)


def tell_gone(gone: OfferGone, viewer: Viewer, reader: Reader) -> str:
    """Say why a lead is not to be had any more; by whom, as far as the viewer may know them."""
    name = _name_of(gone.person_id, viewer)
    when = reader.moment(gone.at) if gone.at else ""
    values = {"name": name or _("Somebody else"), "when": when}
    if gone.how == "accepted" and gone.person_id == viewer.person_id:
        return (
            _("You accepted the lead yourself (%(when)s). What is accepted cannot be declined.")
            % values
        )
    sentences = {
        "accepted": _("%(name)s accepted the lead (%(when)s). Your place in line is not affected."),
        "declined": _("%(name)s declined the lead (%(when)s). It went on to the next in line."),
        "ran_out": _("The time to answer ended: %(when)s. The lead went on to the next in line."),
        "withdrawn": _("The lead was given to somebody else (%(when)s)."),
        "assigned": _("%(name)s has the lead (%(when)s)."),
        "closed": _("The lead is closed (%(when)s)."),
    }
    return sentences[gone.how] % values


def _name_of(person_id: int | None, viewer: Viewer) -> str:
    people = gate.rows(viewer, May.SEE, User.objects.filter(pk=person_id or 0))
    return people.values_list("name", flat=True).first() or ""
