"""What goes in and out over the interface; names are those of the journal and the pages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Text80 = Annotated[str, Field(max_length=80)]
Text160 = Annotated[str, Field(max_length=160)]


class Strict(Schema):
    """A body with a field nobody knows is a mistake of the sender: say so, drop nothing silently."""

    model_config = ConfigDict(extra="forbid")


class LeadIn(Strict):
    """A lead as it comes in. At least a name, a company, an e-mail address or a phone."""

    salutation: str = ""
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    language: str = ""
    subject: str = ""
    note: str = ""
    product: str = ""
    source: str = ""
    campaign: str = ""
    lead_type: str = ""
    value: Decimal | str | None = None
    external_id: str = ""
    # Anything else that came with it; kept with the inquiry, shown on the page.
    more: dict[str, Any] = Field(default_factory=dict)


class Received(Schema):
    """What became of an arrival: the case it opened or joined."""

    inquiry_id: int
    lead_id: int
    is_new: bool
    address: str


class LeadFilter(Strict):
    """What a list is narrowed by; all of it may be combined."""

    group: Literal["new", "active", "done"] | None = None
    kind: Literal["lead", "opportunity"] | None = None
    stage: str | None = None
    assignee: int | None = None
    phase: int | None = None
    process: int | None = None
    source: str | None = None
    email: str | None = None
    external_id: str | None = None
    overdue: bool | None = None
    score_above: int | None = None
    # Words by whose beginning cases are found.
    q: str = ""
    limit: int = Field(50, ge=1, le=200)
    # From `next` of the page before.
    cursor: str = ""


class Named(Schema):
    id: int
    name: str


class LeadRow(Schema):
    """A lead as a list shows it."""

    id: int
    kind: str
    stage: str
    name: str
    company: str
    email: str
    phone: str
    postcode: str
    city: str
    country: str
    subject: str
    product: str | None
    source: str | None
    campaign: str | None
    phase: Named | None
    assignee: Named | None
    value: Decimal | None
    score: int
    created_at: datetime
    due_at: datetime | None
    overdue_since: datetime | None
    closed_at: datetime | None
    outcome: str
    version: int


class LeadList(Schema):
    """A page of leads; `next` is the address of the page after it."""

    items: list[LeadRow]
    next: str | None


class ReasonOut(Schema):
    """Why: a code for machines with its values, and the sentence."""

    code: str
    values: dict[str, Any]
    text: str


class EntryOut(Schema):
    """A line of the history: what happened, by whom, and why."""

    id: int
    at: datetime
    kind: str
    # The line as the pages tell it, in the language of `Accept-Language`.
    text: str
    by: dict[str, Any]
    data: dict[str, Any]
    reasons: list[ReasonOut]
    act: int | None


class OverdueDay(Schema):
    """A day on which the assignee was reminded, or will be."""

    day: str
    text: str


class OverdueOut(Schema):
    """The sentence behind "overdue", as the page tells it, in the language of `Accept-Language`."""

    # False while it only comes near.
    is_overdue: bool
    text: str
    reminders: list[OverdueDay]
    # What would end it at once.
    ends: str


class LeadOut(LeadRow):
    """A lead with its history."""

    salutation: str
    title: str
    first_name: str
    last_name: str
    street: str
    language: str
    external_id: str
    account: Named | None
    contact: Named | None
    opened: int | None
    joined_to: int | None
    # None where it is not near its due date.
    overdue: OverdueOut | None
    inquiries: list[dict[str, Any]]
    timeline: list[EntryOut]


class LeadPatch(Strict):
    """Only the fields that are to change; `version` is the one they were read at."""

    version: int
    salutation: str | None = None
    title: str | None = None
    first_name: Text80 | None = None
    last_name: Text80 | None = None
    company: Text160 | None = None
    email: str | None = None
    phone: str | None = None
    street: Text160 | None = None
    postcode: str | None = None
    city: Text80 | None = None
    country: str | None = None
    subject: str | None = None
    value: Decimal | None = None
    score: int | None = Field(None, ge=0, le=100)


class Acceptance(Strict):
    """
    Taking a lead. Account and contact: an id, "new", or "auto" for the one that is certainly the same.
    """

    account: int | Literal["auto", "new"] = "auto"
    contact: int | Literal["auto", "new"] = "auto"
    # For each field in which lead and contact differ: "lead", "known", or another text.
    decisions: dict[str, str] = Field(default_factory=dict)
    # Who works it; left out, whoever the key acts for.
    assignee: int | None = None
    process: int | None = None
    attach_to: int | None = None
    note: str = ""


class Refusal(Strict):
    reason: int | None = None
    comment: str = ""


class PhaseMove(Strict):
    """`version`, where it is sent, is the one the case was read at."""

    phase: int
    version: int | None = None


class Closing(Strict):
    """How it ended; `reason` is needed for a loss."""

    outcome: Literal["won", "lost"]
    reason: int | None = None
    comment: str = ""
    hand_over_to: int | None = None
    version: int | None = None


class Deferral(Strict):
    until: datetime
    phase: int | None = None


class Assignment(Strict):
    assignee: int
    note: str = ""


class TaskIn(Strict):
    title: Annotated[str, Field(min_length=1, max_length=200)]
    due_on: date
    assignee: int | None = None


class AppointmentIn(Strict):
    title: Annotated[str, Field(min_length=1, max_length=200)]
    starts_at: datetime
    ends_at: datetime
    place: Annotated[str, Field(max_length=200)] = ""
    assignee: int | None = None


class NoteIn(Strict):
    text: Annotated[str, Field(min_length=1)]
    kind: Literal["note", "call"] = "note"
    for_partner: bool = False


class Done(Schema):
    """The act by which it can be taken back."""

    act: int


class Created(Schema):
    id: int


class OfferOut(Schema):
    """A lead that is held out; the name is empty as long as it is kept back."""

    id: int
    lead_id: int
    offered_at: datetime
    deadline_at: datetime
    name: str
    subject: str
    product: Named | None
    postcode: str
    city: str
    country: str
    score: int | None
