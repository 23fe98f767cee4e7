"""What damage in cells is mended, and what is told because nobody can mend it but a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.stages.intake.files import faults
from lotse.stages.intake.files.mending import harmless
from lotse.stages.intake.files.understanding import Understood, understand
from lotse.stages.intake.files.values import Notation, amount_in
from lotse.stages.intake.rules import money_of


def read(notation: Notation | None = None, **cells: str) -> Understood:
    return understand(cells, notation or Notation())


@pytest.mark.parametrize(
    ("cell", "country", "phone"),
    [
        ("0351 4567890", "DE", "0351 4567890"),
        ("491713920031", "DE", "+491713920031"),
        ("1713920088", "DE", "1713920088"),
        ("'+491713920041", "DE", "+491713920041"),
        ("p:+496990009087", "DE", "+496990009087"),
        ("001 212 3686031", "US", "+1 212 3686031"),
    ],
)
def test_phones_stay_as_they_were_written_but_for_a_lost_plus(
    cell: str, country: str, phone: str
) -> None:
    assert read(phone=cell, country=country).fields["phone"] == phone


def test_a_phone_whose_last_digits_are_lost_is_told() -> None:
    [fault] = read(phone="4,91713E+11").faults

    assert (fault.field, fault.code, fault.value) == ("phone", faults.DIGITS_LOST, "4,91713E+11")


@pytest.mark.parametrize(
    ("cell", "country", "postcode"),
    [("1067", "Deutschland", "01067"), ("1010", "AT", "1010"), ("EH1 2EP", "GB", "EH1 2EP"), ("01067", "", "01067")],
)  # fmt: skip
def test_a_german_postcode_gets_its_zero_back(cell: str, country: str, postcode: str) -> None:
    assert read(postcode=cell, country=country).fields["postcode"] == postcode


@pytest.mark.parametrize(
    ("cell", "decimal", "amount"),
    [
        ("2.500,50", "", "2500.50"),
        ("12.500,00 €", "", "12500.00"),
        ("99.9", "", "99.9"),
        ("$1,234.50", "", "1234.50"),
        ("1.500", "", "1500"),
        ("1.500", ".", "1.500"),
        ("1,500", ",", "1.500"),
        ("1.234.567", "", "1234567"),
        ("5.000,-", "", "5000"),
        ("CHF 3'200", "", "3200"),
        ("auf Anfrage", "", "auf Anfrage"),
    ],
)
def test_amounts_are_read_as_both_languages_write_them(
    cell: str, decimal: str, amount: str
) -> None:
    assert amount_in(cell, Notation(decimal=decimal)) == amount


@given(st.decimals(0, 9_999_999, places=2, allow_nan=False))
def test_an_amount_written_in_german_or_english_is_the_same(amount: object) -> None:
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))

    assert money_of(amount_in(english, Notation())) == money_of(amount_in(german, Notation()))


@pytest.mark.parametrize(
    ("cell", "day_first", "moment"),
    [
        ("02.03.2026", None, "2026-03-02T00:00:00+01:00"),
        ("3.4.2026", False, "2026-04-03T00:00:00+02:00"),
        ("01/07/2026", True, "2026-07-01T00:00:00+02:00"),
        ("01/07/2026", False, "2026-01-07T00:00:00+01:00"),
        ("12.05.2026 09:00:00", None, "2026-05-12T09:00:00+02:00"),
        ("6/1/2026 3:05 PM", False, "2026-06-01T15:05:00+02:00"),
        ("2024-11-20T07:40:59Z", None, "2024-11-20T07:40:59+00:00"),
        ("2026-03-02 09:15:00", None, "2026-03-02T09:15:00+01:00"),
        ("46087", None, "2026-03-06T00:00:00+01:00"),
    ],
)
def test_days_are_read_in_the_order_of_their_column(
    cell: str, day_first: bool | None, moment: str
) -> None:
    assert read(Notation(day_first=day_first), created_at=cell).fields["created_at"] == moment


@pytest.mark.parametrize(
    ("cell", "code"),
    [("07/30/2026", faults.NO_SUCH_DAY), ("31.02.2026", faults.NO_SUCH_DAY), ("soon", faults.NOT_A_DATE)],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_told_and_not_bent(cell: str, code: str) -> None:
    understood = read(Notation(day_first=True), created_at=cell)

    assert [fault.code for fault in understood.faults] == [code]
    assert "created_at" not in understood.fields


def test_of_two_addresses_in_a_cell_the_first_is_taken() -> None:
    found = read(email="einkauf@tannwerk.example; y@windrad.example")

    assert found.fields["email"] == "einkauf@tannwerk.example"
    assert read(email="Ada Holt <ada@holt.example>").fields["email"] == "ada@holt.example"
    assert read(email="info@müller-kälte.de").fields["email"] == "info@müller-kälte.de"


def test_what_stands_for_nothing_is_nothing() -> None:
    assert read(last_name="n/a", company="k.A.", email="-", phone="#N/A").fields == {}


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30))
def test_no_cell_leaves_as_a_formula(cell: str) -> None:
    out = harmless(cell)

    is_number = out[0] in "+-" and out[1:].replace(" ", "").isdigit()
    assert out[0] not in "=+-@\t\r" or is_number
    assert out.removeprefix("'") == cell.removeprefix("'") or out == f"'{cell}"


@pytest.mark.parametrize("name", ["=10+20+cmd|' /C calc'!A0", "@SUM(1)", "-5 % Skonto?"])
def test_what_was_made_harmless_comes_back_as_it_was(name: str) -> None:
    assert read(company=harmless(name)).fields["company"] == name
