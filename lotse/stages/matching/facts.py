"""What matching writes to the journal."""

from dataclasses import dataclass
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class Matched(Fact):
    """Whom the lead is certainly from, if anybody; and how many are like them."""

    kind: ClassVar[str] = "matching.matched"
    sentence: ClassVar[str] = mark("Nobody like this was known")
    sign: ClassVar[str] = "people"
    counts_as_work: ClassVar[bool] = False

    account_id: int | None = None
    contact_id: int | None = None
    similar: int = 0

    def say(self) -> str:
        if self.contact_id and self.account_id:
            return mark("Known: %(contact)s of %(account)s")
        if self.contact_id:
            return mark("Known: %(contact)s")
        if self.account_id:
            return mark("The account is known: %(account)s")
        if self.similar:
            return mark("Similar accounts or contacts are known: %(similar)s")
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class Joined(Fact):
    """The same person asked for the same before, and that case is still open."""

    kind: ClassVar[str] = "matching.joined"
    sentence: ClassVar[str] = mark("Joined to the open case %(case)s of the same person")
    sign: ClassVar[str] = "link"
    counts_as_work: ClassVar[bool] = False

    case_id: int


@dataclass(frozen=True, kw_only=True)
class InquiryJoined(Fact):
    """Told about the case that took the inquiry over."""

    kind: ClassVar[str] = "matching.inquiry_joined"
    sentence: ClassVar[str] = mark("The same person asked again")
    sign: ClassVar[str] = "inbox"
    tone: ClassVar[str] = "ok"
    counts_as_work: ClassVar[bool] = False

    from_case_id: int
