"""A phase's duration in words: "2 days", "1 week"."""

from collections.abc import Callable

from django.utils.translation import ngettext

from lotse.kernel.durations import Duration, Unit

_WORDS: dict[Unit, Callable[[int], str]] = {
    Unit.HOUR: lambda n: ngettext("%(number)d hour", "%(number)d hours", n),
    Unit.DAY: lambda n: ngettext("%(number)d day", "%(number)d days", n),
    Unit.WEEK: lambda n: ngettext("%(number)d week", "%(number)d weeks", n),
    Unit.MONTH: lambda n: ngettext("%(number)d month", "%(number)d months", n),
}


def tell_duration(duration: Duration) -> str:
    return _WORDS[duration.unit](duration.number) % {"number": duration.number}
