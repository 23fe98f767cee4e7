"""The loop that takes cases which want a look through their stages, in batches, step by step."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from lotse.kernel.moves import Leave, Move
from lotse.lifecycle.order import LIFECYCLE
from lotse.records.cases.models import Case, CaseQuerySet

log = logging.getLogger(__name__)

BATCH = 500
# How long a worker may look at a batch; if it dies, the cases are due again after this.
LEASE = timedelta(minutes=2)
# A case that stumbles is looked at again after this, times the number of stumbles.
PAUSE = timedelta(minutes=5)
# A way of a case that takes more steps than this goes in a circle.
LONGEST_WAY = 50

# Cases by the stage they stand at.
Places = dict[Case.Stage, list[int]]


def advance_due(*, now: datetime, limit: int = BATCH) -> int:
    """Take the cases that are due, at most `limit`, and let them go on; return how many there were."""
    claimed = _claim(Case.objects.due(now).order_by("wake_at", "id"), now=now, limit=limit)
    _go_on(claimed, now=now)
    return sum(len(ids) for ids in claimed.values())


def advance(case_ids: Iterable[int], *, now: datetime) -> None:
    """Let these cases go on now, as far as they get; what another worker holds is left to it."""
    wanted = list(case_ids)
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        _go_on(_claim(Case.objects.due(now).filter(pk__in=some), now=now, limit=BATCH), now=now)


def _claim(due: CaseQuerySet, *, now: datetime, limit: int) -> Places:
    # Note [claim]. One statement takes the lease. On PostgreSQL workers pass over rows that another
    # one is claiming (SKIP LOCKED); on SQLite the write lock lets one in at a time.
    with transaction.atomic():
        found = due.select_for_update(skip_locked=True, of=("self",)).values_list("pk", "stage")
        claimed = list(found[:limit])
        if claimed:
            ids = [pk for pk, _ in claimed]
            Case.objects.filter(pk__in=ids).update(lease_until=now + LEASE)
    places: Places = defaultdict(list)
    for pk, stage in claimed:
        places[Case.Stage(stage)].append(pk)
    return places


def _go_on(claimed: Places, *, now: datetime) -> None:
    waiting = claimed
    for _ in range(LONGEST_WAY):
        if not waiting:
            return
        waiting = _step(waiting, now=now)
    circling = [pk for ids in waiting.values() for pk in ids]
    log.error("cases go in a circle: %s", circling[:20])
    _stumble(circling, now=now)


def _step(waiting: Places, *, now: datetime) -> Places:
    """Let each stage look at its cases once; return those that left, by the stage they come to."""
    return _together(_work(stage, ids, now=now) for stage, ids in waiting.items())


def _work(stage: Case.Stage, ids: list[int], *, now: datetime) -> Places:
    try:
        return _work_together(stage, ids, now=now)
    except Exception:
        # One case must not hold up the others: take them one by one and set aside the one that
        # stumbles. Nothing was written, for the batch is one transaction.
        log.exception("%s stumbled over a batch of %d", stage, len(ids))
        if len(ids) == 1:
            _stumble(ids, now=now)
            return {}
        return _together(_work(stage, [one], now=now) for one in ids)


def _together(parts: Iterable[Places]) -> Places:
    places: Places = defaultdict(list)
    for part in parts:
        for stage, ids in part.items():
            places[stage] += ids
    return places


@transaction.atomic
def _work_together(stage: Case.Stage, ids: list[int], *, now: datetime) -> Places:
    stop = LIFECYCLE.get(stage)
    if stop is None:
        Case.objects.filter(pk__in=ids).update(wake_at=None, lease_until=None)
        return {}
    cases = list(Case.objects.select_for_update().filter(pk__in=ids, stage=stage).order_by("id"))
    if len(cases) < len(ids):
        # Somebody took them elsewhere since they were claimed: they are looked at there.
        elsewhere = set(ids) - {case.pk for case in cases}
        Case.objects.filter(pk__in=elsewhere).update(lease_until=None)
    moves = stop.work(cases, now=now)
    return _apply(stage, moves, now=now)


def _apply(stage: Case.Stage, moves: Mapping[int, Move], *, now: datetime) -> Places:
    exits = LIFECYCLE[stage].exits
    leaving: dict[Case.Stage, list[int]] = defaultdict(list)
    waiting: dict[datetime | None, list[int]] = defaultdict(list)
    for pk, move in moves.items():
        if isinstance(move, Leave):
            leaving[exits[move.by]].append(pk)
        else:
            waiting[move.until].append(pk)

    for until, some in waiting.items():
        Case.objects.filter(pk__in=some).update(wake_at=until, lease_until=None, stumbles=0)
    for target, some in leaving.items():
        # Still due and leased: if this worker dies here, the next one takes them up at the new stage.
        on = (
            {"wake_at": now}
            if target != Case.Stage.DONE
            else {"wake_at": None, "lease_until": None}
        )
        Case.objects.filter(pk__in=some).update(stage=target, stumbles=0, **on)
    leaving.pop(Case.Stage.DONE, None)
    return leaving


def _stumble(ids: Sequence[int], *, now: datetime) -> None:
    Case.objects.filter(Q(pk__in=ids)).update(
        stumbles=F("stumbles") + 1, lease_until=None, wake_at=now + PAUSE
    )
