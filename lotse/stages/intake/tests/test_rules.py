"""What an arrival says: read, judged, and never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.stages.intake import rules
from lotse.stages.intake.rules import LIMITS, country_of, money_of, split_name, understand


def codes(**fields: object) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in understand(fields).faults]


@pytest.mark.parametrize("field", rules.NAMED_BY)
def test_one_of_name_company_email_and_phone_is_enough(field: str) -> None:
    value = {"email": "a@b.example", "phone": "040 123456"}.get(field, "Petersen")

    assert codes(**{field: value}) == []


def test_nobody_is_no_lead() -> None:
    assert codes(city="Kiel", note="Please call") == [("last_name", rules.NOBODY)]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("email", "jana(at)brise", rules.EMAIL),
        ("phone", "on request", rules.PHONE),
        ("country", "Atlantis", rules.COUNTRY),
        ("value", "a lot", rules.VALUE),
        ("value", "-5", rules.VALUE),
        ("value", "1e30", rules.VALUE),
        ("value", "NaN", rules.VALUE),
        ("company", "x" * 161, rules.TOO_LONG),
    ],
)
def test_a_value_that_makes_no_sense_is_named(field: str, value: str, code: str) -> None:
    assert codes(last_name="Petersen", **{field: value}) == [(field, code)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("16800", "16800"),
        ("2.300,50 €", "2300.50"),
        ("EUR 1,200.00", "1200"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("12,500", "12500"),
        ("1500.5", "1500.5"),
        ("1'500.00 CHF", "1500"),
    ],
)
def test_money_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert money_of(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "code"), [("de", "DE"), ("Deutschland", "DE"), ("Germany", "DE"), ("Österreich", "AT"), ("UK", "GB"), ("Switzerland", "CH"), ("", ""), ("XX", "")]
)  # fmt: skip
def test_a_country_is_known_by_its_letters_and_its_names(text: str, code: str) -> None:
    assert country_of(text) == code


@pytest.mark.parametrize(
    ("name", "salutation", "title", "first", "last"),
    [
        ("Anna Berg", "", "", "Anna", "Berg"),
        ("Frau Dr. Anna von Berg", "Frau", "Dr.", "Anna", "von Berg"),
        ("Berg, Anna", "", "", "Anna", "Berg"),
        ("Madonna", "", "", "", "Madonna"),
        ("Jan Peter de la Cruz", "", "", "Jan Peter", "de la Cruz"),
    ],
)
def test_a_whole_name_is_split(
    name: str, salutation: str, title: str, first: str, last: str
) -> None:
    assert split_name(name) == {
        "salutation": salutation, "title": title, "first_name": first, "last_name": last,
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from([*LIMITS, "name", "value", "other"]), st.text(max_size=300)))
def test_whatever_comes_in_is_read_and_fits_its_columns(fields: dict[str, str]) -> None:
    read = understand(fields)

    if not read.faults:
        assert all(len(str(read.values[n])) <= limit for n, limit in LIMITS.items())
        assert any(read.values[n] for n in rules.NAMED_BY)
    assert all(fault.reason.code for fault in read.faults)


@given(st.text(max_size=60))
def test_reading_money_never_fails(text: str) -> None:
    amount = money_of(text)

    assert amount is None or amount.is_finite()
