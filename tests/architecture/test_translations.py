"""That every string on a page is said in German too."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tools import messages


@pytest.fixture(scope="module")
def found() -> Catalog:
    return messages.extracted(messages.PACKAGE)


def german() -> Path:
    return messages.PACKAGE / "locale/de/LC_MESSAGES/django.po"


def faults(found: Catalog, po: Path) -> list[str]:
    """Say what `make messages` would add, and what of it nobody has translated."""
    return [str(m.id) for m in messages.untranslated(messages.updated(po, found, "de"))]


def test_every_string_has_its_german(found: Catalog) -> None:
    assert faults(found, german()) == []


def test_the_catalogue_holds_nothing_that_is_said_no_more(found: Catalog) -> None:
    with german().open("rb") as source:
        known = read_po(source, locale="de")

    assert [m.id for m in known if m.id and found.get(m.id, m.context) is None] == []


def test_a_string_without_german_is_found(found: Catalog, tmp_path: Path) -> None:
    offender = Catalog(locale="de")
    offender.add("A sentence nobody has translated")
    po = tmp_path / "django.po"

    assert faults(offender, po) == ["A sentence nobody has translated"]


def test_a_string_in_a_page_and_one_in_the_code_are_found(tmp_path: Path) -> None:
    (tmp_path / "templates/here").mkdir(parents=True)
    (tmp_path / "templates/here/page.html").write_text(
        "{% load i18n %}\n  <p>it's { ( \"\n {% blocktranslate count n=n trimmed %}\n"
        "   one lead of {{ who }}\n {% plural %}\n {{ n }} leads\n{% endblocktranslate %}"
    )
    (tmp_path / "views.py").write_text('title = _("Leads of today")\n')

    found = messages.extracted(tmp_path)

    assert {m.id for m in found if m.id} == {
        "Leads of today",
        ("one lead of %(who)s", "%(n)s leads"),
    }
