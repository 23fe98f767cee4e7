"""That the repository names no host packages come from, and no folder of anybody's machine."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Put together here, so that this file does not name them itself.
HOSTS = [".".join(parts) for parts in [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("jsdelivr", "net"), ("unpkg", "com")]]  # fmt: skip
HOST = re.compile("|".join(re.escape(host) for host in HOSTS))
FOLDER = re.compile(r"(?<![\w.$}~/-])/(?:home|Users|root|work|mnt)/[\w.]")


def files() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return (p for name in listed.stdout.splitlines() if (p := ROOT / name).is_file())


def faults(text: str) -> list[str]:
    """Return the lines that name what they should not."""
    return [line for line in text.splitlines() if HOST.search(line) or FOLDER.search(line)]


def test_no_file_names_a_host_of_packages_or_a_folder_of_a_machine() -> None:
    found = {}
    for path in files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if lines := faults(text):
            found[str(path.relative_to(ROOT))] = lines[:3]

    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        f'url = "https://files.{HOSTS[1]}/packages/x.whl"',
        f"--index-url https://{HOSTS[0]}/simple",
        "HOME = '" + "/home/" + "jana/lotse'",
        'PATH="' + "/root/" + '.venv/bin"',
    ],
)
def test_a_line_that_names_one_is_found(line: str) -> None:
    assert faults(line) == [line]


def test_an_address_of_ours_is_no_fault() -> None:
    assert faults('path("work/", view)\nhref="/work-list/"\n/var/lib/lotse') == []
