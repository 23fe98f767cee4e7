"""The sentence under the day: what waits for an answer, what comes next, what is overdue."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access.telling.numbers import in_words


def say(
    *, offers: int, overdue: int, next_at: str, next_place: str, today: int, points: int
) -> str:
    """Return the sentence; where nothing waits, it says so. `points` is what else needs attention."""
    parts = [_offers(offers, next_at, next_place), _overdue(overdue)]
    told = " ".join(part for part in parts if part)
    if told:
        return told
    if today:
        return ngettext(
            "One thing is planned for today.", "%(number)s things are planned for today.", today
        ) % {"number": in_words(today).capitalize()}
    if points:
        return _("Nothing waits for you yourself.")
    return _("Nothing waits for you. All done for today.")


def _offers(offers: int, next_at: str, next_place: str) -> str:
    waiting = ngettext(
        "One lead is waiting for your answer",
        "%(number)s leads are waiting for your answer",
        offers,
    ) % {"number": in_words(offers).capitalize()}
    values = {"waiting": waiting, "time": next_at, "place": next_place}
    if not next_at:
        return f"{waiting}." if offers else ""
    if offers and next_place:
        return _("%(waiting)s, the next appointment is at %(time)s: %(place)s.") % values
    if offers:
        return _("%(waiting)s, the next appointment is at %(time)s.") % values
    if next_place:
        return _("The next appointment is at %(time)s: %(place)s.") % values
    return _("The next appointment is at %(time)s.") % values


def _overdue(overdue: int) -> str:
    if not overdue:
        return ""
    return ngettext("One thing is overdue.", "%(number)s things are overdue.", overdue) % {
        "number": in_words(overdue).capitalize()
    }
