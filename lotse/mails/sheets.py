"""What a mail says, once: both the HTML and the plain text are made from it."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from django.conf import settings
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lotse.access.telling.when import Reader
from lotse.records.outbox.kinds import Mail
from lotse.records.outbox.models import Message

WIDTH = 72
_DAYS = {"de": "EEEE, d. MMMM", "en": "EEEE, d MMMM"}
_MOMENTS = {"de": "EEEE, d. MMMM y, HH:mm 'Uhr' (zzz)", "en": "EEEE, d MMMM y, HH:mm (zzz)"}


@dataclass(frozen=True)
class Row:
    """One line of the table: what, and the value; `href` makes the value a link (a phone number)."""

    label: str
    value: str
    href: str = ""


@dataclass(frozen=True)
class Link:
    """An address that opens a page; a link in a mail never acts by itself."""

    label: str
    url: str


@dataclass(frozen=True)
class Sheet:
    """The parts of a mail, from top to bottom; sentences are HTML, escaped, with <b> at most."""

    subject: str
    # What mail programs show beside the subject.
    preview: str
    title: str
    greeting: str
    kicker: str = ""
    paragraphs: Sequence[SafeString] = ()
    rows: Sequence[Row] = ()
    buttons: Sequence[Link] = ()
    note: str = ""
    links: Sequence[Link] = ()
    small: Sequence[SafeString] = ()


def said(sentence: str, **values: Any) -> SafeString:
    """Fill a translated sentence, which may hold <b>, with values that are plain text."""
    return mark_safe(sentence % {k: escape(v) for k, v in values.items()})  # noqa: S308


@contextmanager
def reading(message: Message, now: datetime) -> Iterator[Reader]:
    """Write for the receiver: in their language, on the wall of their zone."""
    zone = (message.to_user.zone if message.to_user else "") or settings.HOME_ZONE
    with translation.override(message.language):
        yield Reader(message.language, ZoneInfo(zone), now)


def day(reader: Reader, on: date) -> str:
    """Return a day in full, since nobody knows on which day a mail is read: "Saturday, 6 June"."""
    return format_date(on, _DAYS[reader.locale.language], locale=reader.locale)


def moment(reader: Reader, at: datetime) -> str:
    """Return a moment with the name of the zone: "Saturday, 6 June 2026, 08:21 (CEST)"."""
    shape = _MOMENTS[reader.locale.language]
    return format_datetime(at, shape, tzinfo=reader.zone, locale=reader.locale)


def greeting(reader: Reader, name: str) -> str:
    """Return how the receiver is greeted."""
    if reader.local(reader.now).hour < 11:
        return _("Good morning, %(name)s,") % {"name": name}
    return _("Hello %(name)s,") % {"name": name}


def make(sheet: Sheet) -> Mail:
    """Write a sheet as HTML and as text."""
    context = {"sheet": sheet, "company": settings.COMPANY_NAME}
    return Mail(
        subject=sheet.subject,
        text=_text(sheet),
        html=get_template("mails/mail.html").render(context),
    )


def _text(sheet: Sheet) -> str:
    width = max((len(row.label) for row in sheet.rows), default=0) + 3
    table = "\n".join(_line(row, width) for row in sheet.rows)
    links = [f"{link.label}\n{link.url}" for link in (*sheet.buttons, *sheet.links)]
    head = [sheet.kicker, sheet.title, sheet.greeting]
    parts = [_wrapped(one) for one in (*head, *sheet.paragraphs)]
    parts += [table, *links, _wrapped(sheet.note)]
    foot = "\n".join(_wrapped(one) for one in sheet.small)
    # "-- " is how mail programs know where the small print begins.
    return "\n\n".join(part for part in parts if part) + f"\n\n-- \n{foot}\n"


def _line(row: Row, width: int) -> str:
    """Return a row of the table; a value that is too long goes on below itself."""
    return textwrap.fill(
        row.value,
        WIDTH,
        initial_indent=f"  {row.label:<{width}}",
        subsequent_indent=" " * (width + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped(html: str) -> str:
    plain = unescape(strip_tags(html)) if isinstance(html, SafeString) else html
    return textwrap.fill(plain, WIDTH)
