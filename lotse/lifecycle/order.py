"""What happens then? The stages in their order: for each, its work and where its exits lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lotse.kernel.moves import Move
from lotse.records.cases.models import Case
from lotse.stages.acceptance import work as acceptance
from lotse.stages.assignment import work as assignment
from lotse.stages.closing import work as closing
from lotse.stages.matching import work as matching
from lotse.stages.process import work as process

Stage = Case.Stage


class Work(Protocol):
    """A stage's entrance: looks at cases, does what is due, answers a move for each by its id."""

    def __call__(self, cases: Sequence[Case], *, now: datetime) -> Mapping[int, Move]: ...


@dataclass(frozen=True)
class Stop:
    work: Work
    exits: Mapping[str, Case.Stage]


LIFECYCLE = {
    Stage.MATCHING: Stop(matching.work, {"matched": Stage.ASSIGNMENT, "joined": Stage.DONE}),
    Stage.ASSIGNMENT: Stop(assignment.work, {"assigned": Stage.ACCEPTANCE}),
    Stage.ACCEPTANCE: Stop(
        acceptance.work,
        {
            "accepted": Stage.PROCESS,
            "declined": Stage.ASSIGNMENT,
            "ran_out": Stage.ASSIGNMENT,
            # Joined to another case, or won by being accepted at once.
            "closed": Stage.CLOSING,
        },
    ),
    Stage.PROCESS: Stop(process.work, {"finished": Stage.CLOSING, "handed_back": Stage.ASSIGNMENT}),
    Stage.CLOSING: Stop(
        closing.work, {"won": Stage.DONE, "lost": Stage.DONE, "joined": Stage.DONE}
    ),
}
