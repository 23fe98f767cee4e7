"""What an administrator keeps, from products to roles: added, changed and taken out again with one line each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction

from lotse.kernel.actors import Actor
from lotse.kernel.facts import Fact
from lotse.kernel.language import mark
from lotse.records.journal.services import record


@dataclass(frozen=True, kw_only=True)
class EntryAdded(Fact):
    kind: ClassVar[str] = "list.added"
    sentence: ClassVar[str] = mark("%(actor)s added %(name)s")
    sign: ClassVar[str] = "plus"

    name: str


@dataclass(frozen=True, kw_only=True)
class EntryChanged(Fact):
    kind: ClassVar[str] = "list.changed"
    sentence: ClassVar[str] = mark("%(actor)s changed %(name)s: %(fields)s")
    sign: ClassVar[str] = "pencil"

    name: str
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class EntryRemoved(Fact):
    kind: ClassVar[str] = "list.removed"
    sentence: ClassVar[str] = mark("%(actor)s deleted %(name)s")
    sign: ClassVar[str] = "trash"

    name: str


class EntryUsed(Exception):
    """Something else still names this entry, so it can be switched off but not deleted."""


@transaction.atomic
def add(
    entry: models.Model,
    *,
    by: Actor,
    now: datetime,
    many: Mapping[str, Collection[Any]] | None = None,
) -> None:
    """Save a new entry, and the records it is linked to."""
    entry.save(force_insert=True)
    for name, rows in (many or {}).items():
        getattr(entry, name).set(rows)
    record(EntryAdded(name=str(entry)), about=entry, by=by, at=now)


@transaction.atomic
def change(entry: models.Model, values: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Write these values to an entry; with none, nothing happened."""
    if not values:
        return
    linked = {f.name for f in entry._meta.many_to_many}
    columns = [name for name in values if name not in linked]
    for name, value in values.items():
        if name in linked:
            getattr(entry, name).set(value)
        else:
            setattr(entry, name, value)
    if columns:
        entry.save(update_fields=columns)
    note_change(entry, values, by=by, now=now)


def note_change(entry: models.Model, fields: Collection[str], *, by: Actor, now: datetime) -> None:
    """Write down that something about an entry was changed; the caller changed it."""
    record(EntryChanged(name=str(entry), fields=sorted(fields)), about=entry, by=by, at=now)


@transaction.atomic
def remove(entry: models.Model, *, by: Actor, now: datetime) -> None:
    """
    Delete an entry that nothing else names.

    :raises EntryUsed: if something does
    """
    if is_used(entry):
        raise EntryUsed(str(entry))
    record(EntryRemoved(name=str(entry)), about=entry, by=by, at=now)
    entry.delete()


def is_used(entry: models.Model) -> bool:
    """Say whether any record names this entry; what belongs to it alone does not count."""
    links = (r for r in _relations(entry) if getattr(r, "on_delete", None) is not models.CASCADE)
    return any(
        link.related_model._default_manager.filter(**{link.field.name: entry.pk}).exists()
        for link in links
    )


def _relations(entry: models.Model) -> list[Any]:
    # Hidden ones too: most records name an entry without a way back.
    fields: list[Any] = list(entry._meta.get_fields(include_hidden=True))
    return [f for f in fields if f.is_relation and f.auto_created and not f.concrete]
