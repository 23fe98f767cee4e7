"""Names, companies, addresses and numbers: different spellings, one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel import addresses


@pytest.mark.parametrize(
    "written",
    [
        "+49 171 6783154", "+49 (0) 171 / 678 31 54", "0049 171 6783154", "0171-6783154",
        "(0171) 678 31 54", "0171.678.31.54", "+49171 678 31 54\u00a0", "Tel.: 0171 6783154",
    ],
)  # fmt: skip
def test_one_number_eight_ways_to_write_it(written: str) -> None:
    assert addresses.phone_of(written, "DE") == "+491716783154"


def test_the_country_decides_what_a_national_number_means() -> None:
    assert addresses.phone_of("0664 1234567", "AT") == "+436641234567"
    assert addresses.phone_of("044 668 18 00", "CH") == "+41446681800"
    assert addresses.phone_of("keine", "DE") == ""


def test_a_domain_with_umlauts_is_the_same_as_its_ascii_form() -> None:
    ascii_form = "info@xn--mller-klte-w5a5z.de"

    assert addresses.email_of("info@müller-kälte.de") == ascii_form
    assert addresses.email_of("INFO@xn--mller-klte-w5a5z.de") == ascii_form
    assert addresses.email_of("  jana.probst@nordlicht-optik.EXAMPLE ") == (
        "jana.probst@nordlicht-optik.example"
    )
    assert addresses.email_of("kein-mail") == ""


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Müller GmbH", "gmbh"),
        ("Mueller Gesellschaft mit beschränkter Haftung", "gmbh"),
        ("MÜLLER G.m.b.H.", "gmbh"),
        ("Fa. Müller GmbH", "gmbh"),
        ("Müller GmbH & Co. KG", "gmbh & co kg"),
        ("Müller UG (haftungsbeschränkt)", "ug"),
        ("Müller e.K.", "ek"),
        ("Müller", ""),
    ],
)
def test_a_legal_form_is_a_class_of_its_own(written: str, form: str) -> None:
    assert addresses.company_of(written) == ("mueller", form)


def test_brothers_are_another_firm() -> None:
    assert addresses.company_of("Gebr. Müller GmbH") == ("gebr mueller", "gmbh")


def test_two_kinds_of_apostrophe_make_one_name() -> None:
    assert addresses.name_of("Amy", "D'Unger") == addresses.name_of("Amy", "D’Unger")


def test_a_free_mailer_says_nothing_about_a_company() -> None:
    assert addresses.domain_of("erika@gmx.de") == ""
    assert addresses.domain_of("erika@brise.example") == "brise.example"


def test_a_postcode_is_text() -> None:
    assert addresses.postcode_of(" 01067 ") == "01067"
    assert addresses.postcode_of("sw1a 1aa") == "SW1A1AA"


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    for normalise in (
        addresses.plain,
        addresses.street_of,
        addresses.postcode_of,
        addresses.email_of,
    ):
        assert normalise(normalise(text)) == normalise(text)
