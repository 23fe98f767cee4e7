"""The entrance of closing: a won lead opens its opportunity; then a case is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lotse.kernel.moves import Leave, Move, Wait
from lotse.records.cases.models import Case
from lotse.stages.closing.services.opening import open_opportunities


def work(cases: Sequence[Case], *, now: datetime) -> Mapping[int, Move]:
    """Draw the consequence of how a case ended; an opportunity that closes opens nothing."""
    won = [c for c in cases if c.outcome == Case.Outcome.WON and c.kind == Case.Kind.LEAD]
    open_opportunities(won, now=now)
    return {case.pk: Leave(case.outcome) if case.is_closed else Wait() for case in cases}
