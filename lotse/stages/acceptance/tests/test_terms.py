"""By when an offer is to be answered."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.working_time import WorkingTime
from lotse.stages.acceptance.rules.terms import reckon, set_term

BERLIN = ZoneInfo("Europe/Berlin")
WHIT_MONDAY = date(2026, 5, 25)
OFFICE = WorkingTime(
    BERLIN,
    week={day: [(time(9), time(17))] for day in range(5)},
    closed={WHIT_MONDAY: "Whit Monday", date(2026, 5, 24): "Whit Sunday"},
)
TUESDAYS = WorkingTime(BERLIN, week={1: [(time(8), time(17))]})
ALWAYS = WorkingTime(BERLIN)


def test_an_evening_a_weekend_and_a_closed_day_do_not_count() -> None:
    friday = datetime(2026, 5, 22, 14, 30, tzinfo=UTC)

    term = set_term(since=friday, open_hours=24, hours=OFFICE)

    assert term.deadline_at == datetime(2026, 5, 28, 14, 30, tzinfo=UTC)
    codes = {r.code: dict(r.values) for r in term.reasons}
    assert codes["acceptance.closed_day"] == {"day_on": "2026-05-25", "name": "Whit Monday"}


def test_a_closed_day_that_is_closed_anyway_is_no_reason() -> None:
    friday = datetime(2026, 5, 22, 14, 30, tzinfo=UTC)

    term = set_term(since=friday, open_hours=24, hours=OFFICE)

    assert [r.values.get("name") for r in term.reasons if r.code == "acceptance.closed_day"] == [
        "Whit Monday"
    ]


def test_an_offer_of_a_saturday_begins_to_count_on_the_next_open_day() -> None:
    saturday = datetime(2026, 5, 23, 10, 0, tzinfo=UTC)

    term = set_term(since=saturday, open_hours=24, hours=OFFICE)

    assert term.deadline_at == datetime(2026, 5, 28, 15, 0, tzinfo=UTC)


def test_whoever_opens_on_tuesdays_only_has_three_of_them() -> None:
    wednesday = datetime(2026, 6, 3, 8, 0, tzinfo=UTC)

    term = set_term(since=wednesday, open_hours=24, hours=TUESDAYS)

    assert term.deadline_at == datetime(2026, 6, 23, 12, 0, tzinfo=UTC)


def test_without_hours_every_hour_counts() -> None:
    saturday = datetime(2026, 5, 23, 10, 0, tzinfo=UTC)

    term = set_term(since=saturday, open_hours=24, hours=ALWAYS)

    assert term.deadline_at == saturday + timedelta(hours=24)
    assert term.remind_at == saturday + timedelta(hours=18)


def test_a_calendar_that_never_opens_does_not_hold_a_lead_for_ever() -> None:
    closed = {date(2026, 1, 6) + timedelta(days=7 * week): "closed" for week in range(250)}
    never = WorkingTime(BERLIN, week=TUESDAYS.week, closed=closed)
    monday = datetime(2026, 6, 8, 8, 0, tzinfo=UTC)

    end, reasons = reckon(since=monday, open_hours=24, hours=never)

    assert end == monday + timedelta(hours=24)
    assert reasons[0].code == "acceptance.never_open"


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(
    lambda m: m.replace(tzinfo=UTC)
)


@given(moments, st.integers(1, 200), st.sampled_from([OFFICE, TUESDAYS, ALWAYS]))
def test_the_reminder_lies_between_the_offer_and_its_end(
    since: datetime, open_hours: int, hours: WorkingTime
) -> None:
    term = set_term(since=since, open_hours=open_hours, hours=hours)

    assert term.deadline_at >= since + timedelta(hours=open_hours)
    assert term.remind_at is None or since < term.remind_at < term.deadline_at


@given(moments, st.integers(1, 60), st.sampled_from([OFFICE, TUESDAYS]))
def test_more_hours_never_end_sooner(since: datetime, open_hours: int, hours: WorkingTime) -> None:
    sooner, _ = reckon(since=since, open_hours=open_hours, hours=hours)
    later, _ = reckon(since=since, open_hours=open_hours + 1, hours=hours)

    assert sooner < later
    assert hours.is_open(sooner - timedelta(minutes=1))
