"""Reading an import to its end, batch by batch; each keeps its place, so that whoever dies loses nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F

from lotse.kernel.actors import SYSTEM, Actor, person
from lotse.stages.intake import services as intake
from lotse.stages.intake.files import reading, stored
from lotse.stages.intake.files.arrivals import Arrivals
from lotse.stages.intake.files.tables import Record
from lotse.stages.intake.models import Import

BATCH = 500
# How long whoever reads may be silent; after that the import is taken up by the next.
LEASE = timedelta(minutes=2)


class TakenOver(Exception):
    """Somebody else goes on with this import from the same place."""


def claim_due(*, now: datetime) -> Import | None:
    """Take the import that waits longest, or whose reader died; None if there is none."""
    with transaction.atomic():
        due = Import.objects.due(now).select_for_update(skip_locked=True, of=("self",))
        one = due.order_by("id").first()
        return one if one and claim(one, now=now) else None


def claim(one: Import, *, now: datetime) -> bool:
    """Take this import; whoever read it before notices at its next batch."""
    open_states = [Import.State.WAITING, Import.State.RUNNING]
    return bool(
        Import.objects.filter(pk=one.pk, state__in=open_states).update(
            state=Import.State.RUNNING, lease_until=now + LEASE
        )
    )


@dataclass
class Batch:
    """What one batch brought: the cases that now wait to go on, and whether there is more."""

    case_ids: list[int]
    is_last: bool


class Run:
    """One reader of one import, with the file open at its place."""

    def __init__(self, one: Import, *, batch: int = BATCH) -> None:
        self.pk, self._batch = one.pk, batch
        self._position = one.position
        self._act = one.act
        self._by: Actor = person(one.by_id) if one.by_id else SYSTEM
        self._arrivals = Arrivals(one)
        self._rows: Iterator[Record] = reading.rows(
            stored.path_of(one), stored.shape_of(one), after=one.position
        )

    def step(self, *, now: datetime) -> Batch:
        """
        Import the next rows, together with the place up to which it came.

        A Run that raised is done for: its file is further than its place. Open another one.

        :raises TakenOver: if somebody else has gone on from this place
        """
        records = list(islice(self._rows, self._batch))
        return self._take(records, now=now) if records else self._finish(now=now)

    @transaction.atomic
    def _take(self, records: Sequence[Record], *, now: datetime) -> Batch:
        position = records[-1].row
        # Note [place]. The place moves in the transaction that writes the rows, and only from where we
        # believe it to be: of two readers one goes on, and a crash leaves both or neither.
        self._move(now=now, position=position, rows=F("rows") + len(records))
        received = intake.receive(
            [self._arrivals.of(record) for record in records], by=self._by, now=now, act=self._act
        )
        known = sum(not one.is_new for one in received)
        if known:
            Import.objects.filter(pk=self.pk).update(already_there=F("already_there") + known)
        self._position = position
        return Batch([r.case_id for r in received if r.is_new and r.case_id], is_last=False)

    @transaction.atomic
    def _finish(self, *, now: datetime) -> Batch:
        self._move(now=now, state=Import.State.DONE, finished_at=now)
        Import.objects.filter(pk=self.pk).update(lease_until=None)
        return Batch([], is_last=True)

    def _move(self, *, now: datetime, **values: object) -> None:
        here = Import.objects.filter(
            pk=self.pk, position=self._position, state=Import.State.RUNNING
        )
        if not here.update(lease_until=now + LEASE, **values):
            raise TakenOver(self.pk)
