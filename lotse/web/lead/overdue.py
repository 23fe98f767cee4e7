"""The sentence behind "overdue": which phase, how long, since when, what comes next and what would stop it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lotse.access.telling.when import Reader
from lotse.records.cases.models import Case
from lotse.stages.process.models import Series
from lotse.stages.process.queries.reminders import get_next_mail_on, get_run
from lotse.web.lead.course import told

# From this share of the duration on, the page looks ahead to the day on which the case is due.
NEAR = 0.75


@dataclass(frozen=True)
class Overdue:
    """A case that is overdue, or will be soon."""

    is_overdue: bool
    phase: str
    duration: str
    began: str
    over: str
    since: str
    due_day: str
    overdue_on: str
    days: int
    held: str = ""


def get_overdue(case: Case, reader: Reader) -> Overdue | None:
    """Return what is to be said; None where the case is not near its due date, or nothing counts."""
    if not (case.phase and case.clock_from and case.due_at and case.overdue_at):
        return None
    if not case.is_overdue(reader.now) and not _is_near(case, reader.now):
        return None
    overdue_day = reader.day_of(case.overdue_at)
    return Overdue(
        is_overdue=case.is_overdue(reader.now),
        phase=case.phase.name,
        duration=told(case.phase.duration),
        began=reader.moment(case.clock_from),
        over=reader.moment(case.due_at),
        since=reader.moment(case.overdue_at),
        due_day=reader.day(reader.day_of(case.due_at)),
        overdue_on=reader.date(overdue_day),
        days=(reader.today - overdue_day).days,
        held=reader.moment(case.overdue_at) if case.overdue_at > case.due_at else "",
    )


def _is_near(case: Case, now: datetime) -> bool:
    if case.clock_from is None or case.due_at is None or case.overdue_at != case.due_at:
        return False
    return now >= case.clock_from + (case.due_at - case.clock_from) * NEAR


@dataclass(frozen=True)
class Reminder:
    """A day on which the assignee was reminded, or will be."""

    day: str
    text: str


def get_reminders(case: Case, reader: Reader) -> list[Reminder]:
    """Return the last reminder mail of the series that runs, and the next one."""
    running = Series.objects.select_related("case__process").filter(case=case, ended_at=None)
    series = running.first()
    if series is None:
        return []
    found = []
    if series.last_on:
        count = {"number": series.sent}
        found.append(
            Reminder(reader.date(series.last_on), _("reminder no. %(number)s sent") % count)
        )
    next_on = get_next_mail_on(series, run=get_run())
    if next_on:
        when = {"time": reader.clock(get_run().moment_of(next_on))}
        found.append(Reminder(reader.date(next_on), _("next reminder, %(time)s") % when))
    return found
