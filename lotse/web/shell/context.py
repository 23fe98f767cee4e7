"""What the shell around every page shows: places, bell, and which theme."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lotse.records.outbox.models import Notice
from lotse.web.navigation import foot_for, links_for

# More than this is not counted: the bell says "99+".
MOST_COUNTED = 99


def shell(request: HttpRequest) -> dict[str, Any]:
    """Fill the shell for somebody who signed in, and only the company's name for a visitor."""
    company = {"company_name": settings.COMPANY_NAME}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "actor"):
        return company
    if getattr(request, "htmx", False):
        # A part has no shell around it.
        return company

    groups = links_for(request.actor, request.path)
    unread = Notice.objects.filter(user=user, read_at=None)[: MOST_COUNTED + 1].count()
    return {
        **company,
        "places": groups,
        "foot_places": foot_for(groups),
        "unread": unread,
        "team_name": user.partner or user.teams.order_by("-memberships__is_main").first() or "",
    }
