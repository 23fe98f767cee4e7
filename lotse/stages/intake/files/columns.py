"""Which column is what: told by its header in German or English, or by what stands in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lotse.kernel.addresses import email_of, phone_of, plain

# What the words of a header say, plain ("E-Mail-Adresse" is "e mail adresse"); the first of a field is
# the one we write ourselves.
WORDS: Mapping[str, tuple[str, ...]] = {
    "salutation": ("anrede", "salutation"),
    "title": ("titel", "academic title", "akademischer titel"),
    "first_name": ("vorname", "first name", "firstname", "given name", "rufname", "person first name"),
    "last_name": (
        "nachname", "last name", "lastname", "surname", "family name", "familienname", "zuname",
        "person last name",
    ),
    "name": (
        "name", "full name", "fullname", "ansprechpartner", "ansprechpartnerin", "ansprechp", "kontakt",
        "kontaktname", "kontaktperson", "contact", "contact name", "contact person", "person name", "your name",
        "vor und nachname", "vorname und nachname", "vorname nachname", "name2", "kunde", "lead name",
        "vollstaendiger name", "customer name", "interessent",
    ),
    "company": (
        "firma", "unternehmen", "company", "company name", "firmenname", "organisation", "organization",
        "organization name", "account", "account name", "company account", "name1", "partner name", "betrieb",
        "konto", "your company s name", "your company", "firma name", "unternehmensname", "business name",
        "employer", "name der firma",
    ),
    "email": (
        "e mail", "email", "mail", "e mail adresse", "email adresse", "mailadresse", "email address",
        "e mail address", "user email", "email from", "your email", "person email", "person email work",
        "person email home", "e mail 1", "email 1", "work email", "email work", "e mail geschaeftlich",
    ),
    "phone": (
        "telefon", "phone", "tel", "telefonnummer", "phone number", "rufnummer", "tel nr", "telefon nr",
        "telephone", "tel geschaeftlich", "telefon geschaeftlich", "user phone", "your tel", "your phone",
        "person phone", "person phone work", "work phone", "business phone", "fon", "festnetz", "telefon 1",
        "mobil", "mobile", "handy", "mobilnummer", "handynummer", "mobiltelefon", "mobile phone", "phone mobile",
        "person phone mobile", "cell", "cell phone", "telefon mobil", "mobile number",
    ),
    "street": (
        "strasse", "street", "strasse nr", "strasse und hausnummer", "strasse hausnummer", "address street",
        "street address", "anschrift strasse", "str", "address 1", "address line 1", "mailing street",
    ),
    "postcode": (
        "plz", "postcode", "postleitzahl", "zip", "zip code", "postal code", "post code", "zip postal code",
        "address postal code", "zipcode", "mailing zip postal code",
    ),
    "city": ("ort", "city", "stadt", "wohnort", "town", "address city", "ortschaft", "mailing city", "place"),
    "country": (
        "land", "country", "country code", "country region", "address country", "laendercode", "staat",
        "country id", "mailing country", "laenderkennzeichen",
    ),
    "language": ("sprache", "language", "locale"),
    "product": (
        "produkt", "product", "interesse", "interesse an", "artikel", "produktinteresse", "interest",
        "interested in", "requested product", "product interest", "modell", "model", "produktlinie",
        "product line", "welches modell interessiert sie",
    ),
    "lead_type": ("leadtyp", "lead type", "anfrageart", "art der anfrage", "inquiry type", "type of inquiry"),
    "source": (
        "leadquelle", "source", "quelle", "lead source", "herkunft", "original traffic source", "source id",
        "lead source name", "traffic source",
    ),
    "campaign": ("kampagne", "campaign", "campaign name", "kampagnenname", "utm campaign"),
    "value": (
        "wert", "value", "auftragswert", "auftragsvolumen", "budget", "umsatz", "umsatzerwartung", "betrag",
        "amount", "opportunity amount", "deal value", "expected revenue", "lead value", "volumen",
        "potenzial", "auftragssumme", "preis",
    ),
    "subject": ("betreff", "subject", "thema", "your subject", "lead title", "anfrage", "anliegen"),
    "note": (
        "notiz", "note", "notes", "bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "kommentar",
        "comment", "comments", "nachricht", "message", "description", "beschreibung", "gespraechsnotiz",
        "standnotiz", "your message", "freitext", "mitteilung",
    ),
    "created_at": (
        "eingang", "created at", "datum", "anfragedatum", "eingangsdatum", "erstellt am", "erstellt",
        "create date", "created", "creation date", "date", "received", "lead submit time",
        "submission date", "submit date utc", "created time", "scan zeitpunkt", "erstkontakt",
        "lead lead created", "timestamp", "zeitstempel", "angelegt am",
    ),
    "external_id": (
        "externe nummer", "external id", "id", "lead id", "kundennr", "kundennummer", "record id",
        "badge id", "submission id", "interne id", "customer no", "customer number", "lfd nr", "nr",
        "externe id", "lead nr", "leadnummer", "entry id",
    ),
}  # fmt: skip
FIELDS = tuple(WORDS)
_BY_WORDS = {words: field for field, several in WORDS.items() for words in several}

_EMAIL = re.compile(r"[^@\s;,<>]+@[^@\s;,<>]+\.[^@\s;,<>]{2,}")
_PHONE = re.compile(r"(?:\+|00?)[\d\s()/.\-]{6,}$")
_POSTCODE = re.compile(r"(?:D-)?\d{5}$")
# So many of the filled cells must look alike for a column to be told by its contents.
MOST_CELLS = 0.8


class By(StrEnum):
    """What a column was recognised by."""

    HEADER = "header"
    CONTENTS = "contents"
    PERSON = "person"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Column:
    """One column of the file: its place from 0, its header, samples, and what it was taken for."""

    place: int
    header: str
    field: str = ""
    by: By = By.NOTHING
    samples: tuple[str, ...] = ()


def field_of_header(header: str) -> str:
    """Return the field that a header names, in either language; '' if it names none."""
    return _BY_WORDS.get(plain(header), "")


def recognise(headers: Sequence[str], samples: Sequence[Sequence[str]]) -> list[Column]:
    """Say for each column what it is; `samples` are the first rows below the headers."""
    cells = [_column_of(samples, place) for place in range(len(headers))]
    fields = _settle_names([field_of_header(header) for header in headers], headers)
    columns = [
        Column(place, header, field, By.HEADER if field else By.NOTHING, tuple(cells[place][:3]))
        for place, (header, field) in enumerate(zip(headers, fields, strict=True))
    ]
    return _by_contents(columns, cells)


def _column_of(samples: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in samples if place < len(row) and row[place].strip()]


def _settle_names(fields: list[str], headers: Sequence[str]) -> list[str]:
    """
    Settle what "Name" means.

    Beside a first name, and without a last name, it is the last name; beside a column that names the
    person better, it is the title of the whole.
    """
    if "name" not in fields:
        return fields
    if fields.count("name") > 1 and "subject" not in fields:
        names = [plain(header) == "name" for header in headers]
        return ["subject" if is_name else f for f, is_name in zip(fields, names, strict=True)]
    if "first_name" in fields and "last_name" not in fields:
        return ["last_name" if field == "name" else field for field in fields]
    return fields


def _by_contents(columns: list[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    taken = {column.field for column in columns}
    has_no_headers = not any(column.header for column in columns)
    told = []
    for column, filled in zip(columns, cells, strict=True):
        field = "" if column.field else _field_of_cells(filled, is_nameless=has_no_headers)
        is_new = bool(field) and field not in taken
        taken |= {field} if is_new else set()
        told.append(replace(column, field=field, by=By.CONTENTS) if is_new else column)
    return told


def _field_of_cells(cells: Sequence[str], *, is_nameless: bool) -> str:
    if not cells:
        return ""
    tests = {"email": looks_like_email, "phone": looks_like_phone}
    if is_nameless:
        # Five digits may be anything; only where nothing says otherwise they are taken for a postcode.
        tests["postcode"] = lambda cell: bool(_POSTCODE.match(cell))
    for field, test in tests.items():
        if sum(map(test, cells)) >= len(cells) * MOST_CELLS:
            return field
    return ""


def looks_like_email(cell: str) -> bool:
    return bool(_EMAIL.fullmatch(cell)) and bool(email_of(cell))


def looks_like_phone(cell: str) -> bool:
    cell = cell.lstrip("'")
    return bool(_PHONE.match(cell)) and bool(phone_of(cell, "DE"))
