"""Opening hours as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.records.people.week import (
    Backwards,
    NoHours,
    Overlapping,
    Spans,
    read_spans,
    write_spans,
)

MINUTES = st.integers(0, 24 * 60)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def days(draw: st.DrawFn) -> Spans:
    """Spans in their order; none touches another."""
    ends = sorted(draw(st.sets(MINUTES, max_size=8)))
    return [[clock(a), clock(b)] for a, b in zip(ends[::2], ends[1::2], strict=False)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("9-17", [["09:00", "17:00"]]),
        ("09:00–12:00, 13:00–17:00", [["09:00", "12:00"], ["13:00", "17:00"]]),
        ("13.30 bis 17 Uhr und 8 bis 12 Uhr", [["08:00", "12:00"], ["13:30", "17:00"]]),
        ("0–24", [["00:00", "24:00"]]),
        ("18:00–0:00", [["18:00", "24:00"]]),
        ("8–12, 12–16", [["08:00", "12:00"], ["12:00", "16:00"]]),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, spans: Spans) -> None:
    assert read_spans(text) == spans


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("mittags", NoHours),
        ("9", NoHours),
        ("9–25", NoHours),
        ("24–25", NoHours),
        ("9:70–12", NoHours),
        ("9–24:30", NoHours),
        ("17–9", Backwards),
        ("9–9", Backwards),
        ("9–13, 12–17", Overlapping),
    ],
)
def test_what_cannot_be_hours_is_refused(text: str, fault: type[ValueError]) -> None:
    with pytest.raises(fault):
        read_spans(text)


@given(days())
def test_what_is_written_is_read_as_the_same(spans: Spans) -> None:
    assert read_spans(write_spans(spans)) == spans
