"""Which values of a lead and of a known contact differ, and what becomes of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lotse.kernel.addresses import email_of, phone_of, plain, postcode_of, street_of

# The fields a lead can say of a contact, in the order in which they are asked.
FIELDS = (
    "salutation", "title", "first_name", "last_name", "email", "phone",
    "street", "postcode", "city", "country", "language",
)  # fmt: skip


class Source(StrEnum):
    """Whose value is to hold."""

    LEAD = "lead"
    KNOWN = "known"
    TYPED = "typed"


class State(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    # The lead says what was not known: it is added, and nothing is asked.
    NEW = "new"


@dataclass(frozen=True)
class Beside:
    """One field of the lead beside the same of the contact."""

    field: str
    known: str
    lead: str
    state: State


@dataclass(frozen=True)
class Decision:
    source: Source
    typed: str = ""


@dataclass(frozen=True)
class Change:
    """What to write into a field, and the values that are kept in the history."""

    field: str
    value: str
    # What the field said until now, if that is given up.
    former: str | None = None
    # What the lead said, if that is not taken.
    refused: str | None = None

    @property
    def is_written(self) -> bool:
        return self.former is not None or self.refused is None


class Undecided(Exception):
    """Fields differ and nobody said which value is to hold."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = tuple(fields)


def compare(
    lead: Mapping[str, str], known: Mapping[str, str], *, home_country: str
) -> list[Beside]:
    """
    Hold what the lead says beside what is known; what the lead leaves empty is left out.

    `known` may have a second phone under "mobile": the lead's number agrees with either.
    """
    country = lead.get("country") or known.get("country") or home_country
    return [
        Beside(name, known.get(name, ""), lead[name], _state(name, lead[name], known, country))
        for name in FIELDS
        if lead.get(name, "").strip()
    ]


def decide(beside: Iterable[Beside], decisions: Mapping[str, Decision]) -> list[Change]:
    """
    Say what becomes of each field: the other value is never lost.

    :raises Undecided: if a field differs and nobody decided
    """
    beside = list(beside)
    differing = [b for b in beside if b.state == State.DIFFERS]
    open_fields = [b.field for b in differing if b.field not in decisions]
    if open_fields:
        raise Undecided(open_fields)

    added = [Change(b.field, b.lead) for b in beside if b.state == State.NEW]
    return added + [_change(b, decisions[b.field]) for b in differing]


def _change(beside: Beside, decision: Decision) -> Change:
    if decision.source == Source.LEAD:
        return Change(beside.field, beside.lead, former=beside.known)
    if decision.source == Source.TYPED and decision.typed != beside.known:
        return Change(beside.field, decision.typed, former=beside.known, refused=beside.lead)
    return Change(beside.field, beside.known, refused=beside.lead)


def _state(name: str, lead: str, known: Mapping[str, str], country: str) -> State:
    if not known.get(name, "").strip():
        # One number may be known as the mobile one.
        is_other = name == "phone" and _same(name, lead, known.get("mobile", ""), country)
        return State.AGREES if is_other else State.NEW
    others = [known[name]] + ([known.get("mobile", "")] if name == "phone" else [])
    agrees = any(_same(name, lead, other, country) for other in others)
    return State.AGREES if agrees else State.DIFFERS


def _same(name: str, a: str, b: str, country: str) -> bool:
    if name == "email":
        return (email_of(a) or plain(a)) == (email_of(b) or plain(b))
    if name == "phone":
        return (phone_of(a, country) or plain(a)) == (phone_of(b, country) or plain(b))
    if name == "street":
        return street_of(a) == street_of(b)
    if name == "postcode":
        return postcode_of(a) == postcode_of(b)
    return _name(a) == _name(b)


def _name(text: str) -> str:
    return plain(text.replace("'", "").replace("’", ""))
