"""Signing in by hand: wherever one wanted to go is where one is afterwards."""

import re

from playwright.sync_api import Page, expect

from lotse.records.people.models import User
from tests.browser.conftest import OpenPage

PASSWORD = "ein langer Satz für den Tag"


def sign_in(open_page: OpenPage, user: User, path: str = "/login/", **how: object) -> Page:
    """Open a page as a visitor, sign in where one is led to, and return what is shown then."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    page = open_page(path, **how)
    page.get_by_label("E-Mail").fill(user.email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).not_to_have_url(re.compile("/login/"))
    return page
