"""The cards of a column, a bounded number at a time: overdue first, then by what is due next, then the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Q, QuerySet

from lotse.records.cases.models import Case

# How many cards a column shows at first, and how many each "more" adds.
FIRST, MORE = 10, 20

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = re.compile(r"(\d{1,17})?-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Cursor:
    """The place behind a card in the order of its column."""

    overdue_at: datetime | None
    pk: int

    @classmethod
    def behind(cls, case: Case) -> Self:
        return cls(case.overdue_at, case.pk)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read a cursor from an address; None if it makes no sense."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            return None
        at = _EPOCH + timedelta(microseconds=int(found[1])) if found[1] else None
        return cls(at, int(found[2]))

    def write(self) -> str:
        since = "" if self.overdue_at is None else (self.overdue_at - _EPOCH) // _MICROSECOND
        return f"{since}-{self.pk}"


_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Strip:
    """Some cards of a column in their order; `after` is where the next ones begin."""

    cases: list[Case]
    after: str


def read_strip(column: QuerySet[Case], cursor: Cursor | None, *, size: int) -> Strip:
    """Read cards from behind the cursor; two questions at most, each answered from the index."""
    found: list[Case] = []
    for part in _parts(column, cursor):
        found += part[: size + 1 - len(found)]
        if len(found) > size:
            break
    after = Cursor.behind(found[size - 1]).write() if len(found) > size else ""
    return Strip(found[:size], after)


def _parts(column: QuerySet[Case], cursor: Cursor | None) -> Iterator[QuerySet[Case]]:
    # Databases disagree on where empty values stand; asked for apart, they stand at the end.
    ordered = column.order_by("overdue_at", "-id")
    if cursor is None or cursor.overdue_at is not None:
        timed = ordered.filter(overdue_at__isnull=False)
        yield timed.filter(_behind(cursor)) if cursor else timed
    untimed = ordered.filter(overdue_at=None)
    is_in_untimed = cursor is not None and cursor.overdue_at is None
    yield untimed.filter(pk__lt=cursor.pk) if cursor and is_in_untimed else untimed


def _behind(cursor: Cursor) -> Q:
    # The first term says nothing new, but lets the database begin in the index right there.
    at = cursor.overdue_at
    return Q(overdue_at__gte=at) & (Q(overdue_at__gt=at) | Q(pk__lt=cursor.pk))
