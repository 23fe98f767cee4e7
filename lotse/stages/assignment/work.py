"""The entrance of the stage: who is to be asked, or already was."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from lotse.kernel.moves import Leave, Move, Wait
from lotse.records.cases.models import Case
from lotse.stages.assignment import services

# When the rules look at the pool again: by then somebody may have got free, or come back.
POOL_AGAIN = timedelta(hours=1)


def work(cases: Sequence[Case], *, now: datetime) -> Mapping[int, Move]:
    """Let go what somebody holds or is asked for; decide the rest by the rules."""
    moves: dict[int, Move] = {}
    undecided: list[Case] = []
    for case in cases:
        if case.is_closed:
            moves[case.pk] = Wait()
        elif case.assignee_id or _is_asked(case):
            moves[case.pk] = Leave("assigned")
        else:
            undecided.append(case)
    if undecided:
        answers = services.ask_by_rules(undecided, now=now)
        moves |= {pk: _move(answer, now=now) for pk, answer in answers.items()}
    return moves


def _is_asked(case: Case) -> bool:
    return bool(case.asked_person_id or case.asked_team_id or case.asked_partner_id)


def _move(answer: services.Answer, *, now: datetime) -> Move:
    if answer == services.Answer.ASKED:
        return Leave("assigned")
    return Wait(now + POOL_AGAIN) if answer == services.Answer.POOL else Wait()
