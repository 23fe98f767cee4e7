"""A mail as a page shows it before it is sent."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from lotse.access.telling.when import Reader
from lotse.mails.follow_up import get_known, sheet
from lotse.mails.reminder_text import Wording
from lotse.mails.sheets import Sheet, make
from lotse.records.outbox.kinds import Mail
from lotse.stages.process.models import Series


@dataclass(frozen=True)
class ShownMail:
    """What it says, part by part and as a whole; and from whom to whom it goes."""

    sheet: Sheet
    mail: Mail
    sender: str
    receiver: str


def show_reminder(series: Series, wording: Wording, language: str, *, now: datetime) -> ShownMail:
    """Write the next reminder of a series as its receiver would read it now."""
    zone = ZoneInfo(series.assignee.zone or settings.HOME_ZONE)
    with translation.override(language):
        reader, known = Reader(language, zone, now), get_known([series])
        written = sheet(series, series.sent + 1, wording, reader, known)
        return ShownMail(written, make(written), settings.MAIL_FROM, series.assignee.email)
