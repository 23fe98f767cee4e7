"""The reminders that lie ahead for a case if nobody does anything: the run's own rules, day after day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lotse.kernel.durations import Duration
from lotse.stages.process.rules.follow_up import Run, Sent, next_mail_on


@dataclass(frozen=True)
class Plan:
    """How the reminders of a process go out: saved, or as somebody is about to save it."""

    interval: Duration
    switched_on_at: datetime | None
    # Whether a new series begins when an appointment or task has passed.
    starts_again: bool


@dataclass(frozen=True)
class Planned:
    """A mail of a series on a day; without a number if there is nobody it could go to."""

    day: date
    number: int | None


def mails_ahead(
    sent: Sent, *, number: int, plan: Plan, run: Run, can_arrive: bool, first: date, last: date
) -> Iterator[Planned]:
    """
    Yield the mails of a series from the run of `first` to that of `last`.

    :param number: how many went out already
    :param can_arrive: whether the receiver still works here; to nobody else a mail is tried, day by
        day, and not sent
    """
    while (day := _next_on(sent, plan, run, first)) is not None and day <= last:
        if can_arrive:
            number += 1
            yield Planned(day, number)
            sent = Sent(sent.started_at, sent.anchor_on or day, day)
        else:
            yield Planned(day, None)
            sent = Sent(sent.started_at, sent.anchor_on, day)
        first = day + timedelta(days=1)


def _next_on(sent: Sent, plan: Plan, run: Run, first: date) -> date | None:
    day = next_mail_on(sent, interval=plan.interval, switched_on_at=plan.switched_on_at, run=run)
    # What was missed is made up by the next run, once.
    return max(day, first) if day else None
