"""The entrance of the stage."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lotse.kernel.moves import Move, Wait
from lotse.records.cases.models import Case


def work(cases: Sequence[Case], *, now: datetime) -> Mapping[int, Move]:
    return {case.pk: Wait() for case in cases}
