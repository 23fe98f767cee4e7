"""What an arrival says, read and judged: values to keep, or the faults for which it can't be a lead."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite
from typing import Any, Self

from babel import Locale

from lotse.kernel.addresses import email_of, plain, tidy
from lotse.kernel.language import mark
from lotse.kernel.reasons import Reason, because, sentence

NOBODY = sentence(
    "intake.nobody", mark("A lead needs a name, a company, an e-mail address or a phone.")
)
EMAIL = sentence("intake.email", mark("“%(value)s” is no e-mail address."))
PHONE = sentence("intake.phone", mark("“%(value)s” is no phone number."))
COUNTRY = sentence(
    "intake.country", mark("“%(value)s” is no country; its name or two letters are understood.")
)
VALUE = sentence("intake.value", mark("“%(value)s” is no amount of money that can be kept."))
MOMENT = sentence("intake.moment", mark("“%(value)s” is no day or moment."))
TOO_LONG = sentence("intake.too_long", mark("Longer than %(limit)s characters."))

# What a lead can say of itself, and how long each may be.
LIMITS = {
    "salutation": 20, "title": 40, "first_name": 80, "last_name": 80, "company": 160, "email": 254,
    "phone": 60, "street": 160, "postcode": 12, "city": 80, "country": 60, "language": 20,
    "subject": 200, "external_id": 60,
}  # fmt: skip
# One of these is enough to be somebody.
NAMED_BY = ("first_name", "last_name", "company", "email", "phone")
MOST = Decimal("9999999999.99")
# PostgreSQL keeps no NUL, and halves of a character are no text at all.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SALUTATIONS = {"herr", "frau", "mr", "mrs", "ms", "mx"}
_TITLES = {"dr", "prof", "dipl ing", "mag", "ing"}
_PARTICLES = {
    "von", "van", "vom", "zu", "zur", "zum", "de", "der", "den", "del", "di", "da", "la", "le", "ter",
}  # fmt: skip
_LANGUAGES = {"deutsch": "de", "german": "de", "englisch": "en", "english": "en"}


@dataclass(frozen=True)
class Fault:
    """Why an arrival can't be a lead: the field, what is wrong with it, and what it says."""

    field: str
    code: str
    value: str = ""

    @property
    def reason(self) -> Reason:
        return because(self.code, value=self.value, limit=LIMITS.get(self.field, 0))

    def to_data(self) -> dict[str, str]:
        return {"field": self.field, "code": self.code, "value": self.value}

    @classmethod
    def from_data(cls, data: Mapping[str, str]) -> Self:
        return cls(data["field"], data["code"], data.get("value", ""))


@dataclass(frozen=True)
class Understood:
    """The values of the columns of a case, and the faults; with any of them there will be no case."""

    values: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()


def understand(fields: Mapping[str, Any], *, faults: Sequence[Fault] = ()) -> Understood:
    """
    Read what an arrival says in the fields that Lotse knows; all others are passed over.

    Nothing is guessed: a value that makes no sense is a fault, so that somebody mends it.

    :param faults: what whoever brings it found already; these fields are not judged again
    """
    read = _read(fields)
    if not faults:
        return read
    # What the channel could not read is not here, so that somebody may look like nobody.
    named = {fault.field for fault in faults}
    own = [f for f in read.faults if f.field not in named and f.code != NOBODY]
    return Understood(read.values, (*faults, *own))


def _read(fields: Mapping[str, Any]) -> Understood:
    texts = {name: tidy(storable(str(fields.get(name) or ""))) for name in LIMITS}
    whole = split_name(storable(str(fields.get("name") or "")))
    texts |= {name: text for name, text in whole.items() if not texts[name]}
    faults = [Fault(name, TOO_LONG) for name in _too_long(texts)]
    texts["subject"] = _cut(texts["subject"], LIMITS["subject"])
    values: dict[str, Any] = dict(texts)
    values["language"] = _language(texts["language"])
    for name, (read, code) in _READERS.items():
        if texts[name] and not read(texts[name]):
            faults.append(Fault(name, code, _cut(texts[name], 60)))
    values["country"] = country_of(texts["country"])
    for name, parse, code in (("value", _value, VALUE), ("created_at", _moment, MOMENT)):
        values[name], wrong = parse(fields.get(name))
        if wrong:
            faults.append(Fault(name, code, _cut(wrong, 60)))
    if not any(texts[name] for name in NAMED_BY):
        faults.append(Fault("last_name", NOBODY))
    return Understood(values, tuple(faults))


