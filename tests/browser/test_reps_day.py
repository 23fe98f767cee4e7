"""A rep's day, in a real browser: accept a lead, work it, win it; the colleague has the opportunity."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lotse.records.cases.models import Case
from lotse.records.people.models import User
from tests.browser.conftest import OpenPage
from tests.browser.signing_in import sign_in
from tests.company import Company

STEPS = 4


@pytest.fixture
def company(transactional_db: None) -> Company:
    return Company()


def offered_to(company: Company, user: User) -> Case:
    rule = company.rule_for(target="user", target_user=user, conditions=[
        {"field": "city", "op": "is", "value": "Emden"}
    ])  # fmt: skip
    [lead] = company.leads_arrive("Vogel", city="Emden", subject="Thermo 9")
    assert lead.asked_person == user, rule
    return lead


def fill_dialog(page: Page, opener: str, **values: str) -> None:
    page.get_by_role("button", name=opener).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for label, value in values.items():
        dialog.get_by_label(label).fill(value)
    dialog.locator("button[data-kind=primary]").click()


def test_a_rep_works_a_lead_and_wins_it_for_a_colleague(
    company: Company, open_page: OpenPage
) -> None:
    lead = company.lead_of(company.anna, team=company.south, last_name="Vogel")
    page = sign_in(open_page, company.anna)
    page.goto(reverse("lead", args=[lead.pk]))

    fill_dialog(
        page,
        "Aufgabe",
        **{"Was ist zu tun?": "Unterlagen schicken", "Fällig am": company.in_days(1)},
    )
    expect(page.get_by_text("Unterlagen schicken").first).to_be_visible()
    fill_dialog(
        page, "Termin", Was="Besuch vor Ort", Tag=company.in_days(3), von="09:00", bis="10:00"
    )
    expect(page.get_by_text("Besuch vor Ort").first).to_be_visible()
    page.get_by_role("button", name="Phase wechseln").click()
    page.get_by_role("button", name="Qualifizieren").click()
    expect(page.locator(".course [aria-current=step]")).to_contain_text("Qualifizieren")
    _win_for(page, company.ben)

    opportunity = Case.objects.opportunities().get(opened_by=lead)
    assert opportunity.assignee == company.ben
    colleague = sign_in(open_page, company.ben)
    colleague.goto("/notices/")
    colleague.get_by_role("link", name=re.compile("Vogel")).first.click()
    expect(colleague.get_by_role("heading", level=1)).to_contain_text("Vogel")


def _win_for(page: Page, colleague: User) -> None:
    page.get_by_role("button", name="Abschließen").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Erfolgreich").check()
    dialog.get_by_label("Zuständig für die Chance").select_option(label=colleague.name)
    dialog.locator("button[data-kind=primary]").click()
    expect(page.get_by_text("erfolgreich").first).to_be_visible()
