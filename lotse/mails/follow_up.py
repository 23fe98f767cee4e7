"""The follow-up mail: which case is overdue, since when, and what ends the reminders."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access.telling.durations import tell_duration
from lotse.access.telling.names import Names, get_names
from lotse.access.telling.sentences import Teller, refs_in
from lotse.access.telling.when import Reader
from lotse.access.viewer import get_viewer
from lotse.mails import links
from lotse.mails.reminder_text import Wording, as_wording, wording_of
from lotse.mails.samples import get_sample
from lotse.mails.sheets import Link, Row, Sheet, day, greeting, make, moment, reading, said
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Process
from lotse.records.journal.models import Entry
from lotse.records.outbox.kinds import Mail, Write
from lotse.records.outbox.models import Message
from lotse.stages.process.models import Series
from lotse.stages.process.queries.reminders import (
    get_latest_work,
    get_reminder_after,
    get_reminder_texts,
)


@dataclass(frozen=True)
class Known:
    """What the mails of some series say beside the cases: what was done last on each, and the names in it."""

    entries: Mapping[int, Entry]
    # By the number of who gets the mail, for everybody knows others.
    names: Mapping[int, Names]

    def last(self, series: Series, reader: Reader) -> str:
        """Return what was done last on the case, as the receiver may know it."""
        entry = self.entries.get(series.case_id)
        if entry is None:
            return ""
        told = Teller(self.names[series.assignee_id], reader).entry(entry)
        return f"{told}, {moment(reader, entry.at)}"


def write(message: Message, now: datetime) -> Mail:
    """Write the mail of a series to whoever works the case."""
    return read_ahead([message], now)(message)


def read_ahead(messages: Sequence[Message], now: datetime) -> Write:
    """Read what these mails need, with as many queries for many as for one, and return what writes one."""
    ids = [message.data["series_id"] for message in messages]
    series = Series.objects.select_related(
        "case__phase", "case__process", "case__product", "assignee"
    ).in_bulk(ids)
    known = get_known(series.values())
    texts = get_reminder_texts({one.case.process_id for one in series.values()})
    wordings: dict[tuple[int | None, str], Wording] = {}

    def write_one(message: Message) -> Mail:
        one = series[message.data["series_id"]]
        which = (one.case.process_id, message.language)
        if which not in wordings:
            wordings[which] = wording_of(texts.get(which), message.language)
        with reading(message, now) as reader:
            return make(sheet(one, message.data["number"], wordings[which], reader, known))

    return write_one


def get_known(series: Collection[Series]) -> Known:
    """Read what the mails of these series say beside the cases; the same number of queries for many."""
    entries = get_latest_work([one.case_id for one in series])
    people = {one.assignee_id: one.assignee for one in series}
    told: dict[int, list[Entry]] = {pk: [] for pk in people}
    for one in series:
        if one.case_id in entries:
            told[one.assignee_id].append(entries[one.case_id])
    names = {
        pk: get_names(get_viewer(people[pk]), refs_in(some)) for pk, some in told.items() if some
    }
    return Known(entries, names)


def write_test(message: Message, now: datetime) -> Mail:
    """Write the mail that somebody sends to themselves to see a text that may not be saved yet."""
    process = Process.objects.get(pk=message.data["process_id"])
    wording = as_wording(message.data["subject"], message.data["text"])
    with reading(message, now) as reader:
        receiver = message.to_user
        if receiver is None:
            raise ValueError("a test mail goes to the one who asked for it")
        series = get_sample(process, receiver, now=now)
        written = sheet(series, series.sent + 1, wording, reader, get_known([series]))
        return make(replace(written, subject=_("Test: %(subject)s") % {"subject": written.subject}))


def sheet(series: Series, number: int, wording: Wording, reader: Reader, known: Known) -> Sheet:
    """Fill the text of a reminder for one case; call it in the language of the receiver."""
    case = series.case
    values = _values(series, number, reader)
    subject = wording.fill_subject(values)
    return Sheet(
        subject=subject,
        preview=_("Call, enter an appointment or change the phase. Then these mails end."),
        title=subject,
        greeting=greeting(reader, series.assignee.name),
        paragraphs=wording.fill_text(values),
        rows=list(_rows(series, reader, known)),
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


def _values(series: Series, number: int, reader: Reader) -> dict[str, str]:
    """Return what is filled into the blanks, in words."""
    case = series.case
    began = reader.day_of(case.clock_from or case.created_at)
    overdue = (reader.today - reader.day_of(case.overdue_at or reader.now)).days
    duration = case.phase.duration if case.phase else None
    next_at = get_reminder_after(series, now=reader.now)
    return {
        "receiver": series.assignee.name,
        "lead": case.name,
        "phase": str(case.phase or ""),
        "duration": tell_duration(duration) if duration else "",
        "began": day(reader, began),
        "waiting": _for_days((reader.today - began).days),
        "since": _for_days(overdue),
        "interest": _interest(case),
        "place": _place(case),
        "phone": case.phone,
        "number": str(number),
        "next": moment(reader, next_at) if next_at else "",
    }


def _for_days(number: int) -> str:
    if not number:
        return _("since today")
    return ngettext("for %(number)d day", "for %(number)d days", number) % {"number": number}


def _interest(case: Case) -> str:
    return str(case.product) if case.product else case.subject


def _place(case: Case) -> str:
    return " ".join(part for part in (case.postcode, case.city) if part)


def _rows(series: Series, reader: Reader, known: Known) -> Iterator[Row]:
    case = series.case
    if interest := _interest(case):
        yield Row(_("Interest"), interest)
    if place := _place(case):
        yield Row(_("Place"), place)
    if case.phone:
        yield Row(_("Phone"), case.phone, href="tel:" + case.phone.replace(" ", ""))
    if last := known.last(series, reader):
        yield Row(_("Latest"), last)


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
