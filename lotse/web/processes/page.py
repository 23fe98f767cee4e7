"""The page of a process with both its tabs, as any of its forms leaves it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lotse.access.policy import Right
from lotse.mails.reminder_text import get_wording
from lotse.mails.samples import get_sample
from lotse.mails.shown import ShownMail, show_reminder
from lotse.records.catalog.models import Phase, Process
from lotse.web.desk import DeskRequest
from lotse.web.processes import outlook, queries
from lotse.web.processes.forms import DurationsForm, FollowUpForm
from lotse.web.settings.places import open_to
from lotse.web.shared.doors import may_any
from lotse.web.shared.edit import locked
from lotse.web.show import show
from lotse.web.timeline.queries import get_timeline


def find(request: DeskRequest, pk: int) -> Process:
    """Return a process to somebody who may set it; held, where it is about to be written."""
    may_any(request.actor, Right.SETTINGS)
    return get_object_or_404(locked(request, Process.objects.all()), pk=pk)


def open_phases(process: Process) -> list[Phase]:
    return list(process.phases.filter(kind=Phase.Kind.OPEN).order_by("position", "pk"))


def show_process(
    request: DeskRequest,
    chosen: Process | None,
    *,
    durations: DurationsForm | None = None,
    follow_up: FollowUpForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a process; the forms are those that were not taken, else what is saved."""
    context: dict[str, Any] = {
        "process": chosen,
        "tiles": queries.get_tiles(request.actor),
        "settings_places": open_to(request.actor),
        "crumb": _("Sales processes"),
        "reader": request.reader,
    }
    if chosen:
        phases = open_phases(chosen)
        durations = durations or DurationsForm(instance=chosen, phases=phases)
        follow_up = follow_up or FollowUpForm(instance=chosen)
        before = request.GET.get("before", "")
        context |= {
            "lines": queries.get_phases(request.actor, chosen, durations, now=request.now),
            "closed": queries.get_closed(request.actor, chosen, request.reader),
            "durations": durations,
            "follow_up": follow_up,
            "sample": _sample(request, chosen),
            "sample_language": request.user.language,
            "outlook": outlook.get_outlook(request.actor, chosen, follow_up.interval(), request.reader),
            "timeline": get_timeline(
                request.actor, chosen, request.reader,
                before=int(before) if before.isdecimal() else None,
            ),
        }  # fmt: skip
    return show(request, "processes/page.html", context, status=status)


def _sample(request: DeskRequest, process: Process) -> ShownMail:
    language = request.user.language
    sample = get_sample(process, request.user, now=request.now)
    return show_reminder(sample, get_wording(process, language), language, now=request.now)
