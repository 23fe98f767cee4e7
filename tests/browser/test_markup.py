"""Markup in every name stays text: on every page, in what pops up, and in the mails."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from playwright.sync_api import Page, expect

from lotse.records.accounts.models import Contact
from tests.browser.conftest import DESK, OpenPage
from tests.company import Company
from tests.pages import OPENED_BY, addresses, client_of, cookies_of

MARKUP = '"><img src=x onerror=window.pwned=1>'
SCRIPT = "</script><script>window.pwned=1</script>"
# Whatever people write as they like.
NAMES = {"name", "name_de", "name_en", "first_name", "last_name", "company", "city", "street", "subject", "place"}  # fmt: skip
TEXTS = {"text", "note", "title", "comment"}


@pytest.fixture
def company(transactional_db: None) -> Company:
    company = Company()
    company.account.refresh_from_db()
    for model in apps.get_models():
        if model.__module__.startswith("lotse."):
            _poison(model)
    return company


def _poison(model: type[models.Model]) -> None:
    # The number keeps names apart that must differ.
    for field in model._meta.concrete_fields:
        if not isinstance(field, (models.CharField, models.TextField)):
            continue
        text = MARKUP if field.name in NAMES else SCRIPT if field.name in TEXTS else ""
        if text:
            number = Cast(F("pk"), models.CharField())
            rows = model._default_manager.exclude(**{field.name: ""})
            rows.update(**{field.name: Concat(Value(text), number)})


def pages(company: Company, open_page: OpenPage) -> Iterator[tuple[str, Page]]:
    for who in sorted({"ines", "anna", *OPENED_BY.values()}):
        page = open_page("/login/", cookies=cookies_of(client_of(company, who)), size=DESK)
        for name, path in addresses(company, who).items():
            page.goto(path)
            yield f"{name} as {who}", page


def has_run(page: Page) -> bool:
    """Say whether any of it became part of the page; our policy would have kept it from running."""
    return bool(
        page.evaluate(
            "window.pwned !== undefined || document.querySelector('img[src=x]') !== null"
            " || [...document.scripts].some((s) => s.text.includes('pwned'))"
        )
    )


def test_it_is_text_on_every_page(company: Company, open_page: OpenPage) -> None:
    """SEC-03."""
    run, doubled, shown = [], [], 0
    for name, page in pages(company, open_page):
        run += [name] if has_run(page) else []
        text = page.locator("body").inner_text()
        doubled += [name] if "&lt;img" in text or "&quot;&gt;" in text else []
        shown += MARKUP in text

    assert run == []
    assert doubled == []
    assert shown > 20, "the names stand on hardly any page: the test tests nothing"


def test_it_is_text_in_what_pops_up(company: Company, open_page: OpenPage) -> None:
    cookies = cookies_of(client_of(company, "ines"))
    page = open_page(reverse("lead", args=[company.lead.pk]), cookies=cookies)

    page.keyboard.press("Control+k")
    # The index still knows them by the names they were opened with.
    page.keyboard.type("hartwig")
    expect(page.get_by_role("option").filter(has_text="img src=x").first).to_be_visible()
    assert not has_run(page)
    page.keyboard.press("Escape")

    # A toast with an undo, and what the timeline says of it.
    page.goto(reverse("board"))
    card = page.locator(f"#card-{company.lead.pk} .lead-card")
    card.drag_to(page.locator(f'.board-column[data-to="{company.qualifying.pk}"]'))
    expect(page.get_by_role("button", name="Rückgängig")).to_be_visible()
    assert not has_run(page)
    page.goto(reverse("lead", args=[company.lead.pk]))
    assert not has_run(page)


def test_it_is_text_where_the_guide_compares(company: Company, open_page: OpenPage) -> None:
    contact = Contact.objects.get(pk=company.contact.pk)
    case = company.asked_of_ines
    type(case).objects.filter(pk=case.pk).update(
        email=contact.email, first_name=contact.first_name, last_name=contact.last_name
    )
    page = open_page(
        reverse("guide", args=[case.pk]), cookies=cookies_of(client_of(company, "ines"))
    )

    for step in ("guide-account", "guide-contact", "guide-case"):
        page.goto(reverse(step, args=[case.pk]))
        assert MARKUP in page.locator("body").inner_text()
        assert not has_run(page)


def test_it_is_text_in_the_mails(company: Company) -> None:
    company.work()

    bodies = [m.get_body(["html"]) for m in company.mails()]
    texts = [body.get_content() for body in bodies if body]
    assert any("onerror" in text for text in texts)
    assert not any("<img src=x" in text or "<script" in text for text in texts)
