"""The tab "Follow-up": reminders switched on and off, and how often they go out."""

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotse.stages.process import services
from lotse.web.desk import DeskRequest
from lotse.web.processes.forms import FollowUpForm
from lotse.web.processes.page import find, show_process
from lotse.web.shared.edit import status_of, taken
from lotse.web.show import go
from lotse.web.toasts import say


@require_POST
@transaction.atomic
def follow_up(request: DeskRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    was_on = found.follow_up_since is not None
    form = FollowUpForm(request.POST, instance=found)
    values = taken(request, form)
    if values is None:
        return show_process(request, found, follow_up=form, status=status_of(form))
    is_on = bool(values.pop("follow_up", was_on))
    try:
        services.set_follow_up(found, is_on=is_on, values=values, by=request.actor, now=request.now)
    except services.NoDuration:
        form.add_error("follow_up", _(
            "No phase has a duration, so nothing would ever be overdue. Give one a duration first."
        ))  # fmt: skip
        return show_process(request, found, follow_up=form, status=422)
    say(request, _told(is_on=is_on, was_on=was_on))
    return go(request, f"{reverse('process', args=[pk])}#follow-up")


def _told(*, is_on: bool, was_on: bool) -> str:
    if is_on == was_on:
        return _("The follow-up is saved.")
    return _("Follow-up mails go out from now on.") if is_on else _("No follow-up mails any more.")
