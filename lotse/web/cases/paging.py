"""Pages by key: a list is read from where the last page ended, so that no row is missed or shown twice."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from lotse.records.cases.models import Case


@dataclass(frozen=True)
class Sort:
    """By what a list is sorted; equal ones by their number, those without a value always last."""

    column: str
    is_down: bool = False
    is_nullable: bool = False

    def value_of(self, case: Case) -> Any:
        found: Any = case
        for name in self.column.split("__"):
            found = getattr(found, name) if found is not None else None
        return found


@dataclass(frozen=True)
class Cursor:
    """Beside which row a page begins, and whether it is read on from there or back."""

    value: Any
    pk: int
    is_back: bool = False

    @classmethod
    def beside(cls, case: Case, sort: Sort, *, is_back: bool = False) -> Self:
        return cls(sort.value_of(case), case.pk, is_back)

    def write(self) -> str:
        value = self.value
        if isinstance(value, datetime):
            value = value.isoformat()
        elif value is not None:
            value = str(value)
        text = json.dumps([value, self.pk], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, sort: Sort, *, is_back: bool) -> Cursor | None:
    """Read a cursor from an address; None, the beginning, where it is none of ours."""
    try:
        raw: Any = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        value, pk = raw
        if not isinstance(pk, int) or not 0 <= pk < 2**63 or "\x00" in str(value):
            return None
        if value is None:
            return Cursor(None, pk, is_back) if sort.is_nullable else None
        return Cursor(_field(sort).to_python(value), pk, is_back)
    except (ValueError, TypeError, binascii.Error, ValidationError, ArithmeticError):
        return None


def _field(sort: Sort) -> Any:
    *way, name = sort.column.split("__")
    model: Any = Case
    for step in way:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(name)


@dataclass(frozen=True)
class Leaf:
    """One page; `before` and `after` are where the neighbouring ones begin, if there are any."""

    cases: Sequence[Case]
    before: str = ""
    after: str = ""


def read_leaf(
    rows: QuerySet[Case],
    sort: Sort,
    cursor: Cursor | None,
    *,
    size: int,
    load: Callable[[Sequence[int]], Iterable[Case]],
) -> Leaf:
    """
    Read one page; two queries, or three where a column has empty values.

    Rows with a value and rows without are read one after the other: so both databases follow their
    index, though they sort empty values differently. First only the numbers are read, for a database
    that joins what a row shows begins at a small table and sorts everything.

    :param load: reads the cases of these numbers with all that is shown of them
    """
    is_back = cursor is not None and cursor.is_back
    ids: list[int] = []
    for part in _parts(rows, sort, cursor, is_back=is_back):
        ids += part.values_list("pk", flat=True)[: size + 1 - len(ids)]
        if len(ids) > size:
            break
    cases = {case.pk: case for case in load(ids)} if ids else {}
    # What changed hands between the two is left out.
    found = [cases[pk] for pk in ids[:size] if pk in cases]

    has_more = len(ids) > size
    if cursor is not None and (not found or (is_back and not has_more)):
        # Nothing is left there, or we are back at the beginning: that page is read as it is now.
        return read_leaf(rows, sort, None, size=size, load=load)
    if is_back:
        found.reverse()
    if not found:
        return Leaf([])
    has_before = has_more if is_back else cursor is not None
    has_after = is_back or has_more
    return Leaf(
        found,
        before=Cursor.beside(found[0], sort).write() if has_before else "",
        after=Cursor.beside(found[-1], sort).write() if has_after else "",
    )


def _parts(
    rows: QuerySet[Case], sort: Sort, cursor: Cursor | None, *, is_back: bool
) -> Iterator[QuerySet[Case]]:
    is_down = sort.is_down != is_back
    sign = "-" if is_down else ""
    empties = [False, True] if sort.is_nullable else [False]
    if is_back:
        empties.reverse()
    if cursor is not None:
        empties = empties[empties.index(cursor.value is None) :]
    for number, is_empty in enumerate(empties):
        part = rows.filter(**{f"{sort.column}__isnull": is_empty}) if sort.is_nullable else rows
        if cursor is not None and number == 0:
            part = part.filter(_beyond(sort, cursor, is_down=is_down))
        order = (f"{sign}id",) if is_empty else (f"{sign}{sort.column}", f"{sign}id")
        yield part.order_by(*order)


def _beyond(sort: Sort, cursor: Cursor, *, is_down: bool) -> Q:
    way = "lt" if is_down else "gt"
    beyond_id = Q(**{f"pk__{way}": cursor.pk})
    if cursor.value is None:
        return beyond_id
    # The first term says nothing new, but lets the database begin in the index right there.
    return Q(**{f"{sort.column}__{way}e": cursor.value}) & (
        Q(**{f"{sort.column}__{way}": cursor.value}) | beyond_id
    )
