"""Taking back what was done: asked on a page of its own, or from a toast at once."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.when import Reader
from lotse.lifecycle import loop
from lotse.lifecycle.undo import CannotUndo, undo, why_not
from lotse.records.journal.models import Act
from lotse.web.acts.queries import get_way_back
from lotse.web.acts.telling import tell_act, tell_refusal
from lotse.web.desk import DeskRequest
from lotse.web.safe_next import next_of
from lotse.web.show import go


@require_http_methods(["GET", "HEAD", "POST"])
def undo_act(request: DeskRequest, pk: int) -> HttpResponse:
    act = gate.find(request.actor, May.EDIT, Act.objects.all(), pk=pk)
    wanted = next_of(request, otherwise="/")
    if request.method != "POST":
        return _page(request, act, wanted, why_not(act, now=request.now))
    try:
        case_ids = undo(act=act, by=request.actor, now=request.now)
    except CannotUndo as refusal:
        return _page(request, act, wanted, refusal)

    loop.advance(case_ids, now=request.now)
    messages.success(request, _("Taken back. Everything is as it was before."))
    return go(request, get_way_back(request.actor, act, wanted))


def _page(request: DeskRequest, act: Act, wanted: str, refusal: CannotUndo | None) -> HttpResponse:
    reader = Reader(request.user.language, request.zone, request.now)
    why = tell_refusal(refusal, act, request.actor, reader) if refusal else ""
    lines, others = tell_act(act, request.actor, reader)
    context = {
        "act": act,
        "lines": lines,
        "others": others,
        "when": reader.moment(act.at),
        "refusal": why,
        # Back to where one came from, even if that page is there no more.
        "back": get_way_back(request.actor, act, wanted),
        "next": wanted,
        "crumb": _("Take back"),
    }
    return render(
        request, "acts/undo.html", context, status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    )
