"""
Makes the pictures of the README: a demo company of its own, served, and looked at in a browser.

    python tools/pictures.py        writes docs/pictures/*.png
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.chromium import FLAGS, find  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
PASSWORD = "lotse-demo-2026"  # noqa: S105 - the demo prints it at its start
PATIENCE = 60.0
# A follow-up mail as it would go out now, shown where its text is set.
ADMINISTRATOR, MAIL = "astrid@brise.example", "/settings/processes/1/mail/de/preview/"
WIDE, PHONE = (1440, 900), (360, 760)


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it; `follow` is a link on it to go on by."""

    name: str
    who: str
    address: str
    follow: str = ""
    size: tuple[int, int] = WIDE
    is_dark: bool = False
    # All of it, not only what is seen without scrolling.
    is_whole: bool = False


PICTURES = [
    Picture("my-work", "jana@brise.example", "/"),
    Picture("leads", "tobias@brise.example", "/leads/?group=active"),
    Picture("lead", "jana@brise.example", "/leads/?group=active&overdue=1", follow="a[data-row]"),
    Picture("board", "tobias@brise.example", "/board/", is_dark=True),
    Picture(
        "offer",
        "frank@meyer-energie.example",
        "/offers/",
        follow=".worklist .work-what a",
        size=PHONE,
    ),
    Picture("mail", ADMINISTRATOR, MAIL, size=(600, 400), is_whole=True),
    Picture("mail-phone", ADMINISTRATOR, MAIL, size=PHONE, is_whole=True),
    Picture("mail-text", ADMINISTRATOR, f"{MAIL}?as=text", size=(600, 400), is_whole=True),
]


def main() -> int:
    chromium = find()
    if chromium is None:
        sys.stderr.write("There is no Chromium here; tools/chromium.py gets one.\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _demo() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for picture in PICTURES:
            _take(browser, base, picture)
        browser.close()
    return 0


@contextmanager
def _demo() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="lotse-pictures-") as home:
        env = {
            **os.environ,
            "LOTSE_HOME": home,
            "LOTSE_COMPANY": "Brise Wärmetechnik",
            "LOTSE_LOG_LEVEL": "ERROR",
        }
        lotse = [sys.executable, "-m", "lotse"]
        subprocess.run([*lotse, "demo"], env=env, cwd=ROOT, check=True)  # noqa: S603
        port = _free_port()
        served = subprocess.Popen([*lotse, "serve", "--port", str(port)], env=env, cwd=ROOT)  # noqa: S603
        try:
            _until_open(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            served.terminate()
            served.wait(30)


def _take(browser: Browser, base: str, picture: Picture) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.is_dark else "light",
        locale="de-DE",
        timezone_id="Europe/Berlin",
    )
    page = context.new_page()
    _log_in(page, base, picture.who)
    page.goto(base + picture.address, wait_until="networkidle")
    if picture.follow and page.locator(picture.follow).count():
        page.locator(picture.follow).first.click()
        page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{picture.name}.png", full_page=picture.is_whole)
    context.close()


def _log_in(page: Page, base: str, who: str) -> None:
    page.goto(f"{base}/login/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _until_open(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the demo did not start")


if __name__ == "__main__":
    sys.exit(main())
