"""What writing a case by hand puts into the journal; the values themselves stay out of it."""

from dataclasses import dataclass
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class Edited(Fact):
    kind: ClassVar[str] = "cases.edited"
    sentence: ClassVar[str] = mark("%(actor)s changed: %(fields)s")
    sign: ClassVar[str] = "pencil"

    # Which fields; what they said before stands in FormerValue.
    fields: list[str]
