"""
Finds a Chromium for the browser tests, or gets one.

In this order: one on the PATH; the one Playwright brings; on Debian, as root, the package. Run as a
command it gets one if there is none; the tests only ask `find`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Root needs no-sandbox; the others keep the browser from talking to its maker.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """Return where a Chromium is, or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        brought = playwright.chromium.executable_path
    return brought if Path(brought).exists() else None


def main() -> int:
    if find() or _from_playwright() or _from_debian():
        return 0
    sys.stderr.write(
        "The browser tests need Chromium, and it could not be installed from here. Install it with "
        "the tools of your system, for example: sudo apt-get install chromium\n"
    )
    return 1


def _from_playwright() -> bool:
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    return find() is not None


def _from_debian() -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "-qq"], quiet)
    _run(["apt-get", "install", "-y", "-qq", "chromium"], quiet)
    return find() is not None


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    # Whether it helped is seen by looking for the browser afterwards.
    subprocess.run(command, env=environment, check=False)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
