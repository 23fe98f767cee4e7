"""Writes to the lists of the settings: a key for what is new, one default, an order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from lotse.kernel.actors import Actor
from lotse.records.catalog.models import LeadType, Process
from lotse.records.journal import lists
from lotse.web.settings.kinds import Kind

LONGEST = 40


class IsDefault(Exception):
    """This lead type holds where nothing else is said, so it cannot be switched off."""


@transaction.atomic
def add(kind: Kind, entry: Any, values: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Save a new entry at the end of its list."""
    _put_last(kind.rows(), entry)
    if values.get("is_default"):
        _clear_default()
    many = {f.name for f in entry._meta.many_to_many}
    lists.add(entry, by=by, now=now, many={n: v for n, v in values.items() if n in many})


@transaction.atomic
def add_process(process: Process, *, by: Actor, now: datetime) -> None:
    """Save a new process, behind all others and without phases."""
    _put_last(Process.objects.all(), process)
    lists.add(process, by=by, now=now)


def _put_last(among: models.QuerySet[Any], entry: Any) -> None:
    names = {f.name for f in entry._meta.concrete_fields}
    if "key" in names:
        entry.key = free_key(among, entry)
    if "position" in names:
        last = among.aggregate(last=models.Max("position"))["last"]
        entry.position = 0 if last is None else last + 1


@transaction.atomic
def change(entry: Any, values: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Write these values; a new default takes the place of the former one."""
    if values.get("is_default"):
        _clear_default()
    lists.change(entry, values, by=by, now=now)


@transaction.atomic
def switch(entry: Any, *, is_on: bool, by: Actor, now: datetime) -> None:
    """
    Let an entry be offered for choosing, or no more.

    :raises IsDefault: if it is the lead type that holds where nothing else is said
    """
    if not is_on and getattr(entry, "is_default", False):
        raise IsDefault
    if entry.is_active != is_on:
        lists.change(entry, {"is_active": is_on}, by=by, now=now)


@transaction.atomic
def move(kind: Kind, entry: Any, *, up: bool, by: Actor, now: datetime) -> None:
    """Let an entry change places with its neighbour; at the end of the list nothing happens."""
    # All are locked and numbered anew: two may share a position.
    rows = list(kind.rows().select_for_update().order_by("position", "pk"))
    place = next(n for n, row in enumerate(rows) if row.pk == entry.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        row.position = position
    kind.model._default_manager.bulk_update(rows, ["position"])
    lists.note_change(entry, ["position"], by=by, now=now)


def _clear_default() -> None:
    LeadType.objects.filter(is_default=True).update(is_default=False)


def free_key(among: models.QuerySet[Any], entry: Any) -> str:
    """Return a key after the name of the entry that no other of these has."""
    stem = slugify(getattr(entry, "name_en", "") or entry.name)[:LONGEST] or "entry"
    taken = set(among.filter(key__startswith=stem).values_list("key", flat=True))
    free, number = stem, 1
    while free in taken:
        number += 1
        free = f"{stem}-{number}"
    return free
