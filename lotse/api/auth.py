"""How a machine says who it is, and what a request is told of it."""

from datetime import datetime

import structlog
from django.http import HttpRequest
from ninja.security import HttpBearer

from lotse.access.viewer import Viewer, get_machine
from lotse.kernel import clock
from lotse.records.people.keys import find_key
from lotse.records.people.models import ApiKey


class ApiRequest(HttpRequest):
    """What an endpoint is handed: who asks, and when."""

    actor: Viewer
    now: datetime


class KeyAuth(HttpBearer):
    """`Authorization: Bearer lotse_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        key = find_key(token)
        if key is None:
            return None
        now = clock.read()
        if key.last_used_on != now.date():
            # A day is exact enough to find keys nobody uses, and spares a write per request.
            ApiKey.objects.filter(pk=key.key_id).update(last_used_on=now.date())
        # The lines of this request name the key, for there is no user to name.
        structlog.contextvars.bind_contextvars(key=key.key_id)
        viewer = get_machine(key)
        request.actor, request.now = viewer, now  # type: ignore[attr-defined]
        return viewer
