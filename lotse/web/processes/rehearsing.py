"""The rehearsal of reminders: which mails would go out on the days ahead; nothing is written, nothing sent."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.kernel.durations import Duration
from lotse.records.catalog.models import Process
from lotse.stages.process.queries import get_run
from lotse.stages.process.queries.forecast import Ahead, Design, first_day, get_ahead, saved
from lotse.stages.process.rules.forecast import Plan
from lotse.web.desk import DeskRequest
from lotse.web.processes.forms import DurationsForm, FollowUpForm
from lotse.web.processes.page import open_phases
from lotse.web.shared.doors import may_any
from lotse.web.show import show

DAYS = 30
# So many cases of a day are named; all are counted.
NAMED = 20
# Nobody reads more than this, and reckoning it takes seconds.
MOST_MAILS = 20_000
# So many days with mails are shown at first, the others when they are asked for.
AT_FIRST = 4


@dataclass
class Day:
    """What would go out on a day: how many, to whom, and the first of the cases."""

    on: date
    mails: int = 0
    # Mails that nobody would get, for the receiver is not active any more.
    unsent: int = 0
    people: Counter[str] = field(default_factory=Counter)
    named: list[Ahead] = field(default_factory=list)

    @property
    def share(self) -> list[tuple[str, int]]:
        return self.people.most_common(6)

    @property
    def others(self) -> int:
        return max(0, len(self.people) - 6)

    @property
    def more(self) -> int:
        return self.mails + self.unsent - len(self.named)

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= 5


@dataclass(frozen=True)
class Rehearsal:
    days: Sequence[Day]
    cases: int
    people: int
    is_cut: bool

    @property
    def mails(self) -> int:
        return sum(day.mails for day in self.days)

    @property
    def unsent(self) -> int:
        return sum(day.unsent for day in self.days)

    @property
    def busiest(self) -> Day:
        return max(self.days, key=lambda day: day.mails)

    @property
    def busy(self) -> Sequence[Day]:
        return [day for day in self.days if day.mails or day.unsent]

    @property
    def first(self) -> Sequence[Day]:
        return self.busy[:AT_FIRST]

    @property
    def later(self) -> Sequence[Day]:
        return self.busy[AT_FIRST:]


@require_http_methods(["GET", "HEAD", "POST"])
def rehearsal(request: DeskRequest, pk: int) -> HttpResponse:
    """Show it with the settings as they are saved, or as they are sent along and not saved."""
    may_any(request.actor, Right.SETTINGS)
    process = get_object_or_404(Process, pk=pk)
    design = _design(request, process)
    days = 1 if request.GET.get("days") == "1" else DAYS
    ahead = get_ahead(
        process, design=design, days=days, now=request.now,
        see=partial(gate.rows, request.actor, May.SEE),
    )  # fmt: skip
    found = _rehearse(ahead, first=first_day(now=request.now), days=days)
    context = {
        "process": process,
        "rehearsal": found,
        "bars": _bars(found),
        "is_on": design.plan.switched_on_at is not None,
        "is_saved": request.method != "POST",
        "days": days,
        "at": get_run().moment_of(first_day(now=request.now)),
        "reader": request.reader,
        "crumb": _("Rehearsal"),
    }
    return show(request, "processes/rehearsal.html", context)


def _design(request: DeskRequest, process: Process) -> Design:
    standing = saved(process)
    if request.method != "POST":
        return standing
    form = FollowUpForm(request.POST, instance=process)
    durations = DurationsForm(request.POST, instance=process, phases=open_phases(process))
    changed = {p.pk: d for p, d in durations.durations().items() if d != p.duration}
    if "interval_number" not in request.POST:
        return Design(standing.plan, changed)
    form.is_valid()
    # What cannot be read counts as it is saved; what is about to be switched on is on from now.
    typed = form.cleaned_data
    since = (standing.plan.switched_on_at or request.now) if typed.get("follow_up") else None
    again = typed.get("starts_again", standing.plan.starts_again)
    interval: Duration = form.interval()
    return Design(Plan(interval, since, bool(again)), changed)


def _rehearse(ahead: Iterable[Ahead], *, first: date, days: int) -> Rehearsal:
    found = {on: Day(on) for on in (first + timedelta(days=n) for n in range(days))}
    cases: set[int] = set()
    people: set[str] = set()
    for count, one in enumerate(ahead):
        if count >= MOST_MAILS:
            return Rehearsal([*found.values()], len(cases), len(people), is_cut=True)
        day = found[one.day]
        if one.number is None:
            day.unsent += 1
        else:
            day.mails += 1
            day.people[str(one.case.assignee)] += 1
            people.add(str(one.case.assignee))
            cases.add(one.case.pk)
        if len(day.named) < NAMED:
            day.named.append(one)
    return Rehearsal([*found.values()], len(cases), len(people), is_cut=False)


def _bars(found: Rehearsal) -> list[tuple[Day, str, str]]:
    """Return each day with where its bar begins and how high it is, in percent of the busiest."""
    most = max(found.busiest.mails, 1)
    shares = [(day, 96 * day.mails / most) for day in found.days]
    return [(day, f"{100 - share:.1f}%", f"{share:.1f}%") for day, share in shares]
