"""The follow-up mail: which case is overdue, since when, and what ends the reminders."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access.telling.durations import tell_duration
from lotse.access.telling.names import get_names
from lotse.access.telling.sentences import Teller, refs_in
from lotse.access.telling.when import Reader
from lotse.access.viewer import get_viewer
from lotse.kernel.facts import FACTS
from lotse.mails import links
from lotse.mails.sheets import Link, Row, Sheet, day, greeting, make, moment, reading, said
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.outbox.kinds import Mail
from lotse.records.outbox.models import Message
from lotse.stages.process.models import Series
from lotse.stages.process.queries.reminders import get_reminder_after


def write(message: Message, now: datetime) -> Mail:
    """Write the mail of a series to whoever works the case."""
    series = Series.objects.select_related(
        "case__phase", "case__process", "case__product", "assignee"
    ).get(pk=message.data["series_id"])
    with reading(message, now) as reader:
        return make(_sheet(series, message.data["number"], reader))


def _sheet(series: Series, number: int, reader: Reader) -> Sheet:
    case = series.case
    subject = _subject(case, reader)
    return Sheet(
        subject=subject,
        preview=_("Call, enter an appointment or change the phase. Then these mails end."),
        title=subject,
        greeting=greeting(reader, series.assignee.name),
        paragraphs=[_overdue(case, reader)],
        rows=list(_rows(series, reader)),
        buttons=[
            Link(
                _("Open the lead") if case.kind == Case.Kind.LEAD else _("Open the opportunity"),
                links.lead(case.pk),
            ),
            Link(_("Enter an appointment"), links.lead(case.pk, "new-appointment")),
        ],
        links=[
            Link(_("Create a task"), links.lead(case.pk, "new-task")),
            Link(_("Change the phase"), links.lead(case.pk, "phase-menu")),
        ],
        note=said(
            _(
                "<b>These mails end at once</b> when you change the phase, enter an appointment in"
                " the future or create a task."
            )
        ),
        small=[_which(series, number, reader), _why(case)],
    )


def _subject(case: Case, reader: Reader) -> str:
    since = reader.day_of(case.clock_from or case.created_at)
    days = (reader.today - since).days
    return ngettext(
        "%(name)s has been waiting for %(number)d day",
        "%(name)s has been waiting for %(number)d days",
        days,
    ) % {"name": case.name, "number": days}


def _overdue(case: Case, reader: Reader) -> SafeString:
    days = (reader.today - reader.day_of(case.overdue_at or reader.now)).days
    since = ngettext("for %(number)d day", "for %(number)d days", days) % {"number": days}
    duration = case.phase.duration if case.phase else None
    return said(
        _("Overdue %(since)s: the phase <b>%(phase)s</b> lasts %(duration)s and began on %(day)s."),
        since=since if days else _("since today"),
        phase=case.phase or "",
        duration=tell_duration(duration) if duration else "",
        day=day(reader, reader.day_of(case.clock_from or case.created_at)),
    )


def _rows(series: Series, reader: Reader) -> Iterator[Row]:
    case = series.case
    interest = str(case.product) if case.product else case.subject
    if interest:
        yield Row(_("Interest"), interest)
    place = " ".join(part for part in (case.postcode, case.city) if part)
    if place:
        yield Row(_("Place"), place)
    if case.phone:
        yield Row(_("Phone"), case.phone, href="tel:" + case.phone.replace(" ", ""))
    last = _last(series, reader)
    if last:
        yield Row(_("Latest"), last)


def _last(series: Series, reader: Reader) -> str:
    """Return what was done last on the case, as the receiver may know it."""
    noted = [kind for kind, fact in FACTS.items() if not fact.counts_as_work]
    entry = Entry.objects.about(series.case).exclude(kind__in=noted).order_by("-id").first()
    if entry is None:
        return ""
    names = get_names(get_viewer(series.assignee), refs_in([entry]))
    return f"{Teller(names, reader).entry(entry)}, {moment(reader, entry.at)}"


def _which(series: Series, number: int, reader: Reader) -> SafeString:
    next_at = get_reminder_after(series, now=reader.now)
    if next_at is None:
        return said(_("Reminder %(number)s."), number=number)
    return said(
        _("Reminder %(number)s. The next one would come on %(moment)s."),
        number=number,
        moment=moment(reader, next_at),
    )


def _why(case: Case) -> SafeString:
    if case.kind == Case.Kind.LEAD:
        return said(_("You get them because you work on this lead."))
    return said(_("You get them because you work on this opportunity."))
