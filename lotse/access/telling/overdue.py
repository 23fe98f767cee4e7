"""The sentence behind "overdue": which phase, how long, since when, what comes next and what would stop it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lotse.access.telling.durations import tell_duration
from lotse.access.telling.when import Reader
from lotse.records.cases.models import Case
from lotse.stages.process.models import Series
from lotse.stages.process.queries.reminders import get_next_mail_on, get_run

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

    @property
    def why(self) -> SafeString:
        """Return the sentence as HTML: the phase, how long it lasts, since when, and until when it was held."""
        values = {
            "phase": self.phase,
            "duration": self.duration,
            "began": self.began,
            "over": self.over,
        }
        parts = [
            _(
                "The phase <b>%(phase)s</b> lasts <b>%(duration)s</b>. Its clock began %(began)s, so"
                " it is over %(over)s."
            )
        ]
        if self.held:
            parts.append(_("A task or an appointment held it until %(held)s."))
        filled = {name: escape(value) for name, value in (values | {"held": self.held}).items()}
        return mark_safe(" ".join(parts) % filled)  # noqa: S308

    @property
    def ends(self) -> str:
        """Return what would end it at once."""
        return _("on a change of phase, a future appointment or a new task made by you")


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
        duration=tell_duration(case.phase.duration) if case.phase.duration else "",
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
