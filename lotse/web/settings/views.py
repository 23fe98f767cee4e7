"""The page all settings begin at: what there is to set, as far as the viewer may."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.access.policy import Right
from lotse.web.desk import DeskRequest
from lotse.web.settings.places import open_to
from lotse.web.shared.doors import may_any
from lotse.web.show import show


@require_safe
def index(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.SETTINGS, Right.PEOPLE)
    context = {"settings_places": open_to(request.actor), "crumb": _("Settings")}
    return show(request, "settings/index.html", context)
