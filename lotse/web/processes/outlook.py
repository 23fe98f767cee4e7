"""When reminders would go out: the days of an example, and what the next run would send now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.kernel.durations import Duration, Unit
from lotse.records.catalog.models import Phase, Process
from lotse.stages.process.queries import get_phases_without_duration, get_run
from lotse.stages.process.queries.forecast import Design, first_day, get_ahead, saved
from lotse.stages.process.rules.follow_up import Sent
from lotse.stages.process.rules.forecast import Plan, mails_ahead

# So many days of the example are shown.
SHOWN = 3
# Beyond this nobody counts: "1.000+".
MOST_COUNTED = 1000
# A change of the clocks is within half a year.
HALF_A_YEAR = 190


@dataclass(frozen=True)
class Outlook:
    """What the tab says of the days to come."""

    # A case of the example becomes overdue today; the days of its mails.
    overdue_on: date
    mails_on: Sequence[date]
    # "every Tuesday", "every 3 days": how it goes on.
    and_on: str
    # When the next run is, on the reader's wall; and from when it is at another hour there.
    next_at: datetime
    in_utc: str
    other_from: date | None
    other_clock: str
    waiting: int
    is_more: bool
    without_duration: Sequence[Phase]


def get_outlook(viewer: Viewer, process: Process, interval: Duration, reader: Reader) -> Outlook:
    """Read it: what the next run would send is counted as the run itself would find it."""
    run = get_run()
    today = run.day_of(reader.now)
    example = mails_ahead(
        Sent(reader.now), number=0, plan=Plan(interval, reader.now, starts_again=True), run=run,
        can_arrive=True, first=today + timedelta(days=1), last=today + timedelta(days=40 * 365),
    )  # fmt: skip
    mails_on = [planned.day for planned, _n in zip(example, range(SHOWN), strict=False)]
    next_at = run.moment_of(first_day(now=reader.now))
    other = _other_clock(next_at, reader)
    waiting = count_next(viewer, process, saved(process), now=reader.now)
    return Outlook(
        overdue_on=today,
        mails_on=mails_on,
        and_on=_and_on(interval, mails_on[0], reader),
        next_at=next_at,
        in_utc=f"{next_at:%H:%M}",
        other_from=reader.day_of(other) if other else None,
        other_clock=reader.clock(other) if other else "",
        waiting=min(waiting, MOST_COUNTED),
        is_more=waiting > MOST_COUNTED,
        without_duration=get_phases_without_duration(process),
    )


def count_next(viewer: Viewer, process: Process, design: Design, *, now: datetime) -> int:
    """Return how many mails the next run would send; one more than is counted means many."""
    count = 0
    see = partial(gate.rows, viewer, May.SEE)
    for ahead in get_ahead(process, design=design, days=1, now=now, see=see):
        count += ahead.number is not None
        if count > MOST_COUNTED:
            break
    return count


def _other_clock(at: datetime, reader: Reader) -> datetime | None:
    # The run is at the same hour of its own zone; where the reader is, the clocks may change.
    run = get_run()
    day = run.day_of(at)
    for ahead in range(1, HALF_A_YEAR):
        moment = run.moment_of(day + timedelta(days=ahead))
        if reader.clock(moment) != reader.clock(at):
            return moment
    return None


def _and_on(interval: Duration, first: date, reader: Reader) -> str:
    if interval == Duration(1, Unit.WEEK):
        return _("every %(weekday)s") % {"weekday": reader.weekday(first)}
    told = {
        Unit.DAY: _("every %(number)s days"),
        Unit.WEEK: _("every %(number)s weeks"),
        Unit.MONTH: _("every %(number)s months"),
    }
    one = {Unit.DAY: _("every day"), Unit.WEEK: _("every week"), Unit.MONTH: _("every month")}
    texts = one if interval.number == 1 else told
    return texts[interval.unit] % {"number": interval.number}
