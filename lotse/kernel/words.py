"""What a record can be found by: its words, plain and without signs, and its phone as digits."""

import re
import unicodedata
from collections.abc import Iterable

from lotse.kernel.addresses import plain

LONGEST = 40
_DIGITS = re.compile(r"\D")
# Signs that somebody who types them means: a part of the query with one of them is looked for as it stands.
_MEANT = frozenset("%_\\@*#")


def words_of(texts: Iterable[str], phones: Iterable[str] = ()) -> set[str]:
    """Return the search words of a record; a phone is kept as digits from the national number on."""
    found = {word for text in texts for form in _spellings(text) for word in _split(form)}
    # A number of five digits may be typed as a phone, which loses its zero: 01067 Dresden.
    found |= {word.lstrip("0") for word in found if word.isdigit() and word.strip("0")}
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
    if _looks_like_phone(query):
        return [phone_digits(query)]
    return sorted(set(_split(plain(query))), key=lambda w: (-len(w), w))


def query_literals(query: str) -> list[str]:
    """
    Return the parts of a query that are looked for as they stand, signs and all.

    Those are the parts with a sign that carries meaning, and everything where there is no word.
    """
    if _looks_like_phone(query):
        return []
    parts = query.split()
    if not query_words(query):
        return parts
    return [part for part in parts if not _MEANT.isdisjoint(part)]


def _looks_like_phone(query: str) -> bool:
    return len(_DIGITS.sub("", query)) >= 5 and not re.search(r"[^\d\s+()/.-]", query)


def _split(text: str) -> list[str]:
    # To `plain` an underscore is a letter; nobody who looks for "muster" thinks so of max_muster.
    return [word[:LONGEST] for word in text.replace("_", " ").split()]
