"""What the guide has to ask: lead, account, contact, case; a step without a question is skipped."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from lotse.records.accounts.alike import Comparison, Match, Outcome


class Step(StrEnum):
    LEAD = "lead"
    ACCOUNT = "account"
    CONTACT = "contact"
    CASE = "case"


class Result(StrEnum):
    """What became of one side, or that it is to be asked."""

    ASK = "ask"
    TAKEN = "taken"
    CREATED = "created"
    # Nothing is written: a private person has no company, a company may have named nobody.
    NONE = "none"


@dataclass(frozen=True)
class Finding:
    """What matching says of one side, as far as the one who looks may see it."""

    outcome: Outcome
    candidates: tuple[Comparison, ...] = ()
    # How many are alike that may not be shown; that they exist is all that is said of them.
    hidden: int = 0

    @property
    def same_id(self) -> int | None:
        return self.candidates[0].record_id if self.outcome == Outcome.SAME else None

    def holds(self, record_id: int) -> bool:
        return any(c.record_id == record_id for c in self.candidates)


@dataclass(frozen=True)
class Choice:
    """What was answered at a step: a known record, a new one, or nothing yet."""

    record_id: int | None = None
    is_new: bool = False

    @property
    def is_open(self) -> bool:
        return self.record_id is None and not self.is_new


@dataclass(frozen=True)
class Verdict:
    """What a step comes to, given the answers so far."""

    result: Result
    record_id: int | None = None
    # Whether there is anything to ask, also after it was answered: one may go back to it.
    has_question: bool = False


def find(match: Match | None, visible: Collection[int], *, counts_hidden: bool = True) -> Finding:
    """
    Leave of a match what may be seen; a hidden record is only counted.

    :param counts_hidden: whether it is told at all that there are others; outside the house it is not
    """
    if match is None:
        return Finding(Outcome.NONE)
    seen = tuple(c for c in match.candidates if c.record_id in visible)
    hidden = len(match.candidates) - len(seen) if counts_hidden else 0
    if match.same_id is not None and match.same_id in visible:
        return Finding(Outcome.SAME, seen, hidden)
    return Finding(Outcome.SIMILAR if seen or hidden else Outcome.NONE, seen, hidden)


def judge_side(finding: Finding, choice: Choice, *, is_named: bool) -> Verdict:
    """
    Say what becomes of the account, or of the contact.

    The same: taken. Similar ones, also hidden ones: asked. Nothing similar: created.
    """
    if not is_named:
        return Verdict(Result.NONE)
    if finding.outcome == Outcome.SAME and not choice.is_new and choice.record_id is None:
        return Verdict(Result.TAKEN, finding.same_id)
    has_question = finding.outcome != Outcome.NONE
    if choice.record_id is not None:
        return Verdict(Result.TAKEN, choice.record_id, has_question)
    if choice.is_new or not has_question:
        return Verdict(Result.CREATED, has_question=has_question)
    return Verdict(Result.ASK, has_question=True)
