"""The entrance of the stage: is this person or company known, and is there an open case of theirs?"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from lotse.kernel.moves import Leave, Move, Wait
from lotse.records.cases.models import Case
from lotse.records.cases.services import index, profile_of
from lotse.stages.matching import services
from lotse.stages.matching.queries import find_open_cases
from lotse.stages.matching.rules import choose

# A case that somebody is writing this very moment is looked at again after this.
A_MOMENT = timedelta(seconds=2)


def work(cases: Sequence[Case], *, now: datetime) -> Mapping[int, Move]:
    """Join leads to open cases, and note whom all others are from; the same few queries for any number."""
    profiles = {case.pk: profile_of(case) for case in cases}
    index(cases, profiles=profiles)
    by_age = sorted(cases, key=lambda case: case.pk)
    joins = choose(((c.pk, c.product_id) for c in by_age), find_open_cases(cases, profiles))
    targets = _hold({chosen.case_id for chosen in joins.values()}, cases)
    busy = {pk for pk, chosen in joins.items() if chosen.case_id not in targets}

    joined = [c for c in cases if c.pk in joins and c.pk not in busy]
    services.join(joined, joins, targets, now)
    others = [c for c in cases if c.pk not in joins]
    services.note_matches(others, profiles, now)
    return {
        **{c.pk: Leave("joined") for c in joined},
        **{c.pk: Leave("matched") for c in others},
        **{pk: Wait(now + A_MOMENT) for pk in busy},
    }


def _hold(ids: set[int], batch: Sequence[Case]) -> dict[int, Case]:
    """Lock the open cases that are to be joined to; what another process holds is left out."""
    own = {case.pk: case for case in batch}
    others = ids - own.keys()
    if not others:
        return own
    # Passing over locked rows instead of waiting for them: two workers that wait for each other's
    # rows would wait for ever.
    free = Case.objects.select_for_update(skip_locked=True, of=("self",)).open().standing()
    return own | {case.pk: case for case in free.filter(pk__in=others)}
