"""Understands cells: amounts, moments, phones, postcodes, countries, as both languages write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lotse.kernel.addresses import email_of, phone_of
from lotse.stages.intake.files import faults

# What people write where there is nothing.
NOTHING = frozenset(
    "n/a|na|n.a.|k.a.|k. a.|none|null|nil|-|--|---|?|???|#n/a|#nv|#wert!|#value!|#ref!|#bezug!|unbekannt|"
    "unknown|keine angabe|nicht angegeben|not available".split("|")
)
_LOST_DIGITS = re.compile(r"\d(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
_NOT_AMOUNT = re.compile(
    r"(?:€|\$|£|¤|EUR|EURO|USD|GBP|CHF|Fr\.?|\s|\u00a0|\u202f|'|’|,-+$|,–$|\.-+$)", re.IGNORECASE
)
_AMOUNT = re.compile(r"-?[\d.,]*\d[\d.,]*")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$"
)
_NUMBERS = re.compile(
    r"(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})(?:,?\s+(?:um )?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM|Uhr)?)?$",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?$")
_EXCEL_EPOCH = date(1899, 12, 30)


class Impossible(Exception):
    """A cell can't be what its column says: the code of the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Notation:
    """How a file writes numbers and dates, found out over whole columns, or said by a person."""

    decimal: str = ""  # "," or "."; "" where no number tells
    day_first: bool | None = None  # None where no date tells
    zone: str = "Europe/Berlin"
    country: str = "DE"


def is_nothing(cell: str) -> bool:
    """Say whether a cell holds only what people write where there is nothing."""
    return not cell.strip() or cell.strip().lower() in NOTHING


def amount_in(cell: str, notation: Notation) -> str:
    """Return an amount as plain digits: "12.500,00 €" is "12500.00"; what is none stays as it is."""
    text = _NOT_AMOUNT.sub("", cell.strip().removeprefix("ca.").strip())
    return _with_point(text, notation.decimal) if _AMOUNT.fullmatch(text) else cell.strip()


def _with_point(text: str, decimal: str) -> str:
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return text
    sign, digits_behind = text[last], len(text) - last - 1
    has_both = "," in text and "." in text
    is_thousands = not has_both and (
        text.count(sign) > 1 or (digits_behind == 3 and sign != decimal)
    )
    if is_thousands:
        return text.replace(sign, "")
    other = "." if sign == "," else ","
    return text.replace(other, "").replace(sign, ".")


def moment_of(cell: str, notation: Notation) -> datetime:
    """
    Read a day or moment; one without zone is one of the file's zone, a day begins at midnight there.

    :raises Impossible: if it is none
    """
    text = cell.strip().rstrip(".")
    try:
        if found := _ISO.match(text):
            return _iso(found, notation)
        if found := _NUMBERS.match(text):
            return _numbers(found, notation)
        if (found := _SERIAL.match(text)) and 20_000 < int(found[1]) < 80_000:
            return _at(_EXCEL_EPOCH + timedelta(days=int(found[1])), time(), notation)
    except ValueError:
        raise Impossible(faults.NO_SUCH_DAY) from None
    raise Impossible(faults.NOT_A_DATE)


def _iso(found: re.Match[str], notation: Notation) -> datetime:
    day = date(int(found[1]), int(found[2]), int(found[3]))
    clock = time(int(found[4] or 0), int(found[5] or 0), int(found[6] or 0))
    if not found[7]:
        return _at(day, clock, notation)
    zone = "+00:00" if found[7] in {"Z", "UTC"} else found[7]
    return datetime.fromisoformat(f"{day}T{clock.isoformat()}{zone}")


def _numbers(found: re.Match[str], notation: Notation) -> datetime:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    is_day_first = found[2] == "." or notation.day_first is not False
    day, month = (first, second) if is_day_first else (second, first)
    on = date(year + 2000 if year < 100 else year, month, day)
    hour, half = int(found[5] or 0), (found[8] or "").upper()
    if half in {"AM", "PM"}:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return _at(on, time(hour, int(found[6] or 0), int(found[7] or 0)), notation)


def _at(day: date, clock: time, notation: Notation) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(notation.zone))


def phone_in(cell: str, country: str) -> str:
    """
    Return a phone as it was written; only the plus that somebody's program took away is put back.

    :raises Impossible: if its last digits are lost
    """
    text = cell.strip().lstrip("'").removeprefix("p:").strip()
    if _LOST_DIGITS.match(text):
        raise Impossible(faults.DIGITS_LOST)
    digits = re.sub(r"\D", "", text)
    if phone_of(text, country) and not (text.isdigit() and len(digits) >= 11 and text[0] != "0"):
        return text
    for abroad in (re.sub(r"^\D*00", "+", text), f"+{digits}"):
        if abroad.startswith("+") and not abroad.startswith("+0") and phone_of(abroad, country):
            return abroad
    return text


def email_in(cell: str) -> str:
    """Return the first address in a cell, as it was written; a cell without one as it is."""
    text = cell.strip()
    if found := re.search(r"<([^<>]+)>", text):
        text = found[1]
    parts = re.split(r"[;,\s]+", text.removeprefix("mailto:"))
    return next((part for part in parts if email_of(part)), cell.strip())


def postcode_in(cell: str, country: str) -> str:
    """Return a postcode as it was written; the zero that a spreadsheet took is put back."""
    text = cell.strip().lstrip("'").removeprefix("z:").strip()
    if country == "DE" and text.isdigit() and len(text) == 4:
        return f"0{text}"
    return text


def notation_of(
    amounts: Iterable[str], days: Iterable[str], *, zone: str, country: str
) -> Notation:
    """Find out over whole columns which sign is decimal, and whether the day comes first."""
    return Notation(_decimal_in(amounts), _day_first_in(days), zone, country)


def _decimal_in(cells: Iterable[str]) -> str:
    seen = {",": 0, ".": 0}
    for cell in cells:
        text = _NOT_AMOUNT.sub("", cell)
        last = max(text.rfind(","), text.rfind("."))
        if last >= 0 and len(text) - last - 1 != 3:
            seen[text[last]] += 1
    return max(seen, key=lambda sign: seen[sign]) if any(seen.values()) else ""


def _day_first_in(cells: Iterable[str]) -> bool | None:
    told: bool | None = None
    for cell in cells:
        found = _NUMBERS.match(cell.strip())
        if not found or found[2] == ".":
            continue
        if int(found[1]) > 12:
            return True
        if int(found[3]) > 12:
            told = False
    return told
