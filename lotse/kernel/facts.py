"""What the journal can hold: facts in the past tense, each with its kind and its sentence."""

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar, Self

# Every kind of fact there is, by its kind; filled as the classes are defined.
FACTS: dict[str, type["Fact"]] = {}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """
    One thing that happened, told in ids, choices and plain numbers.

    A field `x_id` is told as the name of what it points to: %(x)s in the sentence. The last word
    before `_id` says what that is, so `from_phase_id` is a phase. All other fields stand in
    the sentence under their own name; `_at` and `_on` are ISO texts and told as a moment or day.
    """

    kind: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    sign: ClassVar[str] = "circle"
    tone: ClassVar[str] = ""
    # Whether this line by itself means that somebody worked on the case after the line before it;
    # what Lotse notes by the way does not stand against undoing.
    counts_as_work: ClassVar[bool] = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.kind:
            return
        if cls.kind in FACTS:
            raise TypeError(f"two facts are called {cls.kind}")
        FACTS[cls.kind] = cls

    def say(self) -> str:
        """Return the sentence (untranslated) that fits these values."""
        return self.sentence

    def to_data(self) -> dict[str, Any]:
        return {k: v for k, v in dataclasses.asdict(self).items() if v is not None}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Read what `to_data` wrote; fields that an older version did not have take their default."""
        known = {f.name for f in dataclasses.fields(cls)}
        return cls(**{k: v for k, v in data.items() if k in known})
