"""What the lifecycle itself writes to the journal."""

from dataclasses import dataclass
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class Undone(Fact):
    kind: ClassVar[str] = "lifecycle.undone"
    sentence: ClassVar[str] = mark("%(actor)s took back: %(act_kind)s")
    sign: ClassVar[str] = "undo"

    act_kind: str
