"""What an administrator keeps: each change leaves one line, and what is named elsewhere is not deleted."""

from datetime import UTC, datetime

import pytest

from lotse.kernel.actors import SYSTEM
from lotse.records.catalog.models import LeadType, Process, Product, ProductLine
from lotse.records.journal import lists
from lotse.records.journal.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)


def added(name: str = "Thermo 9") -> Product:
    product = Product(name=name)
    lists.add(product, by=SYSTEM, now=NOW)
    return product


def lines() -> list[tuple[str, object]]:
    return [(e.kind, e.data.get("fields")) for e in Entry.objects.order_by("id")]


def test_an_entry_is_added_changed_and_deleted_with_a_line_each() -> None:
    product = added()
    lists.change(product, {"number": "T9", "is_active": False}, by=SYSTEM, now=NOW)
    product.refresh_from_db()
    assert (product.number, product.is_active) == ("T9", False)

    lists.remove(product, by=SYSTEM, now=NOW)

    assert not Product.objects.exists()
    assert lines() == [
        ("list.added", None),
        ("list.changed", ["is_active", "number"]),
        ("list.removed", None),
    ]


def test_only_what_is_named_is_written() -> None:
    product = added()
    stale = Product.objects.get()
    lists.change(product, {"number": "T9"}, by=SYSTEM, now=NOW)

    lists.change(stale, {"name": "Thermo 10"}, by=SYSTEM, now=NOW)

    assert Product.objects.filter(name="Thermo 10", number="T9").exists()


def test_where_nothing_changes_nothing_is_written_down() -> None:
    lists.change(added(), {}, by=SYSTEM, now=NOW)

    assert lines() == [("list.added", None)]


def test_records_that_an_entry_is_linked_to_are_kept_with_it() -> None:
    old, new = (Process.objects.create(key=k, name_de=k, kind="lead") for k in ("alt", "neu"))
    kind = LeadType(key="probe", name_de="Probefahrt")
    lists.add(kind, by=SYSTEM, now=NOW, many={"processes": [old]})
    assert list(kind.processes.all()) == [old]

    lists.change(kind, {"processes": [new]}, by=SYSTEM, now=NOW)

    assert list(kind.processes.all()) == [new]
    assert lines()[-1] == ("list.changed", ["processes"])


def test_what_something_else_names_is_not_deleted() -> None:
    line = ProductLine.objects.create(key="waerme", name_de="Wärme")
    Product.objects.create(name="Thermo 9", line=line)

    with pytest.raises(lists.EntryUsed):
        lists.remove(line, by=SYSTEM, now=NOW)

    assert ProductLine.objects.exists()


def test_what_belongs_to_an_entry_alone_goes_with_it() -> None:
    process = Process.objects.create(key="alt", name_de="Alt", kind="lead")
    process.phases.create(position=1, name_de="Kontakt")

    assert not lists.is_used(process)
