"""Why something automatic decided as it did: coded sentences with values, kept beside the fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

# Every reason there is, by its code. A code is stored for years: add new ones, never reword
# one into another meaning.
SENTENCES: dict[str, str] = {}


def sentence(code: str, text: str) -> str:
    """
    Define the reason `code`, told by the English `text` with named placeholders.

    The names of placeholders follow the fields of facts: %(person)s is filled from `person_id`.

    :raises ValueError: if the code is defined already
    """
    if SENTENCES.setdefault(code, text) != text:
        raise ValueError(f"two reasons are called {code}")
    return code


@dataclass(frozen=True)
class Reason:
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        return {"code": self.code, **self.values}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["code"], {k: v for k, v in data.items() if k != "code"})


def because(code: str, **values: Any) -> Reason:
    """Return the reason `code` with its values; ids, choices and plain numbers only."""
    if code not in SENTENCES:
        raise ValueError(f"no reason is called {code}")
    return Reason(code, values)
