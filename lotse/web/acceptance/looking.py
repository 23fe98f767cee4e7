"""What is shown of a lead that is held out, before and just after it was accepted."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lotse.access.telling.numbers import in_words
from lotse.access.telling.when import span
from lotse.kernel.addresses import phone_of
from lotse.lifecycle.undo import GRACE
from lotse.stages.acceptance.models import Offer, Start
from lotse.stages.acceptance.queries.guide import Guide
from lotse.stages.acceptance.queries.keeping import keeps_back
from lotse.stages.acceptance.queries.offers import get_clock, get_reservation
from lotse.web.acceptance import queries
from lotse.web.acceptance.legs import get_legs
from lotse.web.acceptance.naming import subject_for, title_for
from lotse.web.acceptance.texts import tell_after, tell_outcomes
from lotse.web.desk import DeskRequest


def get_look(request: DeskRequest, offer: Offer, guide: Guide | None) -> dict[str, Any]:
    """Return what the page of a standing offer shows."""
    reader = request.reader
    case = offer.case
    lasts, left = offer.deadline_at - offer.offered_at, offer.deadline_at - request.now
    return {
        "offer": offer,
        "case": case,
        "title": title_for(request.actor, case),
        "subject": subject_for(case),
        "reader": reader,
        "keeps_back": keeps_back(case),
        "inquiry": queries.get_inquiry(case),
        "why": queries.get_why(request.actor, case, reader),
        "clock": get_clock(offer),
        "reservation": get_reservation(case, other_than=request.actor.person_id, now=request.now),
        "left": span(left),
        "left_minutes": int(left.total_seconds() // 60),
        "lasts_minutes": max(1, int(lasts.total_seconds() // 60)),
        "after": tell_after(guide) if guide else [],
        "grace": grace(),
    }


def accepted(request: DeskRequest, offer: Offer) -> HttpResponse:
    """Show a partner's user whom to call now; inside the house, the page of the lead says so."""
    case = offer.case
    if not request.actor.partner_id:
        return redirect("lead", case.pk)
    act = queries.get_accept_act(request.actor, case)
    start = Start.objects.filter(case=case, settled_at=None).first()
    context = {
        "offer": offer,
        "case": case,
        "reader": request.reader,
        "act": act if act and request.now <= act.at + GRACE["accept"] else None,
        "start": start if case.first_activity_at is None else None,
        "inquiry": queries.get_inquiry(case),
        "phone_link": phone_of(case.phone, case.country or settings.HOME_COUNTRY) or case.phone,
        "legs": get_legs(case, now=request.now),
        "outcomes": tell_outcomes(reverse("lead", args=[case.pk])),
    }
    return render(request, "acceptance/phone/accepted.html", context)


def grace() -> str:
    """Return for how many minutes an acceptance can be taken back, in words."""
    return in_words(int(GRACE["accept"].total_seconds() // 60))
