"""What writing accounts and contacts puts into the journal; the values themselves stay out of it."""

from dataclasses import dataclass, field
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class AccountCreated(Fact):
    kind: ClassVar[str] = "accounts.account_created"
    sentence: ClassVar[str] = mark("%(actor)s created the account %(account)s")
    sign: ClassVar[str] = "account"

    account_id: int


@dataclass(frozen=True, kw_only=True)
class AccountChanged(Fact):
    kind: ClassVar[str] = "accounts.account_changed"
    sentence: ClassVar[str] = mark("%(actor)s changed the account %(account)s")
    sign: ClassVar[str] = "pencil"

    account_id: int
    # Which fields; what they said before stands in FormerValue.
    fields: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ContactCreated(Fact):
    kind: ClassVar[str] = "accounts.contact_created"
    sentence: ClassVar[str] = mark("%(actor)s created the contact %(contact)s")
    sign: ClassVar[str] = "contact"

    contact_id: int


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Fact):
    kind: ClassVar[str] = "accounts.contact_changed"
    sentence: ClassVar[str] = mark("%(actor)s changed the contact %(contact)s")
    sign: ClassVar[str] = "pencil"

    contact_id: int
    fields: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ConsentNoted(Fact):
    kind: ClassVar[str] = "accounts.consent_noted"
    sentence: ClassVar[str] = mark("%(actor)s noted the consent for %(channel)s: %(consent)s")
    sign: ClassVar[str] = "shield"

    contact_id: int
    consent_id: int
    channel: str
    consent: str
