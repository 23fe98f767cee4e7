"""Moments, days and spans as a reader says them: in their language, on the wall of their zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# How a day is written, with the weekday and without the year; and the same in another year.
_DAY = {"de": "ccc d. MMMM", "en": "EEE d MMMM"}
_DAY_OF_YEAR = {"de": "ccc d. MMMM y", "en": "EEE d MMMM y"}
# The same where a column is narrow.
_SHORT = {"de": "ccc d. MMM", "en": "EEE d MMM"}
_SHORT_OF_YEAR = {"de": "ccc d. MMM y", "en": "EEE d MMM y"}
_HEADLINE = {"de": "EEEE, d. MMMM", "en": "EEEE, d MMMM"}
_LOCALES = {"de": Locale("de"), "en": Locale("en", "GB")}


@dataclass(frozen=True)
class Reader:
    """Whose eyes a text is for; `now` is what "today" is reckoned from."""

    language: str
    zone: ZoneInfo
    now: datetime

    @property
    def locale(self) -> Locale:
        return _LOCALES["en" if self.language.startswith("en") else "de"]

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    def day_of(self, at: datetime) -> date:
        return self.local(at).date()

    def clock(self, at: datetime, *, seconds: bool = False) -> str:
        """Return the time of day: "08:31"."""
        shape = "HH:mm:ss" if seconds else "HH:mm"
        return format_time(self.local(at), shape, locale=self.locale)

    def day(self, on: date) -> str:
        """Return a day: "today", "yesterday", "tomorrow", or "Tue 9 June", with the year if it is another."""
        return _near((on - self.today).days) or self.date(on)

    def short(self, on: date) -> str:
        """Return a day as `day` does, its month cut short, for a narrow column: "Tue 24 Nov"."""
        shapes = _SHORT if on.year == self.today.year else _SHORT_OF_YEAR
        near = _near((on - self.today).days)
        return near or _write(on, shapes[self.locale.language], self.locale.language)

    def headline(self, on: date) -> str:
        """Return a day as the heading of a page: "Tuesday, 9 June"."""
        return format_date(on, _HEADLINE[self.locale.language], locale=self.locale)

    def weekday(self, on: date) -> str:
        """Return the name of its weekday: "Tuesday"."""
        return format_date(on, "EEEE", locale=self.locale)

    def date(self, on: date) -> str:
        """Return a day as a date, even where it is today: "Tue 9 June"."""
        shapes = _DAY if on.year == self.today.year else _DAY_OF_YEAR
        return _write(on, shapes[self.locale.language], self.locale.language)

    def moment(self, at: datetime) -> str:
        """Return a moment: "today, 08:31", "Sun 7 June, 09:00"."""
        return f"{self.day(self.day_of(at))}, {self.clock(at)}"


def _near(days: int) -> str:
    match days:
        case 0:
            return _("today")
        case -1:
            return _("yesterday")
        case 1:
            return _("tomorrow")
        case _:
            return ""


@lru_cache(2048)
def _write(on: date, shape: str, language: str) -> str:
    # A list writes the same few days again and again.
    return format_date(on, shape, locale=_LOCALES[language])


def span(length: timedelta) -> str:
    """Return a length of time in its two largest units, as a person would: "1 hr 42 min", "3 days"."""
    minutes = int(length.total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    if hours and minutes:
        return _("%(hours)d hr %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if hours:
        return _("%(hours)d hr") % {"hours": hours}
    return _("%(minutes)d min") % {"minutes": minutes}
