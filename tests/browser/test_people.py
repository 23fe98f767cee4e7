"""An administrator's errand, in a real browser: somebody new is invited, comes in, and later hands over and leaves."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lotse.records.cases.models import Case
from lotse.records.people.models import User
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.company import Company
from tests.pages import client_of, cookies_of

PASSWORD = "ein ruhiger Hafen am Abend"


@pytest.fixture
def company(transactional_db: None) -> Company:
    return Company()


def as_ines(open_page: OpenPage, company: Company, path: str, **how: Any) -> Page:
    return open_page(path, cookies=cookies_of(client_of(company, "ines")), **how)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_invited_comes_in_by_the_link(
    open_page: OpenPage, company: Company, scripts: bool, settings: Any, live_server: Any
) -> None:
    settings.BASE_URL = live_server.url
    page = as_ines(open_page, company, "/people/new/", scripts=scripts)
    page.get_by_label("Name", exact=True).fill("Neele Voss")
    page.get_by_label("E-Mail").fill("neele@lotse.example")
    page.get_by_label("Vertrieb", exact=True).check()
    page.get_by_label("South").check()
    page.get_by_role("button", name="Anlegen und Link zeigen").click()
    link = page.get_by_label("Link, um ein Passwort zu setzen").input_value()

    theirs = open_page(link.removeprefix(live_server.url), scripts=scripts)
    theirs.locator("input[type=password]").nth(0).fill(PASSWORD)
    theirs.locator("input[type=password]").nth(1).fill(PASSWORD)
    theirs.locator("main button.btn").first.click()

    neele = User.objects.get(email="neele@lotse.example")
    assert neele.check_password(PASSWORD)
    assert [team.name for team in neele.teams.all()] == ["South"]


def test_whoever_leaves_hands_over_and_it_can_be_taken_back(
    open_page: OpenPage, company: Company
) -> None:
    page = as_ines(open_page, company, "/people/")
    page.get_by_label("Nach Name oder E-Mail suchen").fill("anna")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="Anna Arndt").click()
    page.get_by_role("link", name="Deaktivieren").click()
    page.get_by_label("An wen").select_option(label="Ben Brandt")
    page.get_by_role("button", name="Deaktivieren").click()

    expect(page.get_by_text("ging an Ben Brandt")).to_be_visible()
    assert Case.objects.get(pk=company.lead.pk).assignee == company.ben
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_text("Alles ist wieder wie vorher")).to_be_visible()
    assert Case.objects.get(pk=company.lead.pk).assignee == company.anna


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_page_that_tells_of_a_clash_or_fault_has_no_barriers(
    open_page: OpenPage,
    barriers: Callable[[Page], list[str]],
    company: Company,
    size: Any,
    dark: bool,
) -> None:
    page = as_ines(
        open_page, company, f"/people/{company.anna.pk}/", size=size, dark=dark, for_axe=True
    )
    User.objects.filter(pk=company.anna.pk).update(phone="0431 1")
    page.get_by_label("Telefon").fill("0431 2")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("hat jemand anderes gespeichert")
    assert barriers(page) == []

    page.get_by_label("Zeitzone").fill("Europe/Kiel")
    page.get_by_role("button", name="Speichern").click()

    expect(page.get_by_role("alert").first).to_contain_text("Europe/Berlin")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
