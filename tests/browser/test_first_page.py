"""The very first page of an installation, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lotse.records.people.models import User
from lotse.web.first import links
from tests.browser.conftest import DESK, PHONE, OpenPage


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_first_page_has_no_barriers(
    open_page: OpenPage, barriers: Callable[[Page], list[str]], size: Any, dark: bool
) -> None:
    page = open_page(links.make_path(), size=size, dark=dark, for_axe=True)

    assert barriers(page) == []


def test_the_first_page_is_no_wider_than_a_phone(open_page: OpenPage) -> None:
    page = open_page(links.make_path(), size=PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_first_user_comes_in(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(links.make_path(), scripts=scripts)

    page.get_by_label("Name").fill("Jana Petersen")
    page.get_by_label("E-Mail").fill("jana@example.com")
    page.get_by_label("Passwort").fill("ein langer Satz für den Anfang")
    page.get_by_role("button", name="Loslegen").click()

    expect(page).not_to_have_url(re.compile("/first/"))
    assert User.objects.get().name == "Jana Petersen"


def test_axe_finds_a_barrier_where_there_is_one(
    open_page: OpenPage, barriers: Callable[[Page], list[str]]
) -> None:
    page = open_page(links.make_path(), for_axe=True)
    page.evaluate("document.querySelectorAll('label').forEach(label => label.remove())")

    assert any(found.startswith("label:") for found in barriers(page))
