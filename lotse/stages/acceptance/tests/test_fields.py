"""Which values differ, and that none is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.stages.acceptance.rules.fields import (
    FIELDS,
    Beside,
    Decision,
    Source,
    State,
    Undecided,
    compare,
    decide,
)


def states(lead: dict[str, str], known: dict[str, str]) -> dict[str, State]:
    return {b.field: b.state for b in compare(lead, known, home_country="DE")}


def test_spelling_alone_is_no_difference() -> None:
    lead = {
        "first_name": "jana ", "last_name": "PROBST", "email": " jana.probst@Optik.EXAMPLE",
        "phone": "0171 / 678 31 54", "street": "Hauptstr. 3", "city": "Koeln",
    }  # fmt: skip
    known = {
        "first_name": "Jana", "last_name": "Probst", "email": "Jana.Probst@optik.example",
        "phone": "+49 171 6783154", "street": "Hauptstraße 3", "city": "Köln",
    }  # fmt: skip

    assert set(states(lead, known).values()) == {State.AGREES}


def test_the_number_of_a_lead_may_be_known_as_the_mobile_one() -> None:
    known = {"phone": "0431 5550142", "mobile": "0171 6783154"}

    assert states({"phone": "+49 171 6783154"}, known) == {"phone": State.AGREES}
    assert states({"phone": "0431 5550199"}, known) == {"phone": State.DIFFERS}


def test_what_was_not_known_is_added_and_what_the_lead_leaves_out_is_not_asked() -> None:
    found = states({"city": "Kiel", "street": " "}, {"street": "Gutenbergstraße 31"})

    assert found == {"city": State.NEW}


def test_a_difference_has_to_be_decided() -> None:
    beside = compare({"city": "Kiel"}, {"city": "Bonn"}, home_country="DE")

    with pytest.raises(Undecided) as refused:
        decide(beside, {})

    assert refused.value.fields == ("city",)


def test_a_typed_value_keeps_both_others() -> None:
    beside = [Beside("city", known="Bonn", lead="Kiel", state=State.DIFFERS)]

    [change] = decide(beside, {"city": Decision(Source.TYPED, "Köln")})

    assert (change.value, change.former, change.refused) == ("Köln", "Bonn", "Kiel")


texts = st.text("abcdäöü019 .-@", max_size=12)
records = st.fixed_dictionaries(dict.fromkeys(FIELDS, texts))


@given(records, records, st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(Source)))
def test_every_value_that_differs_is_written_or_kept(
    lead: dict[str, str], known: dict[str, str], sources: dict[str, Source]
) -> None:
    beside = compare(lead, known, home_country="DE")
    decisions = {name: Decision(sources.get(name, Source.KNOWN), "typed") for name in FIELDS}

    by_field = {c.field: c for c in decide(beside, decisions)}

    for one in beside:
        if one.state == State.DIFFERS:
            change = by_field[one.field]
            assert {one.known, one.lead} <= {change.value, change.former, change.refused}


@given(records)
def test_nothing_differs_from_itself(record: dict[str, str]) -> None:
    beside = compare(record, record, home_country="DE")

    assert decide(beside, {}) == []
