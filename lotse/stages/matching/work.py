"""The entrance of the stage: is this person or company known, and is there an open case of theirs?"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from lotse.kernel.moves import Leave, Move, Wait
from lotse.records.accounts.profiles import Normal
from lotse.records.cases.models import Case
from lotse.records.cases.services import profile_of
from lotse.stages.matching import services
from lotse.stages.matching.queries import Others
from lotse.stages.matching.rules import Open, choose, interest_of

# A case that somebody is writing this very moment is looked at again after this.
A_MOMENT = timedelta(seconds=2)


@dataclass(frozen=True)
class Plan:
    """Which leads join which open cases, and which must wait until others have been looked at."""

    joins: Mapping[int, Open]
    held: Mapping[int, Case]
    busy: Set[int]


def work(cases: Sequence[Case], *, now: datetime) -> Mapping[int, Move]:
    """Join leads to open cases, and note whom all others are from; the same few queries for any number."""
    leads = [case for case in cases if not case.is_closed]
    profiles = {lead.pk: profile_of(lead) for lead in leads}
    plan = _plan(leads, profiles)
    free = [lead for lead in leads if lead.pk not in plan.busy]
    joined = [lead for lead in free if lead.pk in plan.joins]
    others = [lead for lead in free if lead.pk not in plan.joins]

    services.join(joined, plan.joins, plan.held, now)
    services.note_matches(others, profiles, now)
    return {
        **{case.pk: Wait() for case in cases if case.is_closed},
        **{lead.pk: Leave("joined") for lead in joined},
        **{lead.pk: Leave("matched") for lead in others},
        **{pk: Wait(now + A_MOMENT) for pk in plan.busy},
    }


def _plan(leads: Sequence[Case], profiles: Mapping[int, Normal]) -> Plan:
    around = Others(leads, profiles)
    interests = {lead.pk: interest_of(lead.product_id, lead.subject) for lead in leads}
    same = choose(interests, {pk: around.before(pk) for pk in interests})
    joins = {pk: found[0] for pk, found in same.items() if len(found) == 1}

    # Note [same at once]. Keys are committed before matching begins, so of two workers with a lead
    # of the same person each, at least one sees the other's. Whoever meets a lead that is being
    # matched elsewhere this moment waits until it is known what became of it.
    beside = {pk: around.beside(pk) for pk in interests if pk not in joins}
    held = services.hold({*(j.case_id for j in joins.values()), *chain(*beside.values())}, leads)
    busy = {pk for pk, join in joins.items() if join.case_id not in held}
    busy |= {pk for pk, ids in beside.items() if not held.keys() >= set(ids)}
    busy |= {pk for pk, join in joins.items() if join.case_id in busy}
    # Of several that it might join, one may be about to join another: then only one is left.
    busy |= {pk for pk, found in same.items() if len(found) > 1 and around.is_undecided(found)}
    return Plan(joins, held, busy)
