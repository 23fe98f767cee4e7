"""
Texts with merge fields: "{lead}", or "{interest|our heat pumps}" with what stands in where nothing is known.

A brace that is meant as one is written twice. What is filled in is never read again, so that a name with
braces in it stays a name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


class UnknownFields(ValueError):
    """The text has fields that there are not; `names` holds them as they were typed."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class LooseBrace(ValueError):
    """A brace opens or closes nothing; `near` holds what stands around it."""

    def __init__(self, near: str) -> None:
        super().__init__(near)
        self.near = near


@dataclass(frozen=True)
class Blank:
    """A place that is filled in: with the value of a field, or what stands in for it."""

    field: str
    instead: str = ""


@dataclass(frozen=True)
class MergeText:
    """A text that was read: what stands as it is, and the blanks."""

    parts: tuple[str | Blank, ...]

    @property
    def fields(self) -> set[str]:
        return {part.field for part in self.parts if isinstance(part, Blank)}

    def fill(self, values: Mapping[str, str], instead: Mapping[str, str] | None = None) -> str:
        """
        Return the text with the values of fields.

        Where a value is missing or empty, what the text itself says stands in, else what `instead` says.
        """
        others = instead or {}
        return "".join(
            part
            if isinstance(part, str)
            else values.get(part.field) or part.instead or others.get(part.field, "")
            for part in self.parts
        )

    def write(self, names: Mapping[str, str]) -> str:
        """Return the text as it is typed, each field by its name in `names`; the way back of `read`."""
        return "".join(
            part.replace("{", "{{").replace("}", "}}")
            if isinstance(part, str)
            else f"{{{'|'.join(filter(None, (names[part.field], part.instead)))}}}"
            for part in self.parts
        )


def read(text: str, names: Mapping[str, str]) -> MergeText:
    """
    Read a text; `names` holds the field that each name means, the names in small letters.

    :raises UnknownFields: with all names that mean no field
    :raises LooseBrace: if a brace has no other half
    """
    text = text.replace("\r\n", "\n")
    parts = tuple(_parts(text, names))
    unknown = [part.field for part in parts if isinstance(part, _Unknown)]
    if unknown:
        raise UnknownFields(list(dict.fromkeys(unknown)))
    return MergeText(parts)


def paragraphs(text: str) -> list[str]:
    """Return the parts of a text between empty lines."""
    return [part.strip("\n") for part in _PARAGRAPHS.split(text.strip()) if part.strip()]


def as_html(paragraph: str) -> str:
    """Return plain text as HTML: nothing in it is markup, and its lines stay lines."""
    return escape(paragraph).replace("\n", "<br>")


class _Unknown(Blank):
    """A name that means no field."""


def _parts(text: str, names: Mapping[str, str]) -> Iterator[str | Blank]:
    end = 0
    for token in _TOKEN.finditer(text):
        if token.start() > end:
            yield text[end : token.start()]
        end = token.end()
        if token[0] in ("{{", "}}"):
            yield token[0][0]
        elif token[1] is None:
            raise LooseBrace(text[max(0, token.start() - 12) : token.end() + 12].strip())
        else:
            name, _bar, instead = token[1].partition("|")
            field = names.get(name.strip().casefold())
            yield Blank(field, instead.strip()) if field else _Unknown(name.strip())
    if end < len(text):
        yield text[end:]
