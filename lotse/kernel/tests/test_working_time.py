"""Opening hours: what is counted, what is skipped, and that it never ends too early or too late."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.working_time import NeverOpen, WorkingTime

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = {day: [(time(9), time(17))] for day in range(5)}
WHIT_MONDAY = {date(2026, 5, 25): "Pfingstmontag"}

SPANS = st.tuples(st.integers(0, 22), st.integers(1, 10)).map(
    lambda pair: (time(pair[0]), time(min(pair[0] + pair[1], 23)))
)
WEEKS = st.dictionaries(st.integers(0, 6), SPANS.map(lambda s: [s]), min_size=1)
MOMENTS = st.datetimes(
    min_value=datetime(2024, 1, 1), max_value=datetime(2027, 1, 1), timezones=st.just(UTC)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_twenty_four_hours_over_a_weekend_and_a_holiday() -> None:
    hours = WorkingTime(BERLIN, OFFICE, WHIT_MONDAY)

    assert hours.after(at("2026-05-22 14:30"), timedelta(hours=24)) == at("2026-05-28 14:30")
    assert hours.after(at("2026-05-23 10:00"), timedelta(hours=24)) == at("2026-05-28 15:00")
    assert hours.closed_between(at("2026-05-22 14:30"), at("2026-05-28 14:30")) == [
        (date(2026, 5, 25), "Pfingstmontag")
    ]


def test_open_on_tuesdays_only() -> None:
    hours = WorkingTime(BERLIN, {1: [(time(8), time(17))]})

    assert hours.after(at("2026-06-03 08:00"), timedelta(hours=24)) == at("2026-06-23 12:00")


def test_a_calendar_without_hours_is_always_open() -> None:
    hours = WorkingTime(BERLIN)

    assert hours.after(at("2026-05-23 10:00"), timedelta(hours=24)) == at("2026-05-24 10:00")
    assert hours.is_open(at("2026-05-25 03:00"))


def test_hours_that_never_come_are_an_error_and_no_endless_search() -> None:
    closed = {date(2024, 1, 1) + timedelta(days=n): "zu" for n in range(8 * 366)}

    with pytest.raises(NeverOpen):
        WorkingTime(BERLIN, OFFICE, closed).after(at("2026-05-23 10:00"), timedelta(hours=1))


def test_a_shift_until_midnight_ends_at_midnight() -> None:
    hours = WorkingTime(BERLIN, {4: [(time(18), time(0))]})

    assert hours.after(at("2026-05-22 12:00"), timedelta(hours=6)) == at("2026-05-22 22:00")


@given(WEEKS, MOMENTS, st.integers(1, 60 * 80))
def test_exactly_the_open_minutes_lie_between(
    week: dict[int, list[tuple[time, time]]], start: datetime, minutes: int
) -> None:
    hours = WorkingTime(BERLIN, {d: s for d, s in week.items() if s[0][0] < s[0][1]})
    if hours.is_always_open:
        return

    end = hours.after(start, timedelta(minutes=minutes))

    assert open_time_between(hours, start, end) == timedelta(minutes=minutes)


def open_time_between(hours: WorkingTime, start: datetime, end: datetime) -> timedelta:
    """Add up the open spans day by day: slow, and independent of the code under test."""
    total = timedelta()
    day = start.date() - timedelta(days=1)
    while day <= end.date() + timedelta(days=1):
        for opens, closes in hours.spans_of(day):
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return total
