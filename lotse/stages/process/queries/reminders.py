"""Reads for the reminders of overdue cases: the run, who is due today, and what stops a mail."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, OuterRef, Q, Subquery

from lotse.kernel.facts import FACTS
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry, journal_name
from lotse.records.outbox.models import Message
from lotse.stages.process.models import ReminderText, Series
from lotse.stages.process.rules import follow_up as rules
from lotse.stages.process.rules.follow_up import Run

# What has begun to leave, or waits for it: no second mail beside it.
UNDER_WAY = (Message.State.READY, Message.State.SENDING)
# What the run needs to know of a series: the rest of a case and of a person is much more.
_NEEDED = (
    "case_id", "assignee_id", "started_at", "anchor_on", "last_on", "sent", "is_again", "last_message_id",
    "case__process", "case__process__interval_number", "case__process__interval_unit",
    "case__process__follow_up_since", "case__process__starts_again",
    "assignee__email", "assignee__language", "assignee__is_active",
)  # fmt: skip


def get_run() -> Run:
    """Return when the daily run is, as set."""
    return Run(time.fromisoformat(settings.FOLLOW_UP_TIME), ZoneInfo(settings.FOLLOW_UP_ZONE))


def get_due_series(*, day: date, now: datetime) -> Iterable[Series]:
    """Yield the series whose next mail goes out with the run of this day."""
    run = get_run()
    standing = Series.objects.filter(
        ended_at=None,
        case__closed_at=None,
        case__overdue_at__lte=now,
        case__process__follow_up_since__lte=now,
        case__assignee=F("assignee"),
    ).exclude(last_message__state__in=UNDER_WAY)
    allowed = standing.filter(Q(is_again=False) | Q(case__process__starts_again=True))
    with_all = allowed.select_related("case__process", "assignee").only(*_NEEDED).order_by("id")
    for series in with_all.iterator(chunk_size=2000):
        next_on = get_next_mail_on(series, run=run)
        if next_on is not None and next_on <= day:
            yield series


def get_next_mail_on(series: Series, *, run: Run) -> date | None:
    """Return the day of the next mail of a series; None if none will come."""
    process = series.case.process
    if process is None or (series.is_again and not process.starts_again):
        return None
    return rules.next_mail_on(
        series.progress,
        interval=process.interval,
        switched_on_at=process.follow_up_since,
        run=run,
    )


def get_reminder_after(series: Series, *, now: datetime) -> datetime | None:
    """Return when the mail after the one that is sent now would go out."""
    process, run = series.case.process, get_run()
    if process is None:
        return None
    today = run.day_of(now)
    sent = rules.Sent(series.started_at, series.anchor_on or today, today)
    day = rules.next_mail_on(
        sent, interval=process.interval, switched_on_at=process.follow_up_since, run=run
    )
    return run.moment_of(day) if day else None


def get_stopped(series_ids: Mapping[int, int], *, now: datetime) -> dict[int, str]:
    """
    Return which of these messages must not leave at this moment, with the code that says why.

    `series_ids` holds the number of the series of each message.
    """
    wanted = set(series_ids.values())
    found = Series.objects.select_related("case__process", "assignee").in_bulk(wanted)
    reasons = {
        message_id: _why_stopped(found.get(series_id), message_id, now=now)
        for message_id, series_id in series_ids.items()
    }
    return {message_id: reason for message_id, reason in reasons.items() if reason}


def _why_stopped(series: Series | None, message_id: int, *, now: datetime) -> str | None:
    # The case is asked as well as the series: the look that ends a series may be a moment away.
    if series is None or series.ended_at or series.case.assignee_id != series.assignee_id:
        return rules.ENDED
    if series.last_message_id not in (message_id, None):
        return rules.OVERTAKEN
    case, process = series.case, series.case.process
    if not case.is_overdue(now) or case.phase_entered_at != series.phase_entered_at:
        return rules.NOT_OVERDUE
    if process is None or process.follow_up_since is None:
        return rules.SWITCHED_OFF
    return None if series.assignee.is_active else rules.INACTIVE


def get_reminder_text(process_id: int | None, language: str) -> ReminderText | None:
    """Return what the reminders of a process say in a language, if not the standard text."""
    return ReminderText.objects.filter(process=process_id, language=language).first()


def get_reminder_texts(
    process_ids: Iterable[int | None],
) -> dict[tuple[int | None, str], ReminderText]:
    """Return what the reminders of these processes say, by process and language."""
    found = ReminderText.objects.filter(process__in=[pk for pk in process_ids if pk])
    return {(text.process_id, text.language): text for text in found}


def get_latest_work(case_ids: Sequence[int]) -> dict[int, Entry]:
    """Return what was done last on each of these cases, where anything was."""
    noted = [kind for kind, fact in FACTS.items() if not fact.counts_as_work]
    about = Entry.objects.filter(about_type=journal_name(Case), about_id=OuterRef("pk"))
    latest = about.exclude(kind__in=noted).order_by("-id").values("pk")[:1]
    ids = Case.objects.filter(pk__in=case_ids).values_list(Subquery(latest), flat=True)
    return {e.about_id: e for e in Entry.objects.filter(pk__in=[pk for pk in ids if pk])}
