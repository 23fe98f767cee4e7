"""The same people and companies in many spellings: known where they are the same, and only there."""

from datetime import UTC, datetime

import pytest

from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import save_account, save_contact
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.journal.models import Entry
from lotse.stages.matching.work import work

NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def an_account(name: str, **fields: str) -> Account:
    return save_account(Account(name=name, created_at=NOW, **fields))


def a_contact(**fields: str) -> Contact:
    return save_contact(Contact(created_at=NOW, **fields))


def lead(**fields: str) -> Case:
    """Let a lead come to the stage."""
    [case] = open_cases([Case(created_at=NOW, wake_at=NOW, **fields)])
    work([case], now=NOW)
    case.refresh_from_db()
    return case


def listed(case: Case, side: str = "account") -> list[tuple[int, list[str]]]:
    """Return who was found, best first, each with what differs."""
    basis = Entry.objects.about(case).get(kind="matching.matched").basis or {}
    return [(found["id"], found["differs"]) for found in basis.get(side, ())]


def test_capitals_and_blanks_make_no_second_person() -> None:
    account = an_account("Nordlicht Optik GmbH", postcode="18055", city="Rostock")
    contact = a_contact(
        first_name="Jana", last_name="Probst", email="Jana.Probst@Nordlicht-Optik.example"
    )

    case = lead(
        first_name="jana", last_name="PROBST", email="jana.probst@nordlicht-optik.EXAMPLE",
        company="Nordlicht Optik GmbH", postcode="18055",
    )  # fmt: skip

    assert (case.known_account, case.known_contact) == (account, contact)


@pytest.mark.parametrize(
    "company",
    ["Mueller Gesellschaft mit beschränkter Haftung", "MÜLLER G.m.b.H.", "Müller gmbh", "Fa. Müller GmbH"],
)  # fmt: skip
def test_another_notation_of_the_legal_form_is_the_same_company(company: str) -> None:
    account = an_account("Müller GmbH", postcode="70173", city="Stuttgart", street="Königstr. 1")

    case = lead(company=company, postcode="70173", street="Königstraße 1")

    assert case.known_account == account


@pytest.mark.parametrize(
    "company", ["Müller GmbH & Co. KG", "Müller UG (haftungsbeschränkt)", "Müller e.K."]
)
def test_another_legal_form_is_another_company_and_is_listed(company: str) -> None:
    account = an_account("Müller GmbH", postcode="70173", city="Stuttgart", street="Königstr. 1")

    case = lead(company=company, postcode="70173", street="Königstraße 1")

    assert case.known_account is None
    assert listed(case) == [(account.pk, ["form"])]


def test_the_legal_form_tells_two_companies_of_one_name_apart() -> None:
    limited = an_account("Hellweg Technik GmbH", postcode="59494", city="Soest")
    stock = an_account("Hellweg Technik AG", postcode="59494", city="Soest")

    with_form = lead(company="Hellweg Technik AG", postcode="59494")
    without = lead(company="Hellweg Technik", postcode="59494")
    other = lead(company="Hellweg Technik GmbH & Co. KG", postcode="59494")

    assert with_form.known_account == stock
    assert (without.known_account, other.known_account) == (None, None)
    both = [(limited.pk, ["form"]), (stock.pk, ["form"])]
    assert listed(without) == listed(other) == both


@pytest.mark.parametrize(
    "phone",
    [
        "+49 171 6783154", "+49 (0) 171 / 678 31 54", "0049 171 6783154", "0171-6783154", "(0171) 678 31 54",
        "0171.678.31.54", "+49171 678 31 54\u00a0", "Tel.: 0171 6783154",
    ],
)  # fmt: skip
def test_one_number_is_one_however_it_is_written(phone: str) -> None:
    contact = a_contact(first_name="Ina", last_name="Vogt", phone="+491716783154")

    assert lead(first_name="Ina", last_name="Vogt", phone=phone).known_contact == contact


@pytest.mark.parametrize(
    ("country", "phone", "known"),
    [("AT", "0664 1234567", "+436641234567"), ("CH", "044 668 18 00", "+41446681800")],
)
def test_the_country_decides_how_a_number_is_read(country: str, phone: str, known: str) -> None:
    contact = a_contact(last_name="Vogt", mobile=known)

    assert lead(last_name="Vogt", phone=phone, country=country).known_contact == contact


def test_two_kinds_of_apostrophe_are_one_name() -> None:
    account = an_account("Queen's Garden Ltd", email="shop@queens.example")
    contact = a_contact(first_name="Amy", last_name="D'Unger", email="amy@queens.example")

    case = lead(
        first_name="Amy", last_name="D’Unger", company="Queen’s Garden Ltd",
        email="amy@queens.example",
    )  # fmt: skip

    assert (case.known_account, case.known_contact) == (account, contact)


def test_an_address_with_umlauts_is_the_same_in_its_ascii_form() -> None:
    contact = a_contact(last_name="Kälte", email="info@müller-kälte.de")

    case = lead(last_name="Kälte", email="INFO@xn--mller-klte-w5a5z.de")

    assert case.known_contact == contact


def test_one_name_alone_is_at_most_similar() -> None:
    a_contact(first_name="Sukarno", last_name="Putra", email="hello@x.example")

    case = lead(last_name="Sukarno", email="hello@x.example")

    assert case.known_contact is None
    assert len(listed(case, "contact")) == 1
