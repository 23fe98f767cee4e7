"""The board in a real browser: a card is moved by the mouse, by the keyboard, and without scripts by its menu."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lotse.records.cases.models import Case
from tests.browser.conftest import OpenPage
from tests.company import Company
from tests.pages import client_of, cookies_of


@pytest.fixture
def company(transactional_db: None) -> Company:
    return Company()


def open_board(company: Company, open_page: OpenPage, **how: Any) -> Page:
    return open_page(reverse("board"), cookies=cookies_of(client_of(company, "anna")), **how)


def lead_on_the_board(company: Company) -> Case:
    return company.lead_of(company.anna, team=company.south, last_name="Vogel")


def test_a_card_is_dragged_into_another_column_and_taken_back(
    company: Company, open_page: OpenPage
) -> None:
    lead = lead_on_the_board(company)
    page = open_board(company, open_page)

    card = page.locator(f"#card-{lead.pk} .lead-card")
    card.drag_to(page.locator(f'.board-column[data-to="{company.qualifying.pk}"]'))

    expect(page.get_by_text("liegt jetzt in Qualifizieren")).to_be_visible()
    expect(page.locator(f"#cards-{company.qualifying.pk} #card-{lead.pk}")).to_be_visible()
    lead.refresh_from_db()
    assert lead.phase == company.qualifying
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator(f"#cards-{company.contacting.pk} #card-{lead.pk}")).to_be_visible()
    lead.refresh_from_db()
    assert lead.phase == company.contacting


def test_a_card_is_carried_with_the_keyboard(company: Company, open_page: OpenPage) -> None:
    lead = lead_on_the_board(company)
    page = open_board(company, open_page)

    page.locator(f"#to-{lead.pk}").focus()
    for key in ("m", "ArrowRight", "Enter"):
        page.keyboard.press(key)

    expect(page.get_by_text("liegt jetzt in Qualifizieren")).to_be_visible()
    expect(page.locator(f"#to-{lead.pk}")).to_be_focused()
    lead.refresh_from_db()
    assert lead.phase == company.qualifying


def test_a_card_carried_to_the_end_asks_for_the_reason(
    company: Company, open_page: OpenPage
) -> None:
    lead = lead_on_the_board(company)
    page = open_board(company, open_page)

    page.locator(f"#to-{lead.pk}").focus()
    for key in ("m", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)

    dialog = page.get_by_role("dialog")
    dialog.locator("select[name=reason]").select_option(label="Kein Interesse")
    dialog.locator("button[data-kind=primary]").click()
    expect(page.locator(f"#card-{lead.pk}")).to_have_count(0)
    lead.refresh_from_db()
    assert lead.outcome == Case.Outcome.LOST


def test_without_scripts_the_menu_moves_a_card(company: Company, open_page: OpenPage) -> None:
    lead = lead_on_the_board(company)
    page = open_board(company, open_page, scripts=False)

    page.locator(f'[popovertarget="menu-{lead.pk}"]').click()
    page.locator(f'#menu-{lead.pk} [data-to="{company.qualifying.pk}"]').click()

    expect(page.get_by_text("liegt jetzt in Qualifizieren")).to_be_visible()
    lead.refresh_from_db()
    assert lead.phase == company.qualifying
