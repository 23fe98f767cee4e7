"""Shows what came in as it came in: every value under the name it had there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from lotse.kernel.language import mark
from lotse.records.cases.models import Case, Inquiry
from lotse.stages.intake.files.columns import FIELDS, field_of_header

# A value longer than this is somebody's words rather than an entry in a field.
LONG = 120
# What stands beside the inquiry on the page already, read and tidied.
SHOWN_ANYWAY = frozenset({
    "salutation", "title", "first_name", "last_name", "name", "company", "email", "phone", "street",
    "postcode", "city", "country", "language",
})  # fmt: skip
# Names that a machine uses, where the columns of a case have no word for them.
MACHINE_NAMES = {
    "name": mark("name"),
    "note": mark("note"),
    "product": mark("product"),
    "lead_type": mark("lead type"),
    "source": mark("source"),
    "campaign": mark("campaign"),
    "created_at": mark("day of arrival"),
}


@dataclass(frozen=True)
class Came:
    """
    One inquiry, drawn: what somebody wrote in their own words, and the other values.

    `known` are those that the page shows elsewhere, so that here they may be folded away.
    """

    inquiry: Inquiry
    words: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    known: tuple[tuple[str, str], ...]


def draw(inquiry: Inquiry) -> Came:
    payload = inquiry.payload
    if isinstance(payload, Mapping):
        # The API's place for all that it has no field for.
        payload = {**payload, **_more(payload)}
    words: list[str] = []
    values: list[tuple[str, str]] = []
    known: list[tuple[str, str]] = []
    for name, value in _pairs("", payload):
        field = field_of_header(name)
        if _is_long(value) or field == "note":
            words.append(value)
        else:
            (known if field in SHOWN_ANYWAY else values).append((_name(name), value))
    if not values and not words:
        values, known = known, []
    return Came(inquiry, tuple(words), tuple(values), tuple(known))


def _more(payload: Mapping[str, Any]) -> dict[str, Any]:
    more = payload.get("more")
    return {**more, "more": None} if isinstance(more, Mapping) else {}


def _name(name: str) -> str:
    """Return a name as it came; a machine's own is told in the reader's language."""
    if name not in FIELDS:
        return name
    if name in MACHINE_NAMES:
        return capfirst(gettext(MACHINE_NAMES[name]))
    return str(capfirst(Case._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


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
