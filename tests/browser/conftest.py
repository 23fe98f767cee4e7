"""A real browser on a real server: two sizes, light and dark, and axe to look for barriers."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from tools import chromium

# A machine that does something else beside it is slow, not wrong.
expect.set_options(timeout=15_000)

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 780}
RULES = {
    # Axe would fetch the sheets once more, and look for what they import in the wrong place.
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium.find()
    assert found, "no Chromium: python tools/chromium.py gets one"
    # Playwright runs an event loop in this thread, which Django takes for asynchronous code of ours.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=chromium.FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """
    Give a function that opens a page of ours: `open_page("/", size=PHONE, dark=True, scripts=False)`.

    Afterwards, nothing may have asked for anything outside of our own server, and no page may have
    complained in its console.
    """
    contexts: list[BrowserContext] = []
    strangers: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            strangers.append(request.url)

    def complain(page: Page, message: ConsoleMessage) -> None:
        # That the page itself is an error page is for the test to say, not for the console.
        about = message.location.get("url")
        if message.type == "error" and about != page.url:
            complaints.append(f"{about}: {message.text}")

    def open_page(
        path: str,
        *,
        size: Any = DESK,
        dark: bool = False,
        scripts: bool = True,
        for_axe: bool = False,
        cookies: Sequence[dict[str, str]] = (),
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=size,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            # Our policy refuses scripts from elsewhere, and axe is one; it alone may step over it.
            bypass_csp=for_axe,
            # What is half faded in has half its contrast.
            reduced_motion="reduce" if for_axe else "no-preference",
        )
        contexts.append(context)
        for cookie in cookies:
            context.add_cookies(
                [{"name": cookie["name"], "value": cookie["value"], "url": live_server.url}]
            )
        context.on("request", note)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complain(page, message))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not strangers, "\n".join(strangers)
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def barriers() -> Callable[[Page], list[str]]:
    """Give a function that says what axe finds on a page that was opened with `for_axe=True`."""

    def look(page: Page) -> list[str]:
        # At its full height, for a bar that sticks covers whatever lies under it at that moment.
        height = page.evaluate("document.documentElement.scrollHeight")
        width = (page.viewport_size or DESK)["width"]
        page.set_viewport_size({"width": width, "height": height})
        found = Axe().run(page, options=RULES)
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]

    return look
