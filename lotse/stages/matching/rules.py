"""When a new lead is one more inquiry to an open case, and how agreement is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lotse.kernel.language import mark
from lotse.kernel.reasons import Reason, because, sentence

AGREES = sentence("matching.agrees", mark("Agrees: %(agree_fields)s"))
SAME_PRODUCT = sentence("matching.same_product", mark("The same product is asked for"))


@dataclass(frozen=True)
class Open:
    """An open case of somebody who is certainly the same person."""

    case_id: int
    product_id: int | None
    agrees: tuple[str, ...]


def choose(
    leads: Iterable[tuple[int, int | None]], found: Mapping[int, Sequence[Open]]
) -> dict[int, Open]:
    """
    Return by lead the open case that it joins; it joins none if there is none, or several.

    The same person asking for something else is a case of its own (domain: 2, 3).

    :param leads: numbers and products, oldest first; what is joined itself stands for where it goes
    """
    joins: dict[int, Open] = {}
    for pk, product_id in leads:
        same: dict[int, Open] = {}
        for case in found.get(pk, ()):
            if case.product_id == product_id:
                kept = joins.get(case.case_id)
                target = kept.case_id if kept else case.case_id
                same.setdefault(target, Open(target, product_id, case.agrees))
        if len(same) == 1:
            joins[pk] = next(iter(same.values()))
    return joins


def why(open_case: Open) -> tuple[Reason, ...]:
    """Return the reasons for joining."""
    agrees = because(AGREES, agree_fields=sorted(open_case.agrees))
    return (agrees, because(SAME_PRODUCT)) if open_case.product_id else (agrees,)
