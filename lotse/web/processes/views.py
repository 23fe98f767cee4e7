"""The pages of processes: their phases in order, how long a case may stay, and how many are there."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.access.policy import Right
from lotse.records.catalog.models import Process
from lotse.web.desk import DeskRequest
from lotse.web.processes import queries
from lotse.web.settings.places import open_to
from lotse.web.shared.doors import may_any
from lotse.web.show import show


@require_safe
def processes(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.SETTINGS)
    return _page(request, Process.objects.order_by("kind", "position", "pk").first())


@require_safe
def process(request: DeskRequest, pk: int) -> HttpResponse:
    may_any(request.actor, Right.SETTINGS)
    return _page(request, get_object_or_404(Process, pk=pk))


def _page(request: DeskRequest, chosen: Process | None) -> HttpResponse:
    context: dict[str, Any] = {
        "process": chosen,
        "tiles": queries.get_tiles(request.actor),
        "settings_places": open_to(request.actor),
        "crumb": _("Sales processes"),
    }
    if chosen:
        context["lines"] = queries.get_phases(request.actor, chosen, now=request.now)
        context["interval"] = queries.interval_of(chosen)
    return show(request, "processes/page.html", context)
