"""The process editor in a real browser: pencil, tick, Save; leaving without saving; two editors; the switch."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lotse.records.catalog.models import Phase, Process
from tests.browser.conftest import PHONE, OpenPage
from tests.company import Company
from tests.pages import client_of, cookies_of


@pytest.fixture
def company(transactional_db: None) -> Company:
    return Company()


def open_editor(company: Company, open_page: OpenPage, tab: str = "", **how: Any) -> Page:
    address = reverse("process", args=[company.process.pk]) + tab
    return open_page(address, cookies=cookies_of(client_of(company, "ines")), **how)


def give(page: Page, phase: Phase, number: str, unit: str = "") -> None:
    """Press the pencil of a phase and type a duration; it is not confirmed yet."""
    page.get_by_role("button", name=f"Dauer von {phase.name_de} ändern").click()
    page.get_by_label(f"Dauer von {phase.name_de}", exact=True).fill(number)
    if unit:
        page.get_by_label(f"Einheit für {phase.name_de}").select_option(label=unit)


def confirm(page: Page, phase: Phase) -> None:
    page.get_by_role("button", name=f"Dauer von {phase.name_de} bestätigen").click()


def duration_of(phase: Phase) -> str:
    phase.refresh_from_db()
    return f"{phase.duration_number} {phase.duration_unit}"


@pytest.mark.parametrize("size", [{}, {"size": PHONE}], ids=["desk", "phone"])
def test_pencil_then_tick_then_save(
    company: Company, open_page: OpenPage, size: dict[str, Any]
) -> None:
    before = duration_of(company.contacting)
    page = open_editor(company, open_page, **size)
    bar = page.locator(".savebar")

    give(page, company.contacting, "3", "Wochen")
    expect(bar).to_be_hidden()
    confirm(page, company.contacting)
    expect(bar).to_contain_text("1 Änderung")
    expect(page.locator("#effect")).not_to_be_empty()
    assert duration_of(company.contacting) == before
    page.get_by_role("button", name="Speichern").first.click()

    expect(page.get_by_text("ist gespeichert")).to_be_visible()
    assert duration_of(company.contacting) == "3 week"


def test_what_is_not_ticked_is_not_saved(company: Company, open_page: OpenPage) -> None:
    untouched = duration_of(company.qualifying)
    page = open_editor(company, open_page)

    give(page, company.qualifying, "9")
    give(page, company.contacting, "4")
    confirm(page, company.contacting)
    page.get_by_role("button", name="Speichern").first.click()

    expect(page.get_by_text("ist gespeichert")).to_be_visible()
    assert duration_of(company.qualifying) == untouched
    assert duration_of(company.contacting).startswith("4 ")


def test_leaving_with_something_unsaved_asks_and_without_it_does_not(
    company: Company, open_page: OpenPage
) -> None:
    before = duration_of(company.contacting)
    page = open_editor(company, open_page)
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    give(page, company.contacting, "8")
    confirm(page, company.contacting)
    page.get_by_role("link", name="Leads").first.click()
    expect(page.locator(".savebar")).to_be_visible()
    assert asked == ["beforeunload"]

    page.get_by_role("button", name="Verwerfen").last.click()
    expect(page.locator(".savebar")).to_be_hidden()
    page.get_by_role("link", name="Leads").first.click()
    expect(page.get_by_role("heading", level=1, name="Leads")).to_be_visible()
    assert asked == ["beforeunload"]
    assert duration_of(company.contacting) == before


def test_two_editors_are_told_field_by_field(company: Company, open_page: OpenPage) -> None:
    mine = open_editor(company, open_page)
    theirs = open_editor(company, open_page)

    give(theirs, company.contacting, "3", "Wochen")
    confirm(theirs, company.contacting)
    theirs.get_by_role("button", name="Speichern").first.click()
    expect(theirs.get_by_text("ist gespeichert")).to_be_visible()
    give(mine, company.contacting, "6", "Tage")
    confirm(mine, company.contacting)
    mine.get_by_role("button", name="Speichern").first.click()

    expect(mine.get_by_text("3 Wochen").first).to_be_visible()
    expect(mine.get_by_text("6 Tage").first).to_be_visible()
    assert duration_of(company.contacting) == "3 week"


def test_a_phase_is_dragged_and_carried_by_keyboard(company: Company, open_page: OpenPage) -> None:
    page = open_editor(company, open_page)
    first, second = (
        page.get_by_role("row").filter(has_text=phase.name_de)
        for phase in (company.contacting, company.qualifying)
    )

    first.locator(".grip").drag_to(second.locator(".grip"))
    expect(page.locator("tbody tr").first).to_contain_text(company.qualifying.name_de)
    page.get_by_role("button", name=f"Dauer von {company.qualifying.name_de} ändern").focus()
    page.keyboard.press("Alt+ArrowDown")

    expect(page.locator("tbody tr").first).to_contain_text(company.contacting.name_de)


def switch_on(page: Page) -> None:
    page.get_by_role("switch", name="Nachfassmails verschicken").check()
    page.locator("#follow-up").get_by_role("button", name="Speichern").click()


def test_follow_up_is_switched_on_where_a_phase_has_a_duration(
    company: Company, open_page: OpenPage
) -> None:
    Process.objects.filter(pk=company.process.pk).update(follow_up_since=None)
    Phase.objects.filter(pk=company.qualifying.pk).update(duration_number=None, duration_unit="")
    page = open_editor(company, open_page, "#follow-up")

    expect(
        page.get_by_text(f"Ohne Dauer, also nie überfällig: {company.qualifying.name_de}")
    ).to_be_visible()
    switch_on(page)

    expect(page.get_by_text("Von jetzt an gehen Nachfassmails hinaus.")).to_be_visible()
    expect(page.get_by_role("tab", name="Nachfassen an")).to_have_attribute("aria-selected", "true")
    company.process.refresh_from_db()
    assert company.process.follow_up_since is not None


def test_follow_up_is_refused_where_no_phase_has_a_duration(
    company: Company, open_page: OpenPage
) -> None:
    Process.objects.filter(pk=company.process.pk).update(follow_up_since=None)
    company.process.phases.update(duration_number=None, duration_unit="")
    page = open_editor(company, open_page, "#follow-up")

    switch_on(page)

    expect(page.get_by_text("Keine Phase hat eine Dauer").first).to_be_visible()
    company.process.refresh_from_db()
    assert company.process.follow_up_since is None
