"""A manager's morning: the pool is narrowed, twenty leads are dealt out to three, and all is taken back."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lotse.records.cases.models import Case
from lotse.records.catalog.models import Product
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.company import Company
from tests.pages import client_of, cookies_of
from tests.world import acting

MANY = 20


@pytest.fixture
def company(transactional_db: None) -> Company:
    """Twenty leads want a heat pump and lie in the pool beside three others."""
    company = Company()
    for rule in AssignmentRule.objects.all():
        by = acting(company.ines)
        assignment.switch_rule(rule=rule, is_on=False, by=by, now=company.now)
    pump = Product.objects.create(name="Wärmepumpe 8 kW")
    company.leads_arrive(*(f"Pumpe{number:02}" for number in range(MANY)), product=pump)
    return company


def pumps() -> list[Case]:
    return list(Case.objects.filter(last_name__startswith="Pumpe").order_by("pk"))


def open_list(company: Company, open_page: OpenPage, **how: object) -> Page:
    return open_page(reverse("leads"), cookies=cookies_of(client_of(company, "carla")), **how)


def test_twenty_leads_are_dealt_out_to_three_and_taken_back(
    company: Company, open_page: OpenPage
) -> None:
    page = open_list(company, open_page)
    expect(page.get_by_text("Behrens")).to_be_visible()

    page.get_by_role("link", name="Filter").click()
    page.locator("#f-product").select_option(label="Wärmepumpe 8 kW")
    page.locator("#filter form button[data-kind=primary]").click()
    expect(page.get_by_text("Behrens")).to_have_count(0)
    rows = page.locator(".row-check")
    expect(rows).to_have_count(MANY)

    # One with the keyboard, a span with Shift: all twenty.
    page.keyboard.press("j")
    page.keyboard.press("x")
    rows.last.click(modifiers=["Shift"])
    expect(page.locator(".bulkbar")).to_contain_text(f"{MANY} ausgewählt")

    page.keyboard.press("v")
    dialog = page.get_by_role("dialog")
    for name in ("Anna Arndt", "Ben Brandt", "Dora Dietz"):
        dialog.get_by_role("checkbox", name=name).check()
    dialog.get_by_role("button", name="Verteilen").click()

    toast = page.locator(".toast")
    expect(toast).to_contain_text(str(MANY))
    expect(page.locator(".row-check")).to_have_count(0)
    people = (company.anna, company.ben, company.dora)
    shares = [sum(lead.assignee == person for lead in pumps()) for person in people]
    assert sorted(shares) == [6, 7, 7]

    toast.get_by_role("button", name="Rückgängig").click()

    expect(page.locator("tbody tr", has_text="in der Warteliste seit")).to_have_count(MANY)
    assert {(lead.assignee, lead.is_closed) for lead in pumps()} == {(None, False)}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_choice_of_people_has_no_barriers(
    company: Company,
    open_page: OpenPage,
    barriers: Callable[[Page], list[str]],
    size: object,
    dark: bool,
) -> None:
    page = open_list(company, open_page, size=size, dark=dark, for_axe=True)

    page.locator(".row-check").first.check()
    page.locator("[data-opens=distribution]").click()
    expect(page.get_by_role("dialog").get_by_role("checkbox").first).to_be_visible()

    assert barriers(page) == []
