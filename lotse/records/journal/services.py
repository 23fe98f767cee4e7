"""Writing the journal: facts go in with the transaction that made them true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from lotse.kernel.actors import Actor
from lotse.kernel.facts import Fact
from lotse.kernel.reasons import Reason
from lotse.records.journal.models import Act, Entry, journal_name


@dataclass(frozen=True)
class Line:
    """One line to be written: a fact about a record, with what belongs to it."""

    fact: Fact
    about: models.Model
    reasons: Sequence[Reason] = ()
    basis: Any = None
    before: dict[str, Any] | None = field(default=None)
    # The act it is booked to, if not the one of all lines written with it.
    act: Act | None = None


def begin(*, kind: str, by: Actor, at: datetime) -> Act:
    """Open an act, to which the lines of what somebody does in one go are booked."""
    return Act.objects.create(kind=kind, at=at, actor_kind=by.kind, actor_id=by.id)


def record(
    fact: Fact,
    *,
    about: models.Model,
    by: Actor,
    at: datetime,
    reasons: Sequence[Reason] = (),
    basis: Any = None,
    before: dict[str, Any] | None = None,
    act: Act | None = None,
    cause: Entry | None = None,
) -> Entry:
    """Write one fact about a record."""
    line = Line(fact, about, reasons, basis, before)
    entry = _entry(line, by=by, at=at, act=act, cause=cause)
    entry.save(force_insert=True)
    return entry


def record_all(
    lines: Iterable[Line],
    *,
    by: Actor,
    at: datetime,
    act: Act | None = None,
    cause: Entry | None = None,
) -> list[Entry]:
    """Write many facts with one statement."""
    entries = [_entry(line, by=by, at=at, act=act, cause=cause) for line in lines]
    return Entry.objects.bulk_create(entries, batch_size=2000)


def _entry(line: Line, *, by: Actor, at: datetime, act: Act | None, cause: Entry | None) -> Entry:
    return Entry(
        at=at,
        kind=line.fact.kind,
        about_type=journal_name(line.about),
        about_id=line.about.pk,
        actor_kind=by.kind,
        actor_id=by.id,
        data=line.fact.to_data(),
        reasons=[r.to_data() for r in line.reasons],
        basis=line.basis,
        before=line.before,
        act=line.act or act,
        cause=cause,
    )
