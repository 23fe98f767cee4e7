"""That every setting is read in one file, and described on one page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "lotse/config/settings.py"
PAGE = ROOT / "docs/operation/settings.md"
READERS = {"env", "env_choice", "env_database", "env_flag"}


def read_in(source: str) -> set[str]:
    """Return the names of the settings that this code reads."""
    return {
        str(node.args[0].value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in READERS
        and isinstance(node.args[0], ast.Constant)
    }


def described_in(page: str) -> set[str]:
    """Return the names that have a row in a table of the page."""
    return set(re.findall(r"^\| `(LOTSE_[A-Z_]+)`", page, flags=re.MULTILINE))


def readers_elsewhere(files: Iterator[Path]) -> list[str]:
    """Return the files that look into the environment for a setting of ours."""
    looks = re.compile(r"(environ\.get\(|environ\[|getenv\()\s*[\"']LOTSE_[A-Z_]+[\"'](?!\] =)")
    return [str(p) for p in files if p != SETTINGS and looks.search(p.read_text())]


def code() -> Iterator[Path]:
    return (p for p in (ROOT / "lotse").rglob("*.py") if "tests" not in p.parts)


def test_every_setting_is_described() -> None:
    assert read_in(SETTINGS.read_text()) == described_in(PAGE.read_text())


def test_no_other_file_reads_one() -> None:
    assert [
        f for f in readers_elsewhere(code()) if not f.endswith("management/commands/serve.py")
    ] == []


def test_a_setting_without_a_description_is_found() -> None:
    offender = SETTINGS.read_text() + '\nSECRET = env("LOTSE_SECRET_HANDSHAKE", "none")\n'

    assert read_in(offender) - described_in(PAGE.read_text()) == {"LOTSE_SECRET_HANDSHAKE"}


def test_a_file_that_reads_one_by_itself_is_found(tmp_path: Path) -> None:
    offender = tmp_path / "views.py"
    offender.write_text('import os\n\nZONE = os.environ.get("LOTSE_ZONE")\n')

    assert readers_elsewhere(iter([offender])) == [str(offender)]
