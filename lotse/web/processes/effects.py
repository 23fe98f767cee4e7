"""What saving would do now, in a sentence: cases that become overdue or cease to be, mails of the next run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access.viewer import Viewer
from lotse.kernel.durations import Duration
from lotse.records.catalog.models import Phase, Process
from lotse.stages.process.queries.designs import Effect
from lotse.stages.process.queries.forecast import Design, saved
from lotse.web.processes.outlook import MOST_COUNTED, count_next


@dataclass(frozen=True)
class Mails:
    """How many mails the next run sends as things stand, and how many it would send then."""

    now: int
    then: int


def mails(
    viewer: Viewer, process: Process, durations: Mapping[Phase, Duration | None], *, now: datetime
) -> Mails | None:
    """Count the mails of the next run, with and without the change; None while none go out."""
    if process.follow_up_since is None:
        return None
    standing = saved(process)
    changed = {p.pk: d for p, d in durations.items() if d != p.duration}
    return Mails(
        count_next(viewer, process, standing, now=now),
        count_next(viewer, process, Design(standing.plan, changed), now=now),
    )


def tell(effect: Effect, mails: Mails | None) -> str:
    """Say it, in as many sentences as there is something to say."""
    parts = []
    if effect.overdue:
        parts.append(
            ngettext(
                "%(number)s case becomes overdue at once.",
                "%(number)s cases become overdue at once.",
                effect.overdue,
            )
            % {"number": effect.overdue}
        )
    if effect.in_time:
        parts.append(
            ngettext(
                "%(number)s case is not overdue any more.",
                "%(number)s cases are not overdue any more.",
                effect.in_time,
            )
            % {"number": effect.in_time}
        )
    if not parts:
        parts.append(_("No case becomes overdue by it, and none ceases to be."))
    if mails and mails.now != mails.then:
        parts.append(
            _("The next run sends %(then)s mails instead of %(now)s.")
            % {"then": _counted(mails.then), "now": _counted(mails.now)}
        )
    return " ".join(parts)


def _counted(number: int) -> str:
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
