"""Sales partners on their phones: the link in the mail, one who declines, the next one who accepts."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from lotse.kernel import clock
from lotse.records.cases.models import Case
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer
from lotse.stages.assignment.rules import Strategy, Target
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.signing_in import sign_in
from tests.company import Company

Barriers = Callable[[Page], list[str]]

LIGHT_AND_DARK = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


@pytest.fixture
def company(transactional_db: None) -> Company:
    """Leads are held out to the whole of Dressler, and then to the whole of Tietjen."""
    company = Company()
    company.rule_for(
        target=Target.PARTNER.value,
        target_partner=company.tietjen,
        strategy=Strategy.WHOLE.value,
    )
    return company


@pytest.fixture
def lead(company: Company) -> Case:
    [lead] = company.leads_arrive("Vogel", city="Emden", postcode="26721", subject="Thermo 9")
    return lead


def link_for(company: Company, user: User, lead: Case) -> str:
    """Return where the newest mail about a lead leads to."""
    company.now = clock.read()
    company.work()
    offer = Offer.objects.filter(case=lead).latest("pk")
    for mail in reversed(company.mails(user)):
        body = mail.get_body(["plain"])
        assert body is not None
        for address in re.findall(r"https?://\S+", body.get_content()):
            path = str(urlsplit(address).path)
            if path == f"/offers/{offer.pk}/":
                return path
    raise AssertionError(f"no mail to {user} leads to the offer")


def walls(page: Page, barriers: Barriers) -> list[str]:
    """Return what axe finds, and whether the page is wider than the phone."""
    found = barriers(page)
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{width} pixels wide"] if width > PHONE["width"] else [])


@LIGHT_AND_DARK
def test_one_partner_declines_and_the_next_is_asked_and_accepts(
    company: Company, lead: Case, open_page: OpenPage, barriers: Barriers, dark: bool
) -> None:
    page = sign_in(
        open_page,
        company.ole,
        link_for(company, company.ole, lead),
        size=PHONE,
        dark=dark,
        for_axe=True,
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Thermo 9 in 26721 Emden")
    assert "Vogel" not in page.content()
    assert walls(page, barriers) == []

    page.get_by_role("button", name="Ablehnen").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Zu weit weg").check()
    assert walls(page, barriers) == []
    dialog.get_by_role("button", name="Ablehnen").click()
    expect(
        page.get_by_text("Abgelehnt. Der Lead geht an die Nächsten in der Reihe.")
    ).to_be_visible()

    lead.refresh_from_db()
    assert lead.asked_partner == company.tietjen
    first = Offer.objects.filter(case=lead).earliest("pk")
    assert (first.answer, first.reason, first.answered_by) == (
        Offer.Answer.DECLINED,
        company.too_far,
        company.ole,
    )

    other = sign_in(
        open_page,
        company.bernd,
        link_for(company, company.bernd, lead),
        size=PHONE,
        dark=dark,
        for_axe=True,
    )
    other.get_by_role("button", name="Annehmen").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Heike Vogel")
    expect(other.get_by_role("link", name="Jetzt anrufen")).to_have_attribute(
        "href", "tel:+494215550100"
    )
    assert walls(other, barriers) == []
    lead.refresh_from_db()
    assert lead.assignee == company.bernd

    # Whoever declined finds out nothing more, and least of all who has it.
    page.goto(f"/offers/{first.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Angebot vorbei")
    assert "Bernd" not in page.content()
    assert walls(page, barriers) == []


def test_of_two_colleagues_the_second_reads_who_was_quicker(
    company: Company, lead: Case, open_page: OpenPage, barriers: Barriers
) -> None:
    ole, paul = (
        sign_in(open_page, who, link_for(company, who, lead), size=PHONE, for_axe=True)
        for who in (company.ole, company.paul)
    )

    ole.get_by_role("button", name="Annehmen").click()
    expect(ole.get_by_role("heading", level=1)).to_have_text("Heike Vogel")
    paul.get_by_role("button", name="Annehmen").click()

    expect(paul.get_by_role("heading", level=1)).to_have_text("Angebot vorbei")
    expect(paul.get_by_text("Ole Dressler")).to_be_visible()
    assert walls(paul, barriers) == []


def test_it_is_taken_back_on_the_phone_and_held_out_again(
    company: Company, lead: Case, open_page: OpenPage
) -> None:
    page = sign_in(open_page, company.ole, link_for(company, company.ole, lead), size=PHONE)
    page.get_by_role("button", name="Annehmen").click()

    page.get_by_role("button", name="Zurücknehmen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thermo 9 in 26721 Emden")
    lead.refresh_from_db()
    assert (lead.assignee, lead.accepted_at) == (None, None)
