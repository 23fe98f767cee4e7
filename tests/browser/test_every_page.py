"""Every page there is: without barriers, in light and dark, at a desk and on a phone, and no wider than that."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.company import Company
from tests.pages import FILLED, OPENED_BY, addresses, client_of, cookies_of, unfilled

WHO = sorted({"ines", *OPENED_BY.values()})

Walk = Callable[..., Iterator[tuple[str, Page]]]


@pytest.fixture
def company(transactional_db: None) -> Company:
    return Company()


@pytest.fixture
def walk(company: Company, open_page: OpenPage) -> Walk:
    """Give a function that opens one page after another, in one tab for each person."""

    def walk(**how: Any) -> Iterator[tuple[str, Page]]:
        for who in WHO:
            cookies = cookies_of(client_of(company, who))
            page = None
            for name, path in addresses(company, who).items():
                if page is None:
                    page = open_page(path, cookies=cookies, **how)
                else:
                    page.goto(path)
                yield name, page

    return walk


def test_every_page_is_in_the_walk(company: Company) -> None:
    client = client_of(company, "ines")

    assert unfilled(client, FILLED) == [], "tests/browser/pages.py says what fills the blanks"


def test_a_page_that_nobody_put_in_the_walk_is_noticed(company: Company) -> None:
    client = Client()
    without = {name: fill for name, fill in FILLED.items() if name != "password_reset_confirm"}

    assert "password_reset_confirm" in unfilled(client, without)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_has_barriers(
    walk: Walk, barriers: Callable[[Page], list[str]], size: Any, dark: bool
) -> None:
    found = {
        name: faults
        for name, page in walk(size=size, dark=dark, for_axe=True)
        if (faults := barriers(page))
    }

    assert found == {}


def test_no_page_is_wider_than_a_phone(walk: Walk) -> None:
    widths = {
        name: page.evaluate("document.documentElement.scrollWidth")
        for name, page in walk(size=PHONE)
    }

    assert {name: width for name, width in widths.items() if width > PHONE["width"]} == {}


def test_every_page_reads_without_scripts(walk: Walk) -> None:
    without_heading = [
        name for name, page in walk(size=DESK, scripts=False) if page.locator("h1").count() != 1
    ]

    assert without_heading == []
