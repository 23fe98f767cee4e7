"""Tells an act, and why it can't be taken back, as far as whoever asks may know."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.names import Name, get_names
from lotse.access.telling.sentences import Teller, refs_in
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.lifecycle.undo import GRACE, CannotUndo
from lotse.records.cases.models import Case
from lotse.records.journal.models import Act, Entry
from lotse.web.acts.queries import get_main_lines

# Of an act on many cases so many lines are told; the others are counted.
MOST_TOLD = 5


@dataclass(frozen=True)
class Told:
    """What an act did to one record, and what that record is called."""

    about: Name
    sentence: str


def tell_act(act: Act, viewer: Viewer, reader: Reader) -> tuple[list[Told], int]:
    """Say what was done, line by line, and how many lines there are beyond those told."""
    lines = get_main_lines(act)
    some = lines[:MOST_TOLD]
    names = get_names(viewer, refs_in(some) | {(e.about_type, e.about_id) for e in some})
    teller = Teller(names, reader)
    told = [Told(names.of((e.about_type, e.about_id)), teller.entry(e)) for e in some]
    return told, len(lines) - len(some)


def tell_refusal(refusal: CannotUndo, act: Act, viewer: Viewer, reader: Reader) -> str:
    """Say why an act stays as it is."""
    if refusal.code == "undone_already":
        return _undone_already(act, viewer, reader)
    if refusal.code == "too_late":
        minutes = int(GRACE[act.kind].total_seconds() // 60)
        return _("This can be taken back for %(minutes)s minutes only. Now it stands.") % {
            "minutes": minutes
        }
    if refusal.code == "worked_on":
        return _worked_on(refusal.entry, viewer, reader)
    return _("This is of a kind that can't be taken back.")


def _undone_already(act: Act, viewer: Viewer, reader: Reader) -> str:
    act.refresh_from_db()
    ref = ("person", act.undone_by) if act.undone_by else None
    if ref is None or act.undone_at is None:
        return _("This was taken back already.")
    values = {
        "name": get_names(viewer, [ref]).of(ref).text,
        "when": reader.moment(act.undone_at),
    }
    return _("This was taken back already, by %(name)s (%(when)s).") % values


def _worked_on(entry: Entry | None, viewer: Viewer, reader: Reader) -> str:
    if entry is None or not _may_know(entry, viewer):
        return _("Somebody has gone on from there since. What they did would be lost.")
    refs = refs_in([entry])
    teller = Teller(get_names(viewer, refs), reader)
    values = {"what": teller.entry(entry), "when": reader.moment(entry.at)}
    return _("Since then: %(what)s (%(when)s). That would be lost.") % values


def _may_know(entry: Entry, viewer: Viewer) -> bool:
    # What becomes of a case that went on to others is not theirs to know who gave it away.
    if entry.about_type != "case":
        return False
    return gate.rows(viewer, May.SEE, Case.objects.filter(pk=entry.about_id)).exists()
