"""Reads the calendar of a team or partner as opening hours to reckon with."""

from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings

from lotse.kernel.working_time import Span, WorkingTime
from lotse.records.people.models import OpeningHours


def working_time(hours: OpeningHours | None) -> WorkingTime:
    """Return the opening hours of a calendar; without one, every hour counts."""
    if hours is None:
        return WorkingTime(ZoneInfo(settings.HOME_ZONE))
    return WorkingTime(
        ZoneInfo(hours.zone),
        week={int(day): [_span(s) for s in spans] for day, spans in hours.week.items()},
        closed={closed.day: closed.name for closed in hours.closed_days.all()},
    )


def _span(span: list[str]) -> Span:
    opens, closes = span
    # "24:00" is how people write the midnight at which a day ends.
    return time.fromisoformat(opens), time.fromisoformat("00:00" if closes == "24:00" else closes)
