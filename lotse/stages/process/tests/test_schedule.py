"""The days of the reminders, against a model of the rules that counts days one by one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice, takewhile
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from lotse.kernel.durations import Duration, Unit
from lotse.stages.process.rules.follow_up import Run, Sent, next_mail_on

DAY = timedelta(days=1)
ZONES = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia",
         "Australia/Lord_Howe", "America/St_Johns"]  # fmt: skip

runs = st.builds(
    Run, st.times().map(lambda t: t.replace(microsecond=0)), st.sampled_from(ZONES).map(ZoneInfo)
)
moments = st.datetimes(datetime(2023, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
intervals = st.builds(
    Duration, st.integers(1, 14), st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH])
)


def grid(anchor: date, interval: Duration) -> Iterator[date]:
    """Yield the days of a series, reckoned by stepping through the calendar."""
    for n in count():
        if interval.unit == Unit.MONTH:
            yield same_day_months_later(anchor, n * interval.number)
        else:
            yield anchor + n * interval.number * (7 if interval.unit == Unit.WEEK else 1) * DAY


def same_day_months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return min(last, first + (day.day - 1) * DAY)


def days_of(sent: Sent, interval: Duration, since: datetime, run: Run, number: int) -> list[date]:
    """Return the days of the next mails if every run happens and every mail arrives."""
    found: list[date] = []
    for _ in range(number):
        day = next_mail_on(sent, interval=interval, switched_on_at=since, run=run)
        assert day is not None
        found.append(day)
        sent = Sent(sent.started_at, sent.anchor_on or day, day)
    return found


@given(moments, intervals, runs)
@example(
    datetime(2024, 2, 28, 12, tzinfo=UTC), Duration(12, Unit.MONTH), Run(time(7), ZoneInfo("UTC"))
)
@example(
    datetime(2026, 1, 30, 12, tzinfo=UTC), Duration(1, Unit.MONTH), Run(time(7), ZoneInfo("UTC"))
)
@example(
    datetime(2026, 3, 28, 23, 30, tzinfo=UTC),
    Duration(1, Unit.DAY),
    Run(time(2, 30), ZoneInfo("Europe/Berlin")),
)
def test_undisturbed_the_first_comes_on_the_day_after_and_the_others_on_its_grid(
    started_at: datetime, interval: Duration, run: Run
) -> None:
    long_ago = started_at - timedelta(days=400)

    found = days_of(Sent(started_at), interval, long_ago, run, 15)

    day_after = started_at.astimezone(run.zone).date() + DAY
    assert found == list(islice(grid(day_after, interval), 15))


@given(moments, intervals, runs, st.sets(st.integers(0, 120)), st.integers(-10, 60))
def test_whatever_is_missed_or_refused_no_day_has_two_and_one_makes_up_for_all_that_was_missed(
    started_at: datetime, interval: Duration, run: Run, silent: set[int], switched_on_after: int
) -> None:
    """`silent` are the days on which nothing leaves: the server is down, or refuses."""
    begin = started_at.astimezone(run.zone).date()
    since = started_at + switched_on_after * DAY
    on_from = next(d for d in (begin + n * DAY for n in count(-20)) if run.moment_of(d) >= since)

    sent = Sent(started_at)
    found: list[date] = []
    wanted: list[date] = []
    for day in (begin + n * DAY for n in range(121)):
        if (day - begin).days in silent:
            continue
        wish = next_mail_on(sent, interval=interval, switched_on_at=since, run=run)
        assert wish is not None
        if wish <= day and since <= run.moment_of(day):
            found.append(day)
            sent = Sent(started_at, sent.anchor_on or day, day)
        if day < on_from:
            continue
        if not wanted and day > begin:
            wanted.append(day)
        elif wanted:
            until_today = takewhile(day.__ge__, grid(wanted[0], interval))
            due = any(g > wanted[-1] and g >= on_from for g in until_today)
            wanted += [day] if due else []

    assert found == wanted


@given(moments, runs)
def test_the_latest_run_and_the_next_one_stand_on_both_sides_of_a_moment(
    now: datetime, run: Run
) -> None:
    last, following = run.last_day(now), run.first_day_from(now)

    assert run.moment_of(last) <= now < run.moment_of(last + DAY)
    assert run.moment_of(following - DAY) < now <= run.moment_of(following)


def test_switched_off_none_comes() -> None:
    started_at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    run = Run(time(7), ZoneInfo("UTC"))

    day = next_mail_on(
        Sent(started_at), interval=Duration(1, Unit.WEEK), switched_on_at=None, run=run
    )

    assert day is None
