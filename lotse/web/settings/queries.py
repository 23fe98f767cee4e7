"""A page of a list of the settings, with how often each entry is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.catalog.models import Product
from lotse.web.settings.kinds import Kind
from lotse.web.shared.slices import Slice, get_slice


@dataclass(frozen=True)
class Row:
    """An entry as its list shows it, and how often the viewer sees it used."""

    entry: Any
    used: int


def get_entries(viewer: Viewer, kind: Kind, *, words: str, after: str) -> Slice[Row]:
    """Read one page of a list: a constant number of queries."""
    rows = kind.rows()
    for word in words.split():
        among = Q()
        for name in kind.search:
            among |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(among)
    found = get_slice(rows, key=kind.order, after=after)
    used = count_used(viewer, kind, found.rows)
    return Slice([Row(entry, used.get(entry.pk, 0)) for entry in found.rows], found.after)


def count_used(viewer: Viewer, kind: Kind, entries: Sequence[Any]) -> dict[int, int]:
    """Count by entry what names it, as far as the viewer may see that."""
    rows = kind.used_in._default_manager.filter(**{f"{kind.used_by}__in": entries})
    # Products are no customer's records: everybody who keeps the lists sees them.
    if kind.used_in is not Product:
        rows = gate.rows(viewer, May.SEE, rows)
    return dict(rows.order_by().values_list(f"{kind.used_by}_id").annotate(Count("pk")))
