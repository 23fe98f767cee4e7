"""What acceptance writes to the journal."""

from dataclasses import dataclass, field
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class Offered(Fact):
    """Held out to exactly one of the three."""

    kind: ClassVar[str] = "acceptance.offered"
    sentence: ClassVar[str] = mark("Offered to %(person)s, answer by %(deadline_at)s")
    sign: ClassVar[str] = "hourglass"
    counts_as_work: ClassVar[bool] = False

    offer_id: int
    deadline_at: str
    person_id: int | None = None
    team_id: int | None = None
    partner_id: int | None = None

    def say(self) -> str:
        if self.team_id:
            return mark("Offered to the team %(team)s, answer by %(deadline_at)s")
        if self.partner_id:
            return mark("Offered to %(partner)s, answer by %(deadline_at)s")
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class Reminded(Fact):
    kind: ClassVar[str] = "acceptance.reminded"
    sentence: ClassVar[str] = mark("Reminded of the offer, answer by %(deadline_at)s")
    sign: ClassVar[str] = "bell"
    counts_as_work: ClassVar[bool] = False

    offer_id: int
    deadline_at: str


@dataclass(frozen=True, kw_only=True)
class RanOut(Fact):
    kind: ClassVar[str] = "acceptance.ran_out"
    sentence: ClassVar[str] = mark("The offer to %(person)s ran out without an answer")
    sign: ClassVar[str] = "hourglass"
    tone: ClassVar[str] = "warn"
    counts_as_work: ClassVar[bool] = False

    offer_id: int
    person_id: int | None = None
    team_id: int | None = None
    partner_id: int | None = None

    def say(self) -> str:
        if self.team_id:
            return mark("The offer to the team %(team)s ran out without an answer")
        if self.partner_id:
            return mark("The offer to %(partner)s ran out without an answer")
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Fact):
    """The lead went another way while the offer stood."""

    kind: ClassVar[str] = "acceptance.withdrawn"
    sentence: ClassVar[str] = mark("The offer to %(person)s was withdrawn")
    sign: ClassVar[str] = "undo"
    counts_as_work: ClassVar[bool] = False

    offer_id: int
    person_id: int | None = None
    team_id: int | None = None
    partner_id: int | None = None

    def say(self) -> str:
        if self.team_id:
            return mark("The offer to the team %(team)s was withdrawn")
        if self.partner_id:
            return mark("The offer to %(partner)s was withdrawn")
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class Accepted(Fact):
    kind: ClassVar[str] = "acceptance.accepted"
    sentence: ClassVar[str] = mark("%(actor)s accepted the lead")
    sign: ClassVar[str] = "check-circle"
    tone: ClassVar[str] = "ok"

    person_id: int
    offer_id: int | None = None
    account_id: int | None = None
    contact_id: int | None = None
    # The opportunity that acceptance opened, where the lead type says so.
    opened_case_id: int | None = None
    note_id: int | None = None
    is_for_other: bool = False

    def say(self) -> str:
        if self.is_for_other:
            return mark("%(actor)s accepted the lead for %(person)s")
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class Attached(Fact):
    """Accepted, and joined to a case of the same contact that is still open."""

    kind: ClassVar[str] = "acceptance.attached"
    sentence: ClassVar[str] = mark("%(actor)s attached the lead to %(case)s")
    sign: ClassVar[str] = "link"
    tone: ClassVar[str] = "ok"

    case_id: int
    offer_id: int | None = None
    contact_id: int | None = None
    note_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class InquiryAttached(Fact):
    """Told about the case that took the inquiries over."""

    kind: ClassVar[str] = "acceptance.inquiry_attached"
    sentence: ClassVar[str] = mark("%(actor)s attached a further inquiry of %(case)s")
    sign: ClassVar[str] = "link"

    case_id: int
    inquiry_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class OpportunityOpened(Fact):
    """Told about the opportunity."""

    kind: ClassVar[str] = "acceptance.opportunity_opened"
    sentence: ClassVar[str] = mark("%(actor)s opened it by accepting %(case)s")
    sign: ClassVar[str] = "chance"
    tone: ClassVar[str] = "ok"

    case_id: int


@dataclass(frozen=True, kw_only=True)
class Declined(Fact):
    kind: ClassVar[str] = "acceptance.declined"
    sentence: ClassVar[str] = mark("%(actor)s declined the lead")
    sign: ClassVar[str] = "x-circle"
    tone: ClassVar[str] = "warn"

    offer_id: int
    person_id: int | None = None
    team_id: int | None = None
    partner_id: int | None = None
    reason_id: int | None = None

    def say(self) -> str:
        if self.team_id and self.reason_id:
            return mark("%(actor)s declined the lead for the team %(team)s: %(reason)s")
        if self.partner_id and self.reason_id:
            return mark("%(actor)s declined the lead for %(partner)s: %(reason)s")
        return mark("%(actor)s declined the lead: %(reason)s") if self.reason_id else self.sentence


@dataclass(frozen=True, kw_only=True)
class NotStarted(Fact):
    """Told to the manager when the second clock has run out."""

    kind: ClassVar[str] = "acceptance.not_started"
    sentence: ClassVar[str] = mark("%(person)s has done nothing yet, expected by %(due_at)s")
    sign: ClassVar[str] = "hourglass"
    tone: ClassVar[str] = "warn"
    counts_as_work: ClassVar[bool] = False

    person_id: int
    due_at: str


@dataclass(frozen=True, kw_only=True)
class AccessAsked(Fact):
    """Somebody met a record they may not see; which one it is, the line does not tell."""

    kind: ClassVar[str] = "acceptance.access_asked"
    sentence: ClassVar[str] = mark("%(actor)s asked for access to a similar account or contact")
    sign: ClassVar[str] = "lock"
    counts_as_work: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class AccessWanted(Fact):
    """The same, for the bell of those who hold the account or contact."""

    kind: ClassVar[str] = "acceptance.access_wanted"
    sentence: ClassVar[str] = mark("%(person)s has a lead that may belong to %(account)s")
    sign: ClassVar[str] = "lock"
    counts_as_work: ClassVar[bool] = False

    person_id: int
    account_id: int | None = None
    contact_id: int | None = None

    def say(self) -> str:
        if self.account_id is None:
            return mark("%(person)s has a lead that may belong to %(contact)s")
        return self.sentence
