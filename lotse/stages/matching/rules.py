"""When a new lead is one more inquiry to an open case, and how agreement is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lotse.kernel.addresses import plain
from lotse.kernel.language import mark
from lotse.kernel.reasons import Reason, because, sentence

AGREES = sentence("matching.agrees", mark("Agrees: %(agree_fields)s"))
SAME_PRODUCT = sentence("matching.same_product", mark("The same product is asked for"))
SAME_SUBJECT = sentence("matching.same_subject", mark("It is about the same subject"))

# What somebody asks for: a product of ours, or in their own words.
Interest = tuple[int | None, str]


@dataclass(frozen=True)
class Open:
    """An open case of somebody who is certainly the same person."""

    case_id: int
    interest: Interest
    agrees: tuple[str, ...]


def interest_of(product_id: int | None, subject: str) -> Interest:
    return (product_id, "" if product_id else plain(subject))


def choose(
    leads: Mapping[int, Interest], found: Mapping[int, Sequence[Open]]
) -> dict[int, tuple[Open, ...]]:
    """
    Return by lead the open cases that are the same; it joins one if there is just one.

    The same person asking for something else is a case of its own. Leads are taken oldest first, and
    one that joins stands for the case it goes to.
    """
    joins: dict[int, tuple[Open, ...]] = {}
    for pk in sorted(leads):
        same: dict[int, Open] = {}
        for case in found.get(pk, ()):
            if case.interest == leads[pk]:
                target = _end_of(case.case_id, joins)
                same.setdefault(target, Open(target, case.interest, case.agrees))
        same.pop(pk, None)
        joins[pk] = tuple(same[target] for target in sorted(same))
    return joins


def _end_of(pk: int, joins: Mapping[int, tuple[Open, ...]]) -> int:
    joined = joins.get(pk, ())
    return joined[0].case_id if len(joined) == 1 else pk


def why(case: Open) -> tuple[Reason, ...]:
    """Return the reasons for joining."""
    product_id, subject = case.interest
    reasons = [because(AGREES, agree_fields=sorted(case.agrees))]
    if product_id:
        reasons.append(because(SAME_PRODUCT))
    elif subject:
        reasons.append(because(SAME_SUBJECT))
    return tuple(reasons)
