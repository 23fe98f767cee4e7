"""One page of a list after the other, by the key it is sorted by: as quick far down as at the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

SIZE = 50
T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Slice(Generic[T]):
    """One page of a list in the order of its key; `after` is where the next one begins."""

    rows: Sequence[T]
    after: int | None


def get_slice(rows: QuerySet[M], *, key: Sequence[str], after: str) -> Slice[M]:
    """Read one page of rows sorted by `key` and number."""
    if after.isdecimal():
        last = rows.model._default_manager.filter(pk=after).first()
        rows = rows.filter(_beyond(key, last)) if last else rows
    found = list(rows.order_by(*key, "pk")[: SIZE + 1])
    return Slice(found[:SIZE], found[SIZE - 1].pk if len(found) > SIZE else None)


def _beyond(key: Sequence[str], last: Model) -> Q:
    """Return the filter for everything that stands after a row in the order of the key."""
    beyond, same = Q(), Q()
    for name in (*key, "pk"):
        value = getattr(last, name)
        beyond |= same & Q(**{f"{name}__gt": value})
        same &= Q(**{name: value})
    return beyond
