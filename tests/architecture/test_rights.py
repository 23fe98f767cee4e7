"""That every route lets in exactly those whom the table of rights names, and nobody else."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.company import Company
from tests.pages import address_of, client_of, routes
from tests.rights import ANYBODY, CAST, RIGHTS

pytestmark = pytest.mark.django_db


class _TakenBack(Exception):
    """Ends a savepoint, so that one act is not felt by the next."""


def ask(client: Client, address: str) -> Any:
    """Open an address, or act there if there is nothing to open; whatever it did is taken back."""
    try:
        with transaction.atomic():
            answer = client.get(address)
            if answer.status_code == 405:
                answer = client.post(address)
            raise _TakenBack
    except _TakenBack:
        return answer


def gets_in(who: str, address: str, company: Company) -> bool:
    answer = ask(client_of(company, CAST[who]), address)
    sent_to_log_in = answer.headers.get("Location", "").startswith("/login/?next=")
    return answer.status_code not in {403, 404} and not sent_to_log_in


def let_in(who: str, company: Company) -> set[str]:
    """Return the routes that let this person in."""
    return {str(r.name) for r in routes() if gets_in(who, address_of(r, company), company)}


def allowed(who: str, rights: Mapping[str, frozenset[str]]) -> set[str]:
    return {name for name, people in rights.items() if who in people}


def test_every_route_has_its_row() -> None:
    names = {str(route.name) for route in routes()}

    assert names - set(RIGHTS) == set(), "tests/rights.py says who gets in"
    assert set(RIGHTS) - names == set(), "tests/rights.py has rows for routes that are gone"


@pytest.mark.parametrize("who", CAST)
def test_each_route_lets_in_whom_the_table_names(who: str) -> None:
    found, wanted = let_in(who, Company()), allowed(who, RIGHTS)

    assert (found - wanted, wanted - found) == (set(), set()), "(too many, too few)"


def test_a_door_that_stands_open_is_noticed() -> None:
    closed = {**RIGHTS, "profile": ANYBODY - {"marketing"}}

    assert let_in("marketing", Company()) - allowed("marketing", closed) == {"profile"}
