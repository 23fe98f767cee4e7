"""Conditions: what holds, for values that are there and for those that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.conditions import Condition, Op, is_in_postcode_range

AREAS = {
    "East": ("DE", "01000", "09999"),
    "North": ("DE", "20000", "29999"),
    "Vienna": ("AT", "1010", "1239"),
    "Tyrol": ("AT", "6000", "6999"),
}


@pytest.mark.parametrize(
    ("country", "postcode", "area"),
    [
        ("DE", "01067", "East"),
        ("AT", "1060", "Vienna"),
        ("AT", "6020", "Tyrol"),
        ("DE", "1067", None),
        ("US", "06902", None),
        ("DE", "01067 ", "East"),
        ("DE", "20999", "North"),
    ],
)
def test_postcodes_are_text(country: str, postcode: str, area: str | None) -> None:
    hits = [
        name
        for name, (land, low, high) in AREAS.items()
        if land == country and is_in_postcode_range(postcode, low, high)
    ]

    assert hits == ([area] if area else [])


def test_a_range_of_two_digits_holds_all_postcodes_that_begin_so() -> None:
    assert is_in_postcode_range("29999", "20", "29")
    assert is_in_postcode_range("20095", "20", "29")
    assert not is_in_postcode_range("30159", "20", "29")


def test_is_not_holds_for_what_is_empty() -> None:
    sources: list[dict[str, str | None]] = [{"source": "fair"}, {"source": "web"}, {"source": None}]

    is_not = Condition("source", Op.IS_NOT, "fair")
    none_of = Condition("source", Op.NONE_OF, ["fair", "web"])

    assert [is_not.holds(s) for s in sources] == [False, True, True]
    assert [none_of.holds(s) for s in sources] == [False, False, True]


def test_above_is_strictly_greater() -> None:
    above = Condition("score", Op.ABOVE, 70)

    assert [above.holds({"score": n}) for n in (69, 70, 71)] == [False, False, True]
    assert not above.holds({"score": None})


@given(st.sampled_from(list(Op)), st.one_of(st.none(), st.integers(), st.text()))
def test_conditions_survive_being_stored(op: Op, value: object) -> None:
    condition = Condition("value", op, value)

    assert Condition.from_data(condition.to_data()) == condition
