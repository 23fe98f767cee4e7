"""When a case is due, in a few words: "overdue for 3 days", "tomorrow", "in 6 days"."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access.telling.when import Reader
from lotse.records.cases.models import Case


def due(case: Case, reader: Reader) -> str:
    """Say until when a case rests, since when it is overdue, or when it will be; '' where nothing counts."""
    if case.deferred_until:
        day = reader.short(reader.day_of(case.deferred_until))
        return _("deferred until %(day)s") % {"day": day}
    if case.overdue_at is None:
        return ""
    if case.is_overdue(reader.now):
        return overdue_since(case.overdue_at, reader)
    return ahead(case.overdue_at, reader)


def overdue_since(at: datetime, reader: Reader) -> str:
    days = (reader.today - reader.day_of(at)).days
    if days == 0:
        return _("overdue since %(time)s") % {"time": reader.clock(at)}
    if days == 1:
        return _("overdue since yesterday")
    told = {"days": days}
    return ngettext("overdue for %(days)d day", "overdue for %(days)d days", days) % told


def ahead(at: datetime, reader: Reader) -> str:
    """Say on which day a moment lies ahead: today, tomorrow, in so many days."""
    day = reader.day_of(at)
    days = (day - reader.today).days
    if days <= 1:
        return reader.day(day)
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
