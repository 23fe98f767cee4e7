"""The search of cases, accounts and contacts: by the beginning of words, by phone, and by signs."""

import pytest
from django.db.models import Model, QuerySet

from lotse.kernel import clock
from lotse.records.accounts import search
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import save_account, save_contact
from lotse.records.cases.models import Case
from lotse.records.cases.queries import search as search_cases
from lotse.records.cases.services import change, open_cases

pytestmark = pytest.mark.django_db
NOW = clock.read()

# What is typed, and how many of the three records below it must find.
SIGNS = [
    ("max_muster@ex.example", 1), ("100%", 1), ("%", 1), ("_", 1), ("\\", 1),
    ("max-muster@ex.example", 1), ("muster", 2), ("1000 Frisch", 1), ("Frisch", 2), ("frisch gmbh", 2),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "number"), SIGNS)
def test_signs_are_letters_in_the_search_of_cases(typed: str, number: int) -> None:
    companies = ["100% Frisch GmbH", "1000 Frisch GmbH", "a\\b"]
    mails = ["max_muster@ex.example", "max-muster@ex.example"]
    cases = [Case(created_at=NOW, company=c) for c in companies]
    open_cases(cases + [Case(created_at=NOW, email=m) for m in mails])

    assert search_cases(Case.objects.all(), typed).count() == number


@pytest.mark.parametrize(("typed", "number"), SIGNS)
def test_signs_are_letters_in_the_search_of_accounts_and_contacts(typed: str, number: int) -> None:
    for name in ("100% Frisch GmbH", "1000 Frisch GmbH", "a\\b"):
        save_account(Account(name=name, created_at=NOW))
    for mail in ("max_muster@ex.example", "max-muster@ex.example"):
        save_contact(Contact(email=mail, last_name="M", created_at=NOW))

    accounts = search.search_accounts(Account.objects.all(), typed)
    contacts = search.search_contacts(Contact.objects.all(), typed)

    assert accounts.count() + contacts.count() == number


def test_all_words_count_and_each_may_be_cut_short() -> None:
    anna, _other = open_cases([_case("Anna", "Müller", "Kiel"), _case("Anna", "Maier", "Kiel")])

    assert _found(search_cases(Case.objects.all(), "müll ann")) == [anna.pk]
    assert _found(search_cases(Case.objects.all(), "muller kiel")) == [anna.pk]
    assert _found(search_cases(Case.objects.all(), "anna hamburg")) == []


def test_a_phone_is_found_by_its_digits() -> None:
    (case,) = open_cases([Case(created_at=NOW, last_name="A", phone="+49 40 777 123")])

    for typed in ("040 777", "040/777123", "+49 40 777123"):
        assert _found(search_cases(Case.objects.all(), typed)) == [case.pk], typed


def test_common_words_are_looked_up_row_by_row_with_the_same_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "MOST_CANDIDATES", 1)
    cases = open_cases([_case("Anna", "Müller", "Kiel"), _case("Anna", "Maier", "Kiel")])

    assert _found(search_cases(Case.objects.all(), "anna kiel")) == [c.pk for c in cases]
    assert _found(search_cases(Case.objects.all(), "anna maier")) == [cases[1].pk]


def test_a_case_keeps_the_name_it_stands_under_in_lists() -> None:
    case, company = open_cases([_case("Özlem", "Ünal"), Case(created_at=NOW, company="Ärger AG")])

    assert (case.sort_name, company.sort_name) == ("uenal oezlem", "aerger ag")

    change(case, last_name="Abel")
    case.refresh_from_db()
    assert case.sort_name == "abel oezlem"


def test_what_no_database_keeps_is_no_error() -> None:
    assert not search_cases(Case.objects.all(), "a\x00b").exists()


def _case(first: str, last: str, city: str = "") -> Case:
    return Case(created_at=NOW, first_name=first, last_name=last, city=city)


def _found(rows: QuerySet[Model]) -> list[int]:
    return sorted(rows.values_list("pk", flat=True))
