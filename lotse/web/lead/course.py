"""The course of a case through its phases: how far it is, how long it stayed, what is over time; plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access.telling.when import span
from lotse.kernel.durations import Duration, Unit
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase

_HOURS = {Unit.HOUR: 1, Unit.DAY: 24, Unit.WEEK: 7 * 24, Unit.MONTH: 30 * 24}


@dataclass(frozen=True)
class Leg:
    """One phase of the course; `share` and `over` are the filled parts of its bar in percent."""

    name: str
    colour: str
    state: str
    text: str
    is_current: bool = False
    share: int = 0
    over: int = 0


def course(
    case: Case, phases: Sequence[Phase], stays: Mapping[int, timedelta], *, now: datetime
) -> list[Leg]:
    """Return the legs of a case's process, in order; `stays` says how long it was in phases it left."""
    here = next((p.position for p in phases if p.pk == case.phase_id), -1)
    return [_leg(case, phase, stays.get(phase.pk), here, now) for phase in phases]


def _leg(case: Case, phase: Phase, stay: timedelta | None, here: int, now: datetime) -> Leg:
    if phase.pk == case.phase_id:
        return _current(case, phase, now)
    if stay is not None:
        return Leg(phase.name, phase.colour, "done", span(stay), share=100)
    skipped = phase.position < here
    text = _("skipped") if skipped else told(phase.duration)
    return Leg(phase.name, phase.colour, "ahead", text)


def _current(case: Case, phase: Phase, now: datetime) -> Leg:
    until = case.closed_at or now
    began = case.clock_from or case.phase_entered_at or until
    spent = max(until - began, timedelta())
    late = case.is_overdue(now) and not case.is_closed
    share, over = _parts(began, case.due_at, until)
    return Leg(
        phase.name,
        phase.colour,
        "late" if late else "now",
        told_share(spent, phase.duration),
        is_current=not case.is_closed,
        share=share if late or over == 0 else 100,
        over=over if late else 0,
    )


def _parts(began: datetime, due: datetime | None, until: datetime) -> tuple[int, int]:
    """Return how much of the bar is used, and how much of it lies beyond the duration."""
    if due is None or due <= began:
        return 100, 0
    spent, allowed = (until - began).total_seconds(), (due - began).total_seconds()
    if spent <= allowed:
        return max(round(100 * spent / allowed), 2), 0
    within = min(max(round(100 * allowed / spent), 10), 95)
    return within, 100 - within


def told(duration: Duration | None) -> str:
    """Return a duration in words: "2 days"; '' where there is none."""
    if duration is None:
        return ""
    values = {"number": duration.number}
    match duration.unit:
        case Unit.HOUR:
            return ngettext("%(number)d hour", "%(number)d hours", duration.number) % values
        case Unit.DAY:
            return ngettext("%(number)d day", "%(number)d days", duration.number) % values
        case Unit.WEEK:
            return ngettext("%(number)d week", "%(number)d weeks", duration.number) % values
        case _:
            return ngettext("%(number)d month", "%(number)d months", duration.number) % values


def told_share(spent: timedelta, duration: Duration | None) -> str:
    """Return how much of a duration is used, in its unit: "5 of 2 days"."""
    if duration is None:
        return span(spent)
    number = duration.number
    units = int(spent.total_seconds() // 3600) // _HOURS[duration.unit]
    values = {"spent": units, "number": number}
    match duration.unit:
        case Unit.HOUR:
            return (
                ngettext("%(spent)d of %(number)d hour", "%(spent)d of %(number)d hours", number)
                % values
            )
        case Unit.DAY:
            return (
                ngettext("%(spent)d of %(number)d day", "%(spent)d of %(number)d days", number)
                % values
            )
        case Unit.WEEK:
            return (
                ngettext("%(spent)d of %(number)d week", "%(spent)d of %(number)d weeks", number)
                % values
            )
        case _:
            return (
                ngettext("%(spent)d of %(number)d month", "%(spent)d of %(number)d months", number)
                % values
            )
