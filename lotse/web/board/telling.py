"""What a board says in words: how many, worth how much, how long they stay, what ended this month."""

from datetime import timedelta

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access.telling.when import Reader
from lotse.records.catalog.models import Process
from lotse.web.board.queries import End, Sums
from lotse.web.templatetags.lotse import money, number

# From so many days on, a fraction of a day tells nothing.
ROUGHLY = 10


def say_total(total: Sums, process: Process) -> str:
    """Say how many cases lie on the board, what they are worth, and how many are overdue."""
    told = {"number": number(total.count), "value": money(total.value)}
    if process.kind == Process.Kind.LEAD:
        count = ngettext("%(number)s open lead", "%(number)s open leads", total.count)
    else:
        count = ngettext(
            "%(number)s open opportunity", "%(number)s open opportunities", total.count
        )
    if total.value:
        count = _("%(count)s, together %(value)s") % {"count": count, "value": "%(value)s"}
    return f"{count % told}. {_say_late(total.late)}"


def _say_late(late: int) -> str:
    if not late:
        return _("None of them is overdue.")
    told = {"number": number(late)}
    return ngettext("%(number)s is overdue.", "%(number)s are overdue.", late) % told


def say_stay(stay: timedelta | None, reader: Reader) -> str:
    """Say how long the cases of a column have been there: "Ø 1.4 days"."""
    if stay is None:
        return ""
    days = max(stay, timedelta(0)) / timedelta(days=1)
    rounded = round(days) if days >= ROUGHLY else round(days, 1)
    told = {"days": format_decimal(rounded, locale=reader.locale)}
    return ngettext("Ø %(days)s day", "Ø %(days)s days", 1 if rounded == 1 else 2) % told


def say_end(end: End, reader: Reader) -> str:
    """Say what ended this month: "June: 11, together €264,100"."""
    month = format_date(reader.today, "LLLL", locale=reader.locale)
    told = {"month": month, "count": number(end.count), "value": money(end.value)}
    if end.value:
        return _("%(month)s: %(count)s, together %(value)s") % told
    return _("%(month)s: %(count)s") % told
