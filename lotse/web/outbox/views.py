"""The outbox: what waits, what went, what failed and why; trying again, and stopping everything."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lotse.access.policy import Right
from lotse.records.outbox import control
from lotse.records.outbox.models import Suppression
from lotse.web.desk import DeskRequest
from lotse.web.outbox import queries
from lotse.web.settings.places import open_to
from lotse.web.shared.doors import may_any
from lotse.web.show import go, show
from lotse.web.timeline.queries import get_timeline
from lotse.web.toasts import say


@require_safe
def outbox(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.SETTINGS)
    wanted = queries.Wanted.of(request.GET)
    sending = control.get_sending()
    before = request.GET.get("before", "")
    context = {
        "wanted": wanted,
        "boxes": queries.get_counts(),
        "most": queries.MOST_COUNTED,
        "page": queries.get_page(request.actor, wanted, request.reader),
        "sending": sending,
        "suppressions": queries.get_suppressions(),
        "timeline": get_timeline(
            request.actor, sending, request.reader,
            before=int(before) if before.isdecimal() else None,
        ),
        "list_url": reverse("outbox"),
        "said": urlencode({"box": wanted.box.key, "q": wanted.words}),
        "settings_places": open_to(request.actor),
        "crumb": _("Outbox"),
        "reader": request.reader,
    }  # fmt: skip
    return show(request, "outbox/page.html", context)


@require_POST
def stop(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.SETTINGS)
    control.stop(by=request.actor, now=request.now)
    say(request, _("Nothing leaves any more. What is due waits."))
    return go(request, reverse("outbox"))


@require_POST
def go_on(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.SETTINGS)
    control.go_on(by=request.actor, now=request.now)
    say(request, _("Mails leave again."))
    return go(request, reverse("outbox"))


@require_POST
def again(request: DeskRequest) -> HttpResponse:
    """Try one failed mail again, or all of them without a number."""
    may_any(request.actor, Right.SETTINGS)
    typed = request.POST.get("message", "")
    numbers = [int(typed)] if typed.isdecimal() else []
    number = control.try_again(numbers if typed else None, by=request.actor, now=request.now)
    said = ngettext("%(number)d mail is tried again.", "%(number)d mails are tried again.", number)
    say(request, said % {"number": number} if number else _("It is not among the failed any more."))
    return go(request, reverse("outbox") + "?box=failed")


@require_POST
def free(request: DeskRequest, pk: int) -> HttpResponse:
    may_any(request.actor, Right.SETTINGS)
    found = get_object_or_404(Suppression, pk=pk)
    control.free(found, by=request.actor, now=request.now)
    say(request, _("Mails go to %(address)s again.") % {"address": found.address})
    return go(request, reverse("outbox"))
