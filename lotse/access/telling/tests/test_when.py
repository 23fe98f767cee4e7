"""Moments in the reader's language and on the wall of the reader's zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from lotse.access.telling.when import Reader, span

NOW = datetime(2026, 7, 10, 8, 42, tzinfo=UTC)
APPOINTMENT = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


def reader(language: str, zone: str) -> Reader:
    return Reader(language, ZoneInfo(zone), NOW)


def test_each_reads_the_own_clock_in_the_own_language() -> None:
    with override("de"):
        assert reader("de", "Europe/Berlin").moment(APPOINTMENT) == "Di 14. Juli, 10:00"
    with override("en"):
        assert reader("en", "Europe/London").moment(APPOINTMENT) == "Tue 14 July, 09:00"


def test_today_is_reckoned_where_the_reader_is() -> None:
    late = datetime(2026, 7, 11, 1, 0, tzinfo=UTC)

    with override("en"):
        in_sao_paulo = Reader("en", ZoneInfo("America/Sao_Paulo"), late)
        assert in_sao_paulo.day(date(2026, 7, 10)) == "today"
        assert reader("en", "Europe/Berlin").day(date(2026, 7, 11)) == "tomorrow"


def test_another_year_is_named() -> None:
    assert reader("de", "Europe/Berlin").date(date(2024, 3, 1)) == "Fr 1. März 2024"


def test_a_narrow_column_cuts_the_month_short() -> None:
    with override("de"):
        berlin = reader("de", "Europe/Berlin")
        assert berlin.short(date(2026, 11, 24)) == "Di 24. Nov."
        assert berlin.short(date(2024, 3, 1)) == "Fr 1. März 2024"
        assert berlin.short(date(2026, 7, 9)) == "gestern"
    with override("en"):
        assert reader("en", "Europe/London").short(date(2026, 11, 24)) == "Tue 24 Nov"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "0 min"),
        (7, "7 min"),
        (60, "1 hr"),
        (102, "1 hr 42 min"),
        (1440, "1 day"),
        (7300, "5 days"),
    ],
)
def test_a_span_is_told_in_the_largest_units(minutes: int, told: str) -> None:
    with override("en"):
        assert span(timedelta(minutes=minutes)) == told
