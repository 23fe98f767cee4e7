"""What closing writes to the journal."""

from dataclasses import dataclass
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class Lost(Fact):
    kind: ClassVar[str] = "closing.lost"
    sentence: ClassVar[str] = mark("%(actor)s closed it as unsuccessful: %(reason)s")
    sign: ClassVar[str] = "x-circle"
    tone: ClassVar[str] = "bad"

    reason_id: int
    phase_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Won(Fact):
    kind: ClassVar[str] = "closing.won"
    sentence: ClassVar[str] = mark("%(actor)s closed it as successful")
    sign: ClassVar[str] = "check-circle"
    tone: ClassVar[str] = "ok"

    phase_id: int | None = None
    # Who is to have the opportunity, if not the one who had the lead.
    person_id: int | None = None

    def say(self) -> str:
        if self.person_id:
            return mark("%(actor)s closed it as successful and handed it over to %(person)s")
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class OpportunityOpened(Fact):
    """On the lead: what it opened."""

    kind: ClassVar[str] = "closing.opportunity_opened"
    sentence: ClassVar[str] = mark("Opened an opportunity for %(person)s: %(opportunity)s")
    sign: ClassVar[str] = "chance"
    counts_as_work: ClassVar[bool] = False

    opportunity_id: int
    person_id: int | None


@dataclass(frozen=True, kw_only=True)
class OpenedByLead(Fact):
    """On the opportunity: where it came from."""

    kind: ClassVar[str] = "closing.opened_by_lead"
    sentence: ClassVar[str] = mark("Opened by the lead %(lead)s")
    sign: ClassVar[str] = "chance"
    counts_as_work: ClassVar[bool] = False

    lead_id: int


@dataclass(frozen=True, kw_only=True)
class OpportunityReceived(Fact):
    """Under the bell of the one to whom an opportunity was handed over."""

    kind: ClassVar[str] = "closing.opportunity_received"
    sentence: ClassVar[str] = mark("You have a new opportunity: %(opportunity)s")
    sign: ClassVar[str] = "chance"
    tone: ClassVar[str] = "ok"
    counts_as_work: ClassVar[bool] = False

    opportunity_id: int


@dataclass(frozen=True, kw_only=True)
class Reopened(Fact):
    kind: ClassVar[str] = "closing.reopened"
    sentence: ClassVar[str] = mark("%(actor)s opened it again")
    sign: ClassVar[str] = "undo"

    reason_id: int | None
    phase_id: int | None = None
