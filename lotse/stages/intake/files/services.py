"""What can be done with a file: take it in, say how its columns are read, start it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.records.catalog.models import Campaign, LeadSource
from lotse.records.journal.models import Act
from lotse.records.journal.services import begin
from lotse.stages.intake.files import storage, stored
from lotse.stages.intake.files.reading import look
from lotse.stages.intake.models import Import

NAME_LENGTH = 200


class AlreadyStarted(Exception):
    """The import is no draft any more: how its columns are read can't be changed."""


def take(*, chunks: Iterable[bytes], name: str, by: Actor, now: datetime) -> Import:
    """
    Keep a file, look at it, and guess what its columns are; nothing of it is imported yet.

    :raises Refused: if it can't be imported; the file is not kept then
    """
    kept = storage.keep(chunks)
    try:
        found = look(kept.path, zone=settings.HOME_ZONE, country=settings.HOME_COUNTRY)
    except Exception:
        if not Import.objects.filter(file_hash=kept.file_hash).exists():
            kept.path.unlink(missing_ok=True)
        raise
    return Import.objects.create(
        name=Path(name.replace("\\", "/")).name[-NAME_LENGTH:] or "?",
        file_hash=kept.file_hash,
        size=kept.size,
        by_id=by.person_id,
        created_at=now,
        **stored.to_data(found),
    )


def prepare(
    one: Import,
    *,
    fields: Mapping[int, str],
    day_first: bool | None = None,
    source: LeadSource | None = None,
    campaign: Campaign | None = None,
) -> None:
    """
    Say what the columns are, and what holds for all rows.

    :raises AlreadyStarted: if it was started meanwhile
    """
    one.columns = stored.with_fields(stored.columns_of(one), fields)
    if day_first is not None:
        one.notation = {**one.notation, "day_first": day_first}
    one.source, one.campaign = source, campaign
    changed = Import.objects.filter(pk=one.pk, state=Import.State.DRAFT).update(
        columns=one.columns, notation=one.notation, source=source, campaign=campaign
    )
    if not changed:
        raise AlreadyStarted(one.pk)


@transaction.atomic
def start(one: Import, *, by: Actor, now: datetime) -> Act:
    """
    Let the import begin; whoever reads next, the worker or a command, takes it up.

    :raises AlreadyStarted: if somebody else was quicker
    """
    act = begin(kind="import", by=by, at=now)
    # Of two clicks only the first still finds a draft.
    started = Import.objects.filter(pk=one.pk, state=Import.State.DRAFT).update(
        state=Import.State.WAITING, act=act, started_at=now
    )
    if not started:
        raise AlreadyStarted(one.pk)
    one.refresh_from_db()
    return act


def discard(one: Import) -> None:
    """
    Forget a draft; its file goes with the next tidying.

    :raises AlreadyStarted: if it is none any more
    """
    if not Import.objects.filter(pk=one.pk, state=Import.State.DRAFT).delete()[0]:
        raise AlreadyStarted(one.pk)
