"""Two editors, the same and different fields."""

from hypothesis import given
from hypothesis import strategies as st

from lotse.web.editing.merge import Clash, merge

FIELDS = ("phone", "city", "note")
records = st.fixed_dictionaries({f: st.sampled_from("abc") for f in FIELDS})


def test_different_fields_both_go_through() -> None:
    before = {"phone": "1", "city": "Köln", "note": "a"}

    found = merge(
        before=before,
        mine={**before, "city": "Bonn"},
        now={**before, "phone": "2"},
    )

    assert found.changed == {"city"}
    assert found.clashes == ()


def test_the_same_field_is_shown_with_both_values_and_the_one_before() -> None:
    before = {"phone": "2", "city": "Bonn", "note": "a"}

    found = merge(
        before=before,
        mine={**before, "note": "c", "phone": "3"},
        now={**before, "note": "b"},
    )

    assert found.clashes == (Clash("note", mine="c", now="b", before="a"),)
    assert found.changed == {"phone"}


def test_where_i_give_in_nothing_is_written() -> None:
    before = {"note": "a"}

    found = merge(before=before, mine={"note": "c"}, now={"note": "b"}, theirs=["note"])

    assert (found.changed, found.clashes) == (frozenset(), ())


@given(records, records, records)
def test_nothing_of_the_other_is_taken_back_and_nothing_of_mine_is_lost(
    before: dict[str, str], mine: dict[str, str], now: dict[str, str]
) -> None:
    found = merge(before=before, mine=mine, now=now)

    after = {f: mine[f] if f in found.changed else now[f] for f in FIELDS}
    clashing = {c.field for c in found.clashes}
    for field in FIELDS:
        if now[field] != before[field]:
            assert after[field] == now[field]
        if mine[field] != before[field]:
            assert after[field] == mine[field] or field in clashing
