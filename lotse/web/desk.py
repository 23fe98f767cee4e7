"""What every page is handed: a request that knows who asks, when, and in which language and zone."""

from collections.abc import Callable
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django_htmx.middleware import HtmxDetails

from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer, get_viewer
from lotse.kernel import clock
from lotse.records.activities.holds import zone_of
from lotse.records.people.models import User


class DeskRequest(HttpRequest):
    """A request of somebody who signed in."""

    actor: Viewer
    now: datetime
    zone: ZoneInfo
    reader: Reader
    user: User
    htmx: HtmxDetails


def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Read the clock once, and let the reader's language and zone hold for the whole request."""

    def serve(request: HttpRequest) -> HttpResponseBase:
        desk = cast("DeskRequest", request)
        desk.now = clock.read()
        if not request.user.is_authenticated:
            return get_response(request)

        user = desk.user
        desk.actor = get_viewer(user)
        desk.zone = zone_of(user)
        desk.reader = Reader(user.language, desk.zone, desk.now)
        translation.activate(user.language)
        desk.LANGUAGE_CODE = user.language
        with timezone.override(desk.zone):
            return get_response(request)

    return serve