def storable(text: str) -> str:
    """Return a text with a sign (\ufffd) for each character that no database can keep."""
    return _UNSTORABLE.sub("\ufffd", text)


def storable_data(data: Any) -> Any:
    """Return plain data in which all texts can be kept."""
    if isinstance(data, str):
        return storable(data)
    if isinstance(data, Mapping):
        return {storable(str(k)): storable_data(v) for k, v in data.items()}
    if isinstance(data, list | tuple):
        return [storable_data(v) for v in data]
    # JSON knows no infinity.
    return str(data) if isinstance(data, float) and not isfinite(data) else data


def split_name(name: str) -> dict[str, str]:
    """Return the parts of a whole name: "Frau Dr. Anna von Berg", "Berg, Anna"."""
    last, comma, first = tidy(name).partition(", ")
    words = f"{first} {last}".split() if comma else last.split()
    if not words:
        return {}
    parts = {"salutation": "", "title": "", "first_name": "", "last_name": ""}
    while len(words) > 1 and plain(words[0]) in _SALUTATIONS | _TITLES:
        word = words.pop(0)
        kind = "salutation" if plain(word) in _SALUTATIONS else "title"
        parts[kind] = f"{parts[kind]} {word}".strip()
    if comma:
        parts["first_name"], parts["last_name"] = first, last
        return parts
    begin = len(words) - 1
    while begin > 1 and plain(words[begin - 1]) in _PARTICLES:
        begin -= 1
    parts["first_name"], parts["last_name"] = " ".join(words[:begin]), " ".join(words[begin:])
    return parts


@lru_cache(maxsize=1024)
def country_of(text: str) -> str:
    """Return the two letters of a country, written so or by its German or English name; '' for none."""
    code = text.strip().upper()
    if code in Locale("en").territories and len(code) == 2 and code.isalpha():
        return code
    return _names_of_countries().get(plain(text), "")


@lru_cache(maxsize=1)
def _names_of_countries() -> dict[str, str]:
    names = {"uk": "GB", "england": "GB", "usa": "US", "d": "DE", "a": "AT", "deutschland": "DE"}
    for language in ("de", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(plain(name), code)
    return names


def _phone(text: str) -> str:
    # Whether it is a number of some country is for matching to say; here it need only be one to dial.
    return text if len(re.sub(r"\D", "", text)) >= 3 and not re.search(r"[A-Za-z]{5}", text) else ""


_READERS: dict[str, tuple[Callable[[str], str], str]] = {
    "email": (email_of, EMAIL),
    "phone": (_phone, PHONE),
    "country": (country_of, COUNTRY),
}


def money_of(text: str) -> Decimal | None:
    """Return an amount: "16800", "2.300,50 €", "1,200.00"; None if it is none."""
    digits = re.sub(r"(?i)(eur|usd|gbp|chf|[€$£\s'’\u00a0])", "", text)
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands = "," if dot > comma else "."
        digits = digits.replace(thousands, "").replace(",", ".")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    elif comma >= 0:
        is_decimal = digits.count(",") == 1 and len(digits) - comma - 1 != 3
        digits = digits.replace(",", "." if is_decimal else "")
    try:
        amount = Decimal(digits)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _value(given: Any) -> tuple[Decimal | None, str]:
    text = storable(str(given if given is not None else "")).strip()
    if not text:
        return None, ""
    amount = money_of(text)
    if amount is None or not 0 <= amount <= MOST:
        return None, text
    return amount.quantize(Decimal("0.01")), ""


def _moment(given: Any) -> tuple[datetime | None, str]:
    text = storable(str(given or "")).strip()
    if not text:
        return None, ""
    try:
        moment = datetime.fromisoformat(text)
        # A day, or a moment without zone, is one of UTC.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC), ""
    except (ValueError, OverflowError):
        return None, text


def _language(text: str) -> str:
    word = plain(text)
    return _LANGUAGES.get(word, word[:2] if word[:2] in {"de", "en"} else "")


def _too_long(texts: Mapping[str, str]) -> list[str]:
    return [n for n, limit in LIMITS.items() if n != "subject" and len(texts[n]) > limit]


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
