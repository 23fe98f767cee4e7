"""Reads a page of a case's history and draws it: lines with their texts, quiet runs of them folded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Model
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from lotse.access.telling.names import Name, get_names
from lotse.access.telling.sentences import Teller, refs_in
from lotse.access.telling.texts import NO_TEXTS, NOTES, Texts, get_texts, hidden_notes
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.kernel.actors import ActorKind
from lotse.kernel.facts import FACTS, Fact
from lotse.records.activities.models import Note
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry, EntryQuerySet

PAGE = 40
# Fewer quiet lines than this stand by themselves: folding one away hides more than it tidies.
SHORTEST_FOLD = 2


class Feed(StrEnum):
    ALL = "all"
    TALKS = "talks"
    MAILS = "mails"


@dataclass(frozen=True)
class Line:
    """One line of the history, told; `text` is what somebody wrote with it."""

    id: int
    at: datetime
    html: SafeString
    when: str
    clock: str
    short: str
    sign: str
    tone: str
    text: str
    text_is_call: bool
    for_partner: bool
    reasons: Sequence[SafeString]
    is_undone: bool
    is_quiet: bool
    act_id: int | None


@dataclass(frozen=True)
class Fold:
    """Several quiet lines of one day, newest first."""

    lines: Sequence[Line]
    day: str

    @property
    def first(self) -> Line:
        return self.lines[-1]

    @property
    def last(self) -> Line:
        return self.lines[0]


@dataclass(frozen=True)
class Timeline:
    """A page of the history; `older` is the key of the next page, None on the last."""

    items: Sequence[Line | Fold]
    older: int | None
    feed: Feed


def get_timeline(
    viewer: Viewer,
    subject: Model,
    reader: Reader,
    *,
    feed: Feed = Feed.ALL,
    before: int | None = None,
    size: int = PAGE,
) -> Timeline:
    """Read and draw one page of what happened on a case or another record; the number of queries does not grow with it."""
    entries = list(_page(viewer, subject, feed, before)[: size + 1])
    older = entries[size - 1].pk if len(entries) > size else None
    entries = entries[:size]

    teller = Teller(
        get_names(viewer, refs_in(entries)), reader, dress=dress, plain=conditional_escape
    )
    texts = get_texts(viewer, subject, entries) if isinstance(subject, Case) else NO_TEXTS
    lines = [_draw(entry, teller, texts) for entry in entries]
    return Timeline(fold(lines, reader), older, feed)


def _page(viewer: Viewer, subject: Model, feed: Feed, before: int | None) -> EntryQuerySet:
    entries = Entry.objects.about(subject).select_related("act").order_by("-id")
    if before is not None:
        entries = entries.filter(pk__lt=before)
    if feed != Feed.ALL:
        entries = entries.filter(kind__in=_kinds(feed))
    hidden = hidden_notes(viewer, subject) if isinstance(subject, Case) else []
    return entries.exclude(kind__in=NOTES, data__note_id__in=hidden) if hidden else entries


def _kinds(feed: Feed) -> list[str]:
    signs = {Feed.TALKS: {"phone", "note", "calendar"}, Feed.MAILS: {"mail"}}[feed]
    return [kind for kind, fact in FACTS.items() if fact.sign in signs]


def _draw(entry: Entry, teller: Teller, texts: Texts) -> Line:
    fact = FACTS.get(entry.kind, Fact)
    note = texts.note_of(entry)
    text = texts.text_of(entry)
    return Line(
        id=entry.pk,
        at=entry.at,
        html=mark_safe(teller.entry(entry)),  # noqa: S308 - escaped by the teller's `plain`
        when=teller.reader.moment(entry.at),
        clock=teller.reader.clock(entry.at, seconds=True),
        short=teller.reader.clock(entry.at),
        sign=fact.sign,
        tone=fact.tone,
        text=text,
        text_is_call=note is not None and note.kind == Note.Kind.CALL,
        for_partner=note is not None and note.for_partner,
        reasons=[mark_safe(teller.reason(r)) for r in entry.because],  # noqa: S308
        is_undone=entry.act is not None and entry.act.undone_at is not None,
        is_quiet=entry.actor_kind != ActorKind.PERSON and not fact.tone and not text,
        act_id=entry.act_id,
    )


def dress(name: Name) -> SafeString:
    """Write a name so that it stands out, as a link where the viewer may open its page."""
    if name.page:
        return format_html('<a href="{}">{}</a>', reverse(name.page, args=[name.pk]), name.text)
    return format_html("<b>{}</b>", name.text)


def fold(lines: Iterable[Line], reader: Reader) -> list[Line | Fold]:
    """Put runs of quiet lines of one day into folds."""
    items: list[Line | Fold] = []
    run: list[Line] = []
    for line in lines:
        if run and (not line.is_quiet or reader.day_of(line.at) != reader.day_of(run[0].at)):
            items += _close(run, reader)
            run = []
        if line.is_quiet:
            run.append(line)
        else:
            items.append(line)
    return items + _close(run, reader)


def _close(run: list[Line], reader: Reader) -> list[Line | Fold]:
    if len(run) < SHORTEST_FOLD:
        return list(run)
    return [Fold(tuple(run), reader.day(reader.day_of(run[0].at)))]
