"""Jana accepts a lead in the guide, with the keyboard alone."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import save_account, save_contact
from lotse.records.cases.models import Case
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from tests.browser.conftest import OpenPage
from tests.browser.signing_in import sign_in
from tests.company import Company
from tests.world import acting

MOST_TABS = 80


@pytest.fixture
def company(transactional_db: None) -> Company:
    return Company()


@pytest.fixture
def jana(company: Company) -> User:
    return company.person("Jana Petersen", "sales_rep", team=company.south)


@pytest.fixture
def known(company: Company, jana: User) -> Contact:
    """Heike Vogel of Vogel Bau KG, whose maintenance Jana looks after; she lived elsewhere once."""
    account = save_account(
        Account(
            name="Vogel Bau KG", postcode="26721", city="Emden", owner=jana, created_at=company.now
        )
    )
    contact = save_contact(
        Contact(
            first_name="Heike", last_name="Vogel", email="vogel@example.com",
            phone="+49 421 5550100", street="Alte Gasse 1", postcode="26721", city="Emden",
            account=account, owner=jana, created_at=company.now,
        )
    )  # fmt: skip
    company.lead_of(jana, contact=contact, account=account, subject="Wartung")
    return contact


@pytest.fixture
def lead(company: Company, jana: User, known: Contact) -> Case:
    for rule in AssignmentRule.objects.all():
        assignment.switch_rule(rule=rule, is_on=False, by=acting(company.ines), now=company.now)
    company.rule_for(target="user", target_user=jana)
    [lead] = company.leads_arrive(
        "Vogel", company="Vogel Bau AG", street="Neue Straße 5", postcode="26721", city="Emden"
    )
    assert lead.asked_person == jana
    return lead


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there: what cannot be reached so, keyboards cannot use."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_TABS} times Tab do not lead to {target}")


def test_jana_accepts_a_lead_with_the_keyboard_alone(
    jana: User,
    lead: Case,
    known: Contact,
    open_page: OpenPage,
    barriers: Callable[[Page], list[str]],
) -> None:
    offer = Offer.objects.unanswered().get(case=lead)
    page = sign_in(open_page, jana, reverse("offer", args=[offer.pk]), for_axe=True)

    # Look first, and accept.
    expect(page.get_by_role("heading", level=1)).to_have_text("Heike Vogel")
    page.keyboard.press("a")

    # The account: not a new one, but the one that is alike.
    expect(page.locator(".stepper [aria-current=step]")).to_contain_text("Konto")
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("Neues Konto"))).to_be_checked()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name=re.compile("Vogel Bau KG"))).to_be_checked()
    assert barriers(page) == []
    page.keyboard.press("Enter")

    # The contact: the street that is known stays.
    expect(page.locator(".stepper [aria-current=step]")).to_contain_text("Kontakt")
    tab_to(page, page.get_by_role("group", name="Straße").get_by_role("radio", checked=True))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Alte Gasse 1")).to_be_checked()
    assert barriers(page) == []
    page.keyboard.press("Enter")

    # The case: a new one beside the open one.
    expect(page.locator(".stepper [aria-current=step]")).to_contain_text("Vorgang")
    tab_to(page, page.get_by_role("radio", checked=True))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("Dem offenen Vorgang"))).to_be_checked()
    page.keyboard.press("ArrowUp")
    assert barriers(page) == []
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(reverse("lead", args=[lead.pk])))
    lead.refresh_from_db()
    known.refresh_from_db()
    assert (lead.assignee, lead.contact, lead.account) == (jana, known, known.account)
    assert known.street == "Alte Gasse 1"


def test_escape_closes_the_question_why_one_declines(
    company: Company, jana: User, lead: Case, open_page: OpenPage
) -> None:
    page = sign_in(open_page, jana, reverse("offer", args=[company.offer_of(lead).pk]))
    opener = page.get_by_role("button", name="Ablehnen …")
    tab_to(page, opener)

    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    assert company.offer_of(lead).answer == ""
