"""Finds the strings of Django templates for Babel."""

from collections.abc import Collection, Generator, Iterable, Mapping
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

Found = tuple[int, str, str | tuple[str, ...], list[str]]


def extract_templates(
    source: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Any,
) -> Generator[Found, None, None]:
    """Yield what {% translate %} and {% blocktranslate %} mark, as Babel's own readers do."""
    text = templatize(source.read().decode(), origin=getattr(source, "name", "template"))
    # Django leaves calls of gettext between rows of X. The parentheses let Python read them as one
    # expression, in which the white space of the template is no indentation.
    code = BytesIO(f"({text})".encode())
    yield from _without_empty(extract_python(code, keywords, comment_tags, options))


def _without_empty(found: Iterable[Any]) -> Generator[Found, None, None]:
    yield from (one for one in found if one[2])
