"""Which product, source, campaign and lead type the words of an arrival mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from lotse.kernel.addresses import plain
from lotse.records.catalog.models import Campaign, LeadSource, LeadType, Product


@dataclass(frozen=True)
class Named:
    """A list, and by which of its columns its rows are called."""

    model: type[Model]
    columns: tuple[str, ...]


# Field of the arrival and of the case -> the list.
LISTS: Mapping[str, Named] = {
    "product": Named(Product, ("name", "number")),
    "source": Named(LeadSource, ("key", "name")),
    "campaign": Named(Campaign, ("name",)),
    "lead_type": Named(LeadType, ("key", "name_de", "name_en")),
}


class Catalog:
    """What the words of many arrivals mean; one query for each list they name something of."""

    def __init__(self, arrivals: Iterable[Mapping[str, Any]]) -> None:
        words: dict[str, set[str]] = {name: set() for name in LISTS}
        for fields in arrivals:
            for name, found in words.items():
                found.add(word_of(fields, name))
        self._ids = {name: _read(LISTS[name], found - {""}) for name, found in words.items()}

    def find(self, fields: Mapping[str, Any], name: str) -> int | None:
        """Return the number of what a field names; None where it names nothing we know."""
        return self._ids[name].get(word_of(fields, name))


def word_of(fields: Mapping[str, Any], name: str) -> str:
    return plain(str(fields.get(name) or ""))


def _read(of: Named, words: set[str]) -> dict[str, int]:
    if not words:
        return {}
    rows: Sequence[tuple[Any, ...]] = list(
        of.model._default_manager.order_by("id").values_list("pk", *of.columns)
    )
    # Of two with the same name the older one is meant.
    ids = {plain(str(name)): row[0] for row in reversed(rows) for name in row[1:] if name}
    return {word: ids[word] for word in words if word in ids}
