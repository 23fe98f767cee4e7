"""What a record can be found by: its words, plain and without signs, and its phone as digits."""

import re
import unicodedata
from collections.abc import Iterable

from lotse.kernel.addresses import plain

LONGEST = 40
_DIGITS = re.compile(r"\D")


def words_of(texts: Iterable[str], phones: Iterable[str] = ()) -> set[str]:
    """Return the search words of a record; a phone is kept as digits from the national number on."""
    found = {word[:LONGEST] for text in texts for form in _spellings(text) for word in form.split()}
    return found | {digits for phone in phones if (digits := phone_digits(phone))}


def _spellings(text: str) -> tuple[str, ...]:
    # "Müller" is looked for as Müller, Mueller and Muller.
    spelled = plain(text)
    without = plain(
        "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    )
    return (spelled,) if spelled == without else (spelled, without)


def phone_digits(phone: str) -> str:
    """Return the digits of a phone that all ways of writing it end in."""
    if phone.lstrip().startswith(("+", "00")):
        digits = _DIGITS.sub("", phone).lstrip("0")
        return digits[2:LONGEST]
    return _DIGITS.sub("", phone).lstrip("0")[:LONGEST]


def query_words(query: str) -> list[str]:
    """Return the words of what somebody searches, longest first; numbers joined as a phone would be."""
    compact = _DIGITS.sub("", query)
    looks_like_phone = len(compact) >= 5 and not re.search(r"[^\d\s+()/.-]", query)
    if looks_like_phone:
        return [phone_digits(query)]
    return sorted({w[:LONGEST] for w in plain(query).split()}, key=lambda w: (-len(w), w))
