"""Writing rows of an index, such as words and keys, by the thousand and without an object for each."""

from collections.abc import Collection, Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Model

# Values in one statement; SQLite takes 32,766, PostgreSQL twice as many.
MOST_VALUES = 15_000


def add_rows(table: type[Model], columns: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
    """Insert rows to which nothing points; those that are there already stay as they are."""
    todo, size = list(rows), MOST_VALUES // len(columns)
    with connection.cursor() as cursor:
        for start in range(0, len(todo), size):
            some = todo[start : start + size]
            cursor.execute(_insert(table, columns, len(some)), list(chain.from_iterable(some)))


def _insert(table: type[Model], columns: Sequence[str], count: int) -> str:
    quoted = connection.ops.quote_name
    in_table = {field.name: str(field.column) for field in table._meta.concrete_fields}
    names = ", ".join(quoted(in_table[name]) for name in columns)
    one = f"({', '.join(['%s'] * len(columns))})"
    # Nothing but names of our own models goes into the text; values are handed over beside it.
    return f"INSERT INTO {quoted(table._meta.db_table)} ({names}) VALUES {', '.join([one] * count)} ON CONFLICT DO NOTHING"  # noqa: S608
