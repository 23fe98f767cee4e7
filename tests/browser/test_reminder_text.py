"""The text of the follow-up mails in a real browser: shown while it is typed, refused, saved, sent to oneself."""

import pytest
from playwright.sync_api import Page, expect

from lotse.records.outbox.models import Message
from lotse.stages.process.models import ReminderText
from tests.browser.conftest import OpenPage
from tests.company import Company
from tests.pages import client_of, cookies_of


@pytest.fixture
def company(transactional_db: None) -> Company:
    return Company()


@pytest.fixture
def page(company: Company, open_page: OpenPage) -> Page:
    """The editor, reached from the example mail of the process."""
    cookies = cookies_of(client_of(company, "ines"))
    page = open_page(f"/settings/processes/{company.process.pk}/#follow-up", cookies=cookies)
    page.get_by_role("link", name="Text ändern").click()
    return page


def test_the_mail_is_shown_while_it_is_typed(page: Page) -> None:
    mail = page.frame_locator("iframe")
    expect(mail.get_by_role("heading", level=1)).to_contain_text("wartet")

    page.get_by_label("Text").fill("Bitte {Lead} anrufen.\n\n<script>alert(1)</script>")

    expect(mail.locator("p", has_text="Bitte")).not_to_contain_text("{Lead}")
    expect(mail.locator("p", has_text="alert(1)")).to_be_visible()
    page.get_by_role("button", name="Als reiner Text").click()
    expect(mail.locator("body")).to_contain_text("Diese Mails enden sofort")
    assert not ReminderText.objects.exists()


def test_an_unknown_field_is_told_beside_what_was_typed_and_can_be_mended(page: Page) -> None:
    page.get_by_label("Betreff").fill("{Vorname} wartet")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Ein Feld {Vorname} gibt es nicht").first).to_be_visible()
    expect(page.get_by_label("Betreff")).to_have_value("{Vorname} wartet")

    page.get_by_label("Betreff").fill("{Lead} wartet auf Sie")
    page.get_by_role("button", name="Testmail an mich").click()
    expect(page.get_by_text("Eine Testmail geht an")).to_be_visible()
    assert Message.objects.filter(kind="follow-up-test").count() == 1
    assert not ReminderText.objects.exists()

    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("gilt ab der nächsten Mail")).to_be_visible()
    assert ReminderText.objects.get().subject == "{lead} wartet auf Sie"
