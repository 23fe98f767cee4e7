"""What `lotse import` does: begins or goes on with an import, and lets its leads go their way."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from lotse.kernel.actors import Actor
from lotse.lifecycle import loop
from lotse.records.cases.models import Case, Inquiry
from lotse.records.catalog.models import LeadSource
from lotse.stages.intake.files import queries, services, storage, stored
from lotse.stages.intake.files.columns import FIELDS
from lotse.stages.intake.files.running import BATCH, Run, claim
from lotse.stages.intake.models import Import


class CannotMap(Exception):
    """What was said about a column does not fit the file; the text says what would."""


def begin(
    file: Path,
    *,
    fields: Mapping[str, str],
    source: LeadSource | None,
    by: Actor,
    now: datetime,
) -> Import:
    """
    Take a file in and start its import, or find the one of the same bytes that was interrupted.

    :raises Refused: if the file can't be imported
    :raises CannotMap: if a column or a field is not there
    """
    one = services.take(chunks=storage.chunks_of(file), name=file.name, by=by, now=now)
    interrupted = queries.get_open(one.file_hash)
    if interrupted:
        services.discard(one)
        return interrupted
    try:
        services.prepare(one, fields=_by_place(one, fields), source=source)
    except CannotMap:
        services.discard(one)
        raise
    services.start(one, by=by, now=now)
    return one


def run(one: Import, *, clock: Callable[[], datetime], batch_size: int = BATCH) -> Iterator[int]:
    """Read the file to its end, and let each batch go on; yield after each how many rows are done."""
    claim(one, now=clock())
    one.refresh_from_db()
    reader, is_last = Run(one, batch=batch_size), False
    while not is_last:
        batch = reader.step(now=clock())
        loop.advance(batch.case_ids, now=clock())
        is_last = batch.is_last
        one.refresh_from_db()
        yield one.rows
    loop.advance(_left_behind(one), now=clock())


def _left_behind(one: Import) -> list[int]:
    """Return what a reader that died had read, but not let go on."""
    cases = Inquiry.objects.filter(import_id=one.pk, case__stage=Case.Stage.MATCHING)
    return list(cases.order_by("case_id").values_list("case_id", flat=True).distinct())


def _by_place(one: Import, fields: Mapping[str, str]) -> dict[int, str]:
    columns = [column for column in stored.columns_of(one) if column.header]
    # Of two columns with the same header the first is meant.
    places = {c.header.casefold(): c.place for c in reversed(columns)}
    for header, field in fields.items():
        if header.casefold() not in places:
            known = ", ".join(column.header for column in columns)
            said = _("No column is called “%(name)s”. There are: %(known)s")
            raise CannotMap(said % {"name": header, "known": known})
        if field and field not in FIELDS:
            said = _("No field is called “%(name)s”. There are: %(known)s")
            raise CannotMap(said % {"name": field, "known": ", ".join(FIELDS)})
    return {places[header.casefold()]: field for header, field in fields.items()}
