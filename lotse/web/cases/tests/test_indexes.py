"""Of a million cases a page is read in the order of an index: no database sorts them all for fifty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lotse.web.cases.listing import COLUMNS, LEADS
from lotse.web.cases.queries import SIZE
from lotse.web.tests.cast import somebody

# Columns of the case itself; by a name that another table holds, no index of cases can be sorted.
SORTS = [
    (group, sign + column.key)
    for group, columns in COLUMNS.items()
    for column in columns
    if column.column and "__" not in column.column
    for sign in ("", "-")
]
# With these PostgreSQL sorts only where it has no other way, as it would with many rows.
RATHER_NOT = ("sort", "incremental_sort", "seqscan", "bitmapscan")


@pytest.mark.django_db
@pytest.mark.parametrize(("group", "sort"), SORTS)
def test_a_page_is_read_in_the_order_of_an_index(client: Client, group: str, sort: str) -> None:
    client.force_login(somebody("Ines Ihle", "administrator"))

    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(LEADS.name), {"group": group, "sort": sort})

    pages = [q["sql"] for q in captured if q["sql"].endswith(f"LIMIT {SIZE + 1}")]
    assert pages
    for sql in pages:
        plan = explain(sql)
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan


def explain(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            return "\n".join(row[3] for row in cursor.fetchall())
        for way in RATHER_NOT:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(row[0] for row in cursor.fetchall())
