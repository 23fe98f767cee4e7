"""The week of a person, as an agenda."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lotse.web.calendar.queries import get_week, monday_of
from lotse.web.desk import DeskRequest
from lotse.web.show import show

WEEK = timedelta(days=7)


@require_safe
def week(request: DeskRequest) -> HttpResponse:
    """Show seven days from the Monday of the day in the address, or of today."""
    reader = request.reader
    monday = monday_of(_wanted(request) or reader.today)
    context = {
        "days": get_week(request.actor, monday, reader),
        "number": monday.isocalendar().week,
        "previous": monday - WEEK,
        "next": monday + WEEK,
        "is_this_week": monday == monday_of(reader.today),
    }
    return show(request, "calendar/page.html", context)


def _wanted(request: DeskRequest) -> date | None:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
    # Beyond these years neither the week before nor the one after can be reckoned.
    return day if 1900 < day.year < 2200 else None
