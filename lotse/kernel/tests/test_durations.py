"""Durations on the calendar: months clamp, days keep the wall's time, hours are hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.durations import Duration, Unit

BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2060, 1, 1), timezones=st.just(UTC)
)
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia"]
)
DURATIONS = st.builds(Duration, st.integers(1, 60), st.sampled_from(list(Unit)))


def test_a_month_after_the_31st_is_the_end_of_a_shorter_month() -> None:
    month = Duration(1, Unit.MONTH)

    assert month.after_day(date(2026, 1, 31)) == date(2026, 2, 28)
    assert month.after_day(date(2028, 1, 31)) == date(2028, 2, 29)
    # From the anchor, not from the clamped day before it.
    assert month.after_day(date(2026, 1, 31), times=2) == date(2026, 3, 31)


def test_a_day_keeps_the_time_on_the_wall_when_the_clock_changes() -> None:
    before = datetime(2026, 3, 28, 9, 30, tzinfo=BERLIN)

    after = Duration(1, Unit.DAY).after(before, zone=BERLIN)

    assert after.astimezone(BERLIN).time() == before.time()
    assert after - before == timedelta(hours=23)


def test_hours_are_hours_also_in_the_night_of_the_change() -> None:
    before = datetime(2026, 10, 24, 22, tzinfo=UTC)

    assert Duration(12, Unit.HOUR).after(before, zone=BERLIN) - before == timedelta(hours=12)


def test_less_than_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Duration(0, Unit.DAY)


@given(MOMENTS, DURATIONS, ZONES)
def test_what_comes_after_comes_after(moment: datetime, duration: Duration, zone: str) -> None:
    assert duration.after(moment, zone=ZoneInfo(zone)) > moment


@given(MOMENTS, MOMENTS, DURATIONS, ZONES)
def test_who_enters_later_is_not_due_earlier(
    one: datetime, other: datetime, duration: Duration, zone: str
) -> None:
    first, second = sorted((one, other))
    # The hour that comes twice in autumn is the only thing that may bring two moments together.
    slack = timedelta(hours=1)

    assert duration.after(first, zone=ZoneInfo(zone)) <= (
        duration.after(second, zone=ZoneInfo(zone)) + slack
    )
