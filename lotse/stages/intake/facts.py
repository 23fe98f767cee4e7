"""What intake writes to the journal."""

from dataclasses import dataclass, field
from typing import ClassVar

from lotse.kernel.facts import Fact
from lotse.kernel.language import mark


@dataclass(frozen=True, kw_only=True)
class Arrived(Fact):
    """An inquiry came in and opened the case."""

    kind: ClassVar[str] = "intake.arrived"
    sentence: ClassVar[str] = mark("The inquiry came in: %(channel)s")
    sign: ClassVar[str] = "inbox"
    counts_as_work: ClassVar[bool] = False

    inquiry_id: int
    channel: str
    # Where it came from a file: which import, and the line.
    import_id: int | None = None
    line: int | None = None
    # What it named that stands in none of our lists.
    unknown_fields: list[str] = field(default_factory=list)

    def say(self) -> str:
        if self.import_id:
            return mark("The inquiry came in with the file %(import)s, line %(line)s")
        return self.sentence
