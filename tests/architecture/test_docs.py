"""That the pages of docs/ hang together: no link leads nowhere, each stage has its page with its exits."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lotse.lifecycle.order import LIFECYCLE

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")
# A place in the code: a file, or a file under the folder of the stage.
PLACE = re.compile(r"`((?:lotse/|tests/|rules/|services/)[\w./]+\.py|[a-z_]+\.py)`")


def pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def broken_links(page: Path, text: str) -> list[str]:
    return [link for link in LINK.findall(text) if not (page.parent / link).exists()]


def wrong_places(stage: str, text: str) -> Iterator[str]:
    """Yield the files that a stage's page names and that are not there."""
    folders = (ROOT, ROOT / "lotse/stages" / stage, ROOT / "lotse/records/outbox")
    for place in PLACE.findall(text):
        if not any((folder / place).exists() for folder in folders):
            yield place


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page, page.read_text()) == []


@pytest.mark.parametrize("stage", [stage.value for stage in LIFECYCLE])
def test_each_stage_has_its_page_with_its_exits(stage: str) -> None:
    text = (ROOT / f"docs/stages/{stage}.md").read_text()

    missing = [name for name in LIFECYCLE[stage].exits if f"| `{name}` |" not in text]  # type: ignore[index]
    assert missing == []
    assert list(wrong_places(stage, text)) == []


def test_a_link_to_nowhere_is_noticed() -> None:
    assert broken_links(ROOT / "README.md", "[gone](docs/gone.md)") == ["docs/gone.md"]


def test_a_file_that_moved_is_noticed() -> None:
    assert list(wrong_places("closing", "see `services/gone.py`")) == ["services/gone.py"]
