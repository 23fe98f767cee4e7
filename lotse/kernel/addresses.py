"""Names, companies, e-mail addresses, phone numbers and postcodes, brought to one form to compare."""

import re
import unicodedata
from functools import lru_cache

import phonenumbers

FREE_MAILERS = frozenset(
    "gmail.com googlemail.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de outlook.com outlook.de "
    "hotmail.com hotmail.de live.com live.de yahoo.com yahoo.de icloud.com me.com mac.com aol.com "
    "freenet.de arcor.de posteo.de mailbox.org proton.me protonmail.com online.de 1und1.de "
    "bluewin.ch aon.at mail.de email.de vodafone.de btinternet.com msn.com ymail.com".split()
)

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
)
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
_BLANKS = re.compile(r"\s+")

# Legal forms, longest first; each notation stands for one class. A class is kept apart from the
# name, for "Hellweg GmbH" and "Hellweg AG" are two firms.
_FORMS: dict[str, tuple[str, ...]] = {
    "gmbh & co kg": (
        "gesellschaft mit beschraenkter haftung und co kg",
        "gmbh und co kg", "gmbh u co kg", "gmbh co kg", "gmbhcokg", "gmbh und co kommanditgesellschaft",
    ),
    "ug": ("unternehmergesellschaft haftungsbeschraenkt", "ug haftungsbeschraenkt", "unternehmergesellschaft", "ug"),
    "gmbh": ("gesellschaft mit beschraenkter haftung", "ges mbh", "gesmbh", "g m b h", "gmbh", "mbh"),
    "ag": ("aktiengesellschaft", "a g", "ag"),
    "kgaa": ("kommanditgesellschaft auf aktien", "kgaa"),
    "kg": ("kommanditgesellschaft", "k g", "kg"),
    "ohg": ("offene handelsgesellschaft", "o h g", "ohg"),
    "gbr": ("gesellschaft buergerlichen rechts", "g b r", "gbr"),
    "ek": ("eingetragener kaufmann", "eingetragene kauffrau", "e kfm", "e kfr", "e k", "ek"),
    "ev": ("eingetragener verein", "e v", "ev"),
    "eg": ("eingetragene genossenschaft", "e g", "eg"),
    "se": ("societas europaea", "se"),
    "ltd": ("limited", "ltd"),
    "plc": ("public limited company", "plc"),
    "llp": ("llp",),
    "llc": ("l l c", "llc"),
    "inc": ("incorporated", "inc"),
    "corp": ("corporation", "corp"),
    "sarl": ("s a r l", "sarl"),
    "sa": ("societe anonyme", "s a", "sa"),
}  # fmt: skip
_NOTATIONS = sorted(
    ((words.split(), form) for form, notations in _FORMS.items() for words in notations),
    key=lambda pair: -len(pair[0]),
)


# Each text is asked for several times on the way of a lead, and most towns and products by many leads.
@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Return lower-case words with single blanks; ä = ae, accents and signs gone."""
    text = text.lower() if text.isascii() else _in_latin(text)
    return _NOT_WORD.sub(
        " ", text.replace("_", " ").replace("&", " und ").replace("+", " und ")
    ).strip()


def _in_latin(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    text = unicodedata.normalize("NFD", text)
    return "".join(c for c in text if not unicodedata.combining(c))


def tidy(text: str) -> str:
    """Return the text with single blanks, as it would be shown; letters are left alone."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def name_of(first: str, last: str) -> str:
    """Return the name to compare: both parts, plain, apostrophes of any kind gone."""
    return plain(f"{first} {last}".replace("'", "").replace("’", "").replace("`", ""))


@lru_cache(maxsize=4096)
def company_of(name: str) -> tuple[str, str]:
    """Return the plain name of a company without its legal form, and the class of the form."""
    words = plain(name.replace("'", "").replace("’", "")).split()
    if words[:1] == ["fa"] or words[:1] == ["firma"]:
        words = words[1:]
    for notation, form in _NOTATIONS:
        if len(words) > len(notation) and words[-len(notation) :] == notation:
            return " ".join(words[: -len(notation)]), form
    return " ".join(words), ""


def email_of(address: str) -> str:
    """Return an address to compare: lower case, no blanks, the domain in its ASCII form; '' if it is none."""
    address = unicodedata.normalize("NFC", address).strip().lower()
    local, at, domain = address.rpartition("@")
    if not at or not local or "." not in domain or _BLANKS.search(address):
        return ""
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return ""


def domain_of(address: str) -> str:
    """Return the domain of an address if it says something about a company; '' for free mailers."""
    domain = email_of(address).rpartition("@")[2]
    return "" if domain in FREE_MAILERS else domain


@lru_cache(maxsize=8192)
def phone_of(number: str, country: str) -> str:
    """Return a number in E.164 ("+491716783154"), read as one of `country`; '' if it is none."""
    number = re.sub(r"^[^\d+(]+", "", number).replace("(0)", "").replace("\u00a0", " ")
    if len(re.sub(r"\D", "", number)) < 5:
        return ""
    try:
        parsed = phonenumbers.parse(number, country or "DE")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def postcode_of(postcode: str) -> str:
    """Return a postcode as text without blanks, upper case; leading zeros stay."""
    return _BLANKS.sub("", postcode).upper().removeprefix("D-")


def street_of(street: str) -> str:
    """Return a street to compare: plain, "straße" and "str." alike."""
    words = plain(street)
    return re.sub(r"(strasse|str)\b", "str", words)
