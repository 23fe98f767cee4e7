"""Opening hours of a day as people write them: "09:00–12:00, 13:00–17:00", and back."""

import re
from collections.abc import Sequence
from itertools import pairwise

# From and until as "09:00"; the midnight at which a day ends is "24:00".
Spans = list[list[str]]

CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?"
SPAN = re.compile(rf"{CLOCK}\s*(?:-|–|—|bis|to|until)\s*{CLOCK}", re.IGNORECASE)
END = "24:00"


class NoHours(ValueError):
    """This can't be read as spans of hours."""


class Backwards(ValueError):
    """A span ends before it begins."""


class Overlapping(ValueError):
    """Two spans of one day hold the same hour."""


def read_spans(text: str) -> Spans:
    """
    Read the open spans of a day; none is closed.

    :raises NoHours: if something in it is no span
    :raises Backwards: if a span ends before it begins
    :raises Overlapping: if two spans hold the same hour
    """
    parts = [part.strip() for part in re.split(r"[,;]|\bund\b|\band\b", text) if part.strip()]
    spans = sorted(_span(part) for part in parts)
    # As text "09:00" < "24:00" is as true as of the times.
    if any(opens >= closes for opens, closes in spans):
        raise Backwards(text)
    if any(later < ends for (_, ends), (later, _) in pairwise(spans)):
        raise Overlapping(text)
    return spans


def write_spans(spans: Sequence[Sequence[str]]) -> str:
    """Write the open spans of a day as people do."""
    return ", ".join(f"{opens}–{closes}" for opens, closes in spans)


def _span(text: str) -> list[str]:
    found = SPAN.fullmatch(text)
    if found is None:
        raise NoHours(text)
    hour, minute, last_hour, last_minute = (int(part or 0) for part in found.groups())
    opens = f"{hour:02}:{minute:02}"
    closes = f"{last_hour:02}:{last_minute:02}"
    is_good = hour < 24 and max(minute, last_minute) < 60 and closes <= END
    if not is_good:
        raise NoHours(text)
    return [opens, END if closes == "00:00" else closes]
