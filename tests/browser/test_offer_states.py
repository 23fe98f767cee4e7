"""The states of an offer that no walk through the pages meets: reserved, gone, answered with an error, empty."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from lotse.kernel import clock
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Reason
from lotse.records.people.models import User
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Offer
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.company import Company
from tests.pages import cookies_of

State = Callable[[Company], tuple[User, str]]

EVERYWHERE = pytest.mark.parametrize(
    ("size", "dark"),
    [(DESK, False), (PHONE, False), (PHONE, True)],
    ids=["desk", "phone", "dark phone"],
)


def reserved_by_a_colleague(company: Company) -> tuple[User, str]:
    case = company.offered
    acceptance.reserve(case=case, person_id=company.paul.pk, now=clock.read())
    return company.ole, reverse("guide-case", args=[case.pk])


def kept_for_a_colleague(company: Company) -> tuple[User, str]:
    user, _ = reserved_by_a_colleague(company)
    return user, reverse("offer", args=[company.offer_of(company.offered).pk])


def asked_inside(company: Company) -> tuple[User, str]:
    case = company.asked_of_ines
    acceptance.reserve(case=case, person_id=company.carla.pk, now=clock.read())
    return company.ines, reverse("guide-case", args=[case.pk])


def ran_out(company: Company) -> tuple[User, str]:
    offer = company.offer_of(company.offered)
    Offer.objects.filter(pk=offer.pk).update(deadline_at=clock.read() - timedelta(minutes=1))
    return company.ole, reverse("offer", args=[offer.pk])


def ran_out_inside(company: Company) -> tuple[User, str]:
    offer = Offer.objects.unanswered().get(case=company.asked_of_ines)
    Offer.objects.filter(pk=offer.pk).update(deadline_at=clock.read() - timedelta(minutes=1))
    return company.ines, reverse("offer", args=[offer.pk])


def the_guide_at_the_partner(company: Company) -> tuple[User, str]:
    return company.ole, reverse("guide", args=[company.offered.pk])


def declining_at_the_partner(company: Company) -> tuple[User, str]:
    return company.ole, reverse("offer-refusal", args=[company.offer_of(company.offered).pk])


def declining_inside(company: Company) -> tuple[User, str]:
    offer = Offer.objects.unanswered().get(case=company.asked_of_ines)
    return company.ines, reverse("offer-refusal", args=[offer.pk])


def nothing_offered(company: Company) -> tuple[User, str]:
    return company.bernd, reverse("offers")


def several_offered(company: Company) -> tuple[User, str]:
    company.leads_arrive("Vogel", "Ahlers", score=80)
    return company.ole, reverse("offers")


STATES: list[State] = [
    reserved_by_a_colleague, kept_for_a_colleague, asked_inside, ran_out, ran_out_inside,
    the_guide_at_the_partner, declining_at_the_partner, declining_inside, nothing_offered,
    several_offered,
]  # fmt: skip


@pytest.fixture
def company(transactional_db: None) -> Company:
    return Company()


def opened(open_page: OpenPage, user: User, path: str, **how: Any) -> Page:
    client = Client()
    client.force_login(user)
    return open_page(path, cookies=cookies_of(client), for_axe=True, **how)


def faults(page: Page, barriers: Callable[[Page], list[str]]) -> list[str]:
    found = barriers(page)
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return found + ([f"{width} pixels wide"] if width > room else [])


@EVERYWHERE
def test_no_state_has_barriers(
    company: Company,
    open_page: OpenPage,
    barriers: Callable[[Page], list[str]],
    size: Any,
    dark: bool,
) -> None:
    found = {}
    for state in STATES:
        user, path = state(company)
        page = opened(open_page, user, path, size=size, dark=dark)
        assert page.get_by_role("heading", level=1).count() == 1, state.__name__
        found[state.__name__] = faults(page, barriers)
        _forget(company)

    assert {name: them for name, them in found.items() if them} == {}


def _forget(company: Company) -> None:
    """Let every offer stand again, kept for nobody."""
    for case in (company.offered, company.asked_of_ines):
        Offer.objects.filter(case=case).update(deadline_at=clock.read() + timedelta(hours=5))
        acceptance.release(case=case, person_id=company.paul.pk)
        acceptance.release(case=case, person_id=company.carla.pk)


@EVERYWHERE
def test_what_is_missing_when_somebody_declines_is_told_where_it_is_missing(
    company: Company,
    open_page: OpenPage,
    barriers: Callable[[Page], list[str]],
    size: Any,
    dark: bool,
) -> None:
    Reason.objects.filter(pk=company.too_far.pk).update(needs_comment=True)
    page = opened(open_page, *declining_at_the_partner(company), size=size, dark=dark)

    page.get_by_role("radio", name="Zu weit weg").check()
    page.get_by_role("button", name="Ablehnen").click()

    field = page.get_by_label("Bemerkung")
    assert field.get_attribute("aria-invalid") == "true"
    told = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert "Bitte ein Wort dazu" in told.inner_text()
    assert faults(page, barriers) == []
    assert Case.objects.get(pk=company.offered.pk).asked_partner == company.dressler
