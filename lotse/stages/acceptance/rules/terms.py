"""By when an offer is to be answered and when to remind of it, reckoned in opening hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lotse.kernel.language import mark
from lotse.kernel.reasons import Reason, because, sentence
from lotse.kernel.working_time import NeverOpen, WorkingTime

# One reminder, when so much of the time to answer has passed.
REMIND_AFTER = 0.75

OPEN_HOURS = sentence("acceptance.open_hours", mark("%(hours)s opening hours to answer"))
HOURS = sentence("acceptance.hours", mark("%(hours)s hours to answer; always open"))
INACTIVE = sentence("acceptance.inactive", mark("Whoever was asked is inactive now"))
CLOSED_DAY = sentence("acceptance.closed_day", mark("%(day_on)s does not count: %(name)s"))
NEVER_OPEN = sentence(
    "acceptance.never_open",
    mark("The calendar has no open hour within three years, so every hour counts"),
)


@dataclass(frozen=True)
class Term:
    """The end of an offer, its reminder, and why just then."""

    deadline_at: datetime
    remind_at: datetime | None
    reasons: tuple[Reason, ...]


def set_term(*, since: datetime, open_hours: int, hours: WorkingTime) -> Term:
    """Say by when an offer made at `since` is to be answered."""
    allowed = timedelta(hours=open_hours)
    deadline_at, reasons = reckon(since=since, open_hours=open_hours, hours=hours)
    try:
        remind_at = hours.after(since, allowed * REMIND_AFTER)
    except NeverOpen:
        remind_at = since + allowed * REMIND_AFTER
    is_between = since < remind_at < deadline_at
    return Term(deadline_at, remind_at if is_between else None, reasons)


def reckon(
    *, since: datetime, open_hours: int, hours: WorkingTime
) -> tuple[datetime, tuple[Reason, ...]]:
    """Return the moment at which so many opening hours have passed, and the reasons."""
    allowed = timedelta(hours=open_hours)
    if hours.is_always_open:
        return hours.after(since, allowed), (because(HOURS, hours=open_hours),)
    try:
        end = hours.after(since, allowed)
    except NeverOpen:
        # A lead must not hang for years on somebody's mistake in the settings.
        return since + allowed, (because(NEVER_OPEN), because(HOURS, hours=open_hours))
    skipped = [
        because(CLOSED_DAY, day_on=day.isoformat(), name=name)
        for day, name in skipped_days(since, end, hours)
    ]
    return end, (because(OPEN_HOURS, hours=open_hours), *skipped)


def skipped_days(since: datetime, until: datetime, hours: WorkingTime) -> list[tuple[date, str]]:
    """Return the closed days between two moments that would have been open otherwise."""
    return [
        (day, name)
        for day, name in hours.closed_between(since, until)
        if hours.week.get(day.weekday())
    ]
