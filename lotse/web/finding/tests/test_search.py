"""The search: what is found, by whom, on its page and in the palette."""

import pytest
from django.test import Client

from lotse.records.accounts.models import Account
from lotse.records.accounts.services import save_account
from lotse.records.people.models import Team, User
from lotse.web.tests.cast import NOW, a_lead, somebody

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def jana(db: None) -> User:
    return somebody(
        "Jana Petersen", "sales_rep", team=Team.objects.create(name="Nord"), language="en"
    )


def find(client: Client, user: User, query: str, **more: object) -> str:
    client.force_login(user)
    return client.get("/search/", {"q": query}, **more).content.decode()  # type: ignore[arg-type]


def test_leads_and_accounts_are_found_by_the_beginning_of_a_word(
    client: Client, jana: User
) -> None:
    lead = a_lead("Steinmann", holder=jana, first_name="Rolf", city="Bremen")
    account = save_account(Account(name="Steinwerk GmbH", owner=jana, created_at=NOW))

    page = find(client, jana, "stein")

    assert f'href="/leads/{lead.pk}/"' in page
    assert f'href="/accounts/{account.pk}/"' in page


def test_what_one_may_not_see_is_not_found(client: Client, jana: User) -> None:
    stranger = somebody("Sven", "sales_rep", team=Team.objects.create(name="Ost"))
    a_lead("Steinmann", holder=stranger)

    assert "Nothing found for “Steinmann”" in find(client, jana, "Steinmann")


def test_the_palette_is_given_options_with_pages_and_commands(client: Client, jana: User) -> None:
    part = find(client, jana, "calen", headers=HTMX)

    assert "<html" not in part
    assert 'role="option" id="hit-go-calendar"' in part
    assert ">1 hit<" in part


@pytest.mark.parametrize("query", ["", "%", "\x00", "'", "<script>", "a" * 500, "0421 5550"])
def test_odd_queries_are_answered(client: Client, jana: User, query: str) -> None:
    assert "<script>alert" not in find(client, jana, query)
