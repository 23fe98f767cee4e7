"""The daily run: puts a mail into the outbox for each series that is due, and notes what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from lotse.kernel.actors import SYSTEM
from lotse.kernel.reasons import Reason, because
from lotse.records.journal.services import Line, record_all
from lotse.records.outbox.models import Message
from lotse.records.outbox.rules import CAME_BACK
from lotse.records.outbox.rules import INACTIVE as OUTBOX_INACTIVE
from lotse.stages.process.facts import NotReminded, Reminded
from lotse.stages.process.models import FollowUpRun, Series
from lotse.stages.process.queries.reminders import get_due_series, get_run, get_stopped
from lotse.stages.process.rules import follow_up as rules

KIND = "follow-up"
# Somebody sends a text to themselves to see it.
TEST = "follow-up-test"
BATCH = 5000
# Nobody knows whether a mail in doubt arrived; that it may have is what counts for the next one.
ARRIVED = (Message.State.SENT, Message.State.UNKNOWN)


def run_due(*, now: datetime) -> int:
    """
    Do the latest run that is due, if nobody did it yet; return how many mails it planned.

    Runs that were missed are not made up one by one: the latest finds every series that has waited.
    """
    day = get_run().last_day(now)
    if FollowUpRun.objects.filter(day__gte=day).exists():
        return 0
    try:
        with transaction.atomic():
            return _run(day, now=now)
    except IntegrityError:
        # Another worker claimed the day in this very moment.
        if FollowUpRun.objects.filter(day=day).exists():
            return 0
        raise


def _run(day: date, *, now: datetime) -> int:
    run = FollowUpRun.objects.create(day=day, ran_at=now)
    series = list(get_due_series(day=day, now=now))
    messages = [_message(one, day=day, now=now) for one in series]
    Message.objects.bulk_create(messages, batch_size=2000)
    _point(series, day=day)

    skipped = [m for m in messages if m.state == Message.State.SKIPPED]
    note_settled(skipped, now)
    run.planned, run.skipped = len(messages) - len(skipped), len(skipped)
    run.save(update_fields=["planned", "skipped"])
    return len(messages)


def _point(series: Sequence[Series], *, day: date) -> None:
    """Let each series know its message of a day, which it finds by the key."""
    key = Concat(Value(f"{KIND}:"), Cast(OuterRef("pk"), CharField()), Value(f":{day.isoformat()}"))
    mine = Message.objects.filter(key=key).values("pk")[:1]
    for start in range(0, len(series), BATCH):
        some = [one.pk for one in series[start : start + BATCH]]
        Series.objects.filter(pk__in=some).update(last_message=Subquery(mine), last_on=day)


def _message(series: Series, *, day: date, now: datetime) -> Message:
    """Return the mail of a series for a day; one that has nobody to go to is skipped and shown."""
    to = series.assignee
    ready = Message(
        key=f"{KIND}:{series.pk}:{day.isoformat()}",
        kind=KIND,
        to_user=to,
        to_address=to.email,
        language=to.language,
        case_id=series.case_id,
        data={"series_id": series.pk, "number": series.sent + 1},
        doubt=Message.Doubt.RESEND,
        created_at=now,
        not_before=now,
    )
    if not to.is_active:
        ready.state, ready.answer, ready.settled_at = Message.State.SKIPPED, rules.INACTIVE, now
    return ready


def check(messages: Sequence[Message], now: datetime) -> dict[int, str]:
    """Say which mails are not to leave any more, looked at again in the moment of sending."""
    return get_stopped({m.pk: _series_id(m) for m in messages}, now=now)


def note_settled(messages: Sequence[Message], now: datetime) -> None:
    """Note in series and journal which mails were sent, and which were due but not sent."""
    series = Series.objects.select_related("case").in_bulk([_series_id(m) for m in messages])
    told = [(m, series[_series_id(m)]) for m in messages if _series_id(m) in series]
    arrived = [(m, one) for m, one in told if m.state in ARRIVED]
    _count(arrived, on=get_run().day_of(now))
    record_all(_lines(told), by=SYSTEM, at=now)


def _count(arrived: Sequence[tuple[Message, Series]], *, on: date) -> None:
    # Those that say the same are written at once: in the first weeks of a series, that is nearly all.
    same: dict[tuple[int, date, date], list[int]] = defaultdict(list)
    for message, one in arrived:
        # One that failed and was sent once more, by hand, is still the same mail.
        one.sent = max(one.sent, message.data["number"])
        # The day of the first mail that was really sent: all others are reckoned from it.
        one.anchor_on = one.anchor_on or on
        one.last_on = max(one.last_on or on, on)
        same[one.sent, one.anchor_on, one.last_on].append(one.pk)
    for (sent, anchor_on, last_on), ids in same.items():
        Series.objects.filter(pk__in=ids).update(sent=sent, anchor_on=anchor_on, last_on=last_on)


def _lines(told: Iterable[tuple[Message, Series]]) -> Iterable[Line]:
    for message, series in told:
        to = series.assignee_id
        if message.state in ARRIVED:
            yield Line(Reminded(number=message.data["number"], person_id=to), about=series.case)
        elif reason := _why_not(message, to):
            yield Line(NotReminded(person_id=to), about=series.case, reasons=[reason])


def _why_not(message: Message, person_id: int) -> Reason | None:
    """Return the reason that is worth a line; that a mail was overtaken by what happened is not."""
    if message.state == Message.State.REJECTED:
        return because(rules.REFUSED)
    if message.state == Message.State.BOUNCED or message.answer == CAME_BACK:
        return because(CAME_BACK)
    gone = message.answer in (rules.INACTIVE, OUTBOX_INACTIVE)
    return because(rules.INACTIVE, person_id=person_id) if gone else None


def _series_id(message: Message) -> int:
    return int(message.data["series_id"])
