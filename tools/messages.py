"""
Brings lotse/locale up to date: finds every marked string, keeps what is translated, compiles.

Without gettext's own tools, so that it runs wherever Python does. Lines and files are left out of
the catalogue, and it is sorted: two people who add strings seldom meet in the same line.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "lotse"
sys.path.insert(0, str(ROOT))

from lotse.config.translations import compile_all  # noqa: E402
from tools.templates import extract_templates  # noqa: E402

LANGUAGES = ["de"]
KEYWORDS = {
    "_": None,
    "mark": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def main() -> None:
    _prepare()
    found = extracted(PACKAGE)
    for language in LANGUAGES:
        po = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"
        catalog = updated(po, found, language)
        _write(po, catalog)
        compile_all(PACKAGE)
        missing = untranslated(catalog)
        print(f"{language}: {len(catalog)} messages, {len(missing)} without a translation")
        for message in missing:
            print(f"  {message.id!r}")


def extracted(package: Path) -> Catalog:
    """Return a catalogue of every string that is marked in the package, but in its tests."""
    catalog = Catalog(charset="utf-8")
    for path in _files(package):
        reader: Any = "python" if path.suffix == ".py" else extract_templates
        with path.open("rb") as source:
            for _line, text, comments, context in extract(
                reader, source, keywords=KEYWORDS, comment_tags=["Translators:"]
            ):
                catalog.add(text, auto_comments=comments, context=context)
    return catalog


def updated(po: Path, found: Catalog, language: str) -> Catalog:
    """Return what was found, with the translations that the file has for it already."""
    catalog = Catalog(locale=language, charset="utf-8")
    if po.exists():
        with po.open("rb") as source:
            catalog = read_po(source, locale=language)
    # A guess at a translation is worse than none: it is on the page before anybody has read it.
    catalog.update(found, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def untranslated(catalog: Catalog) -> list[Message]:
    """Return the messages of which a form has no translation, or a doubtful one."""
    return [m for m in catalog if m.id and (m.fuzzy or not all(_forms(m)))]


def _forms(message: Message) -> list[str]:
    if message.string is None:
        return [""]
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _files(package: Path) -> Iterator[Path]:
    for path in sorted([*package.rglob("*.py"), *package.rglob("templates/**/*.*")]):
        inside = path.relative_to(package).parts
        if path.is_file() and "tests" not in inside and "migrations" not in inside:
            yield path


def _write(po: Path, catalog: Catalog) -> None:
    po.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(
        text,
        catalog,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    po.write_bytes(head.encode() + text.getvalue())


def _prepare() -> None:
    # Reading templates asks Django for nothing but the charset of files.
    if not settings.configured:
        settings.configure()
        django.setup()


if __name__ == "__main__":
    main()
