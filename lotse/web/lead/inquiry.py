"""Shows what came in as it came in: every value under the name it had there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lotse.records.cases.models import Inquiry

# A value longer than this is somebody's words rather than an entry in a field.
LONG = 120


@dataclass(frozen=True)
class Came:
    """One inquiry, drawn: what somebody wrote in their own words, and the other values."""

    inquiry: Inquiry
    words: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


def draw(inquiry: Inquiry) -> Came:
    pairs = list(_pairs("", inquiry.payload))
    return Came(
        inquiry,
        words=tuple(value for _, value in pairs if _is_long(value)),
        values=tuple((name, value) for name, value in pairs if not _is_long(value)),
    )


def _is_long(value: str) -> bool:
    return len(value) > LONG or "\n" in value.strip()


def _pairs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield every value that is not empty, nested ones under the names on the way to them."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _pairs(f"{name} · {key}" if name else str(key), inner)
    elif isinstance(value, list) and any(isinstance(one, Mapping | list) for one in value):
        for number, inner in enumerate(value, start=1):
            yield from _pairs(f"{name} {number}".strip(), inner)
    elif isinstance(value, list):
        yield name, ", ".join(str(one) for one in value)
    elif value not in (None, ""):
        yield name, str(value)
