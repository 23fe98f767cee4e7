"""How alike two profiles are, and when that is certain: the 100 % match (domain: 3); plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from rapidfuzz.distance import JaroWinkler

from lotse.records.accounts.profiles import Normal

Side = Literal["account", "contact"]


class Outcome(StrEnum):
    SAME = "same"
    SIMILAR = "similar"
    NONE = "none"


@dataclass(frozen=True)
class Comparison:
    """One candidate beside what came in: which fields agree, which differ, how much speaks for it."""

    record_id: int
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    # Between 0 and 1; a stand-in for a calibrated probability, good for ranking only.
    likeness: float
    is_exact: bool


@dataclass(frozen=True)
class Match:
    """The outcome for one side: at most one record is the same; all similar ones, best first."""

    outcome: Outcome
    candidates: tuple[Comparison, ...] = ()

    @property
    def same_id(self) -> int | None:
        return self.candidates[0].record_id if self.outcome == Outcome.SAME else None


# What identifies an account or contact: where both sides fill one of these and they do not agree, it
# is no 100 % match. A phone is not among them, for one more number is no conflict.
IDENTITY: dict[Side, tuple[str, ...]] = {
    "account": ("company", "form", "postcode", "street", "vat_number", "domain"),
    "contact": ("name", "email"),
}
# One of these alone is enough beside an identity without conflict.
STRONG: dict[Side, tuple[str, ...]] = {
    "account": ("phones", "vat_number", "customer_number", "domain"),
    "contact": ("email", "phones"),
}
COMPARED: dict[Side, tuple[str, ...]] = {
    "account": (
        "company", "form", "postcode", "street", "city", "phones", "vat_number", "customer_number", "domain",
    ),
    "contact": ("name", "email", "phones", "postcode", "street", "city"),
}  # fmt: skip
WEIGHTS = {
    "company": 5.0, "form": 1.0, "name": 5.0, "email": 6.0, "phones": 5.0, "domain": 4.0, "vat_number": 7.0,
    "customer_number": 7.0, "postcode": 2.0, "street": 2.0, "city": 1.0,
}  # fmt: skip
ALIKE_ENOUGH = 0.9
LEAST = 0.35


def compare(new: Normal, known: Normal, *, record_id: int, side: Side) -> Comparison:
    """Hold one known record beside what came in."""
    agrees: list[str] = []
    differs: list[str] = []
    gained = possible = 0.0
    for field in COMPARED[side]:
        a, b = getattr(new, field), getattr(known, field)
        if not a or not b:
            # A legal form on one side only makes the names differ: "Hellweg" may be either firm.
            if field == "form" and (a or b) and new.company and known.company:
                differs.append(field)
            continue
        share = _share(field, a, b)
        possible += WEIGHTS[field]
        gained += WEIGHTS[field] * share
        (agrees if share == 1.0 else differs).append(field)

    return Comparison(
        record_id=record_id,
        agrees=tuple(agrees),
        differs=tuple(differs),
        likeness=round(gained / possible, 4) if possible else 0.0,
        is_exact=_is_exact(set(agrees), set(differs), side),
    )


def judge(comparisons: Sequence[Comparison]) -> Match:
    """Name the outcome: the same if exactly one candidate is exact, similar if any is alike enough."""
    ranked = sorted(comparisons, key=lambda c: (-c.is_exact, -c.likeness, c.record_id))
    ranked = [c for c in ranked if c.is_exact or c.likeness >= LEAST]
    exact = [c for c in ranked if c.is_exact]
    if len(exact) == 1:
        return Match(Outcome.SAME, tuple(ranked))
    return Match(Outcome.SIMILAR if ranked else Outcome.NONE, tuple(ranked))


def _is_exact(agrees: set[str], differs: set[str], side: Side) -> bool:
    if differs & set(IDENTITY[side]):
        return False
    named = "company" if side == "account" else "name"
    strong = bool(agrees & set(STRONG[side])) or {named, "postcode"} <= agrees
    # An e-mail or a phone alone may be the family's or the switchboard's: the name must agree too.
    return strong and named in agrees


def _share(field: str, a: Any, b: Any) -> float:
    if field == "phones":
        return 1.0 if a & b else 0.0
    if a == b:
        return 1.0
    if field in {"company", "name", "street", "city"}:
        near: float = JaroWinkler.similarity(str(a), str(b))
        return near * 0.9 if near >= ALIKE_ENOUGH - 0.05 else 0.0
    return 0.0
