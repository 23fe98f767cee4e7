"""Taking back what somebody did in one go: which facts can be undone, until when, and how."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.kernel.facts import FACTS, Fact
from lotse.lifecycle.facts import Undone
from lotse.records.cases.models import Case
from lotse.records.cases.services import restore
from lotse.records.journal.models import Act, Entry
from lotse.records.journal.services import Line, record_all
from lotse.stages.acceptance.services import declining, known
from lotse.stages.acceptance.services import undoing as acceptance
from lotse.stages.closing.services import opening as closing

# What an entry of this kind needs beyond putting the former values of its case back.
Undoer = Callable[[Entry, datetime], None]
UNDOERS: dict[str, Undoer] = {
    "closing.opened_by_lead": closing.take_back,
    "acceptance.accepted": acceptance.undo_accept,
    "acceptance.attached": acceptance.undo_accept,
    "acceptance.inquiry_attached": acceptance.undo_attached,
    "acceptance.opportunity_opened": acceptance.undo_opened,
    "acceptance.declined": declining.undo_decline,
    "accounts.account_created": known.undo_account,
    "accounts.contact_created": known.undo_contact,
    "accounts.contact_changed": known.undo_contact_change,
}

# Accepting can be taken back only for a while; all else until somebody worked on.
GRACE: dict[str, timedelta] = {"accept": timedelta(minutes=10)}


class CannotUndo(Exception):
    """Why an act stays as it is: a code, and the entry that stands against it."""

    def __init__(self, code: str, entry: Entry | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.entry = entry


def why_not(act: Act, *, now: datetime) -> CannotUndo | None:
    """Say why an act can't be undone any more; None if it can."""
    if act.undone_at:
        return CannotUndo("undone_already")
    if act.kind in GRACE and now > act.at + GRACE[act.kind]:
        return CannotUndo("too_late")
    entries = list(act.entries.all())
    if not entries or not all(_is_undoable(e) for e in entries):
        return CannotUndo("not_undoable")
    later = _worked_on_since(entries)
    return CannotUndo("worked_on", later) if later else None


@transaction.atomic
def undo(*, act: Act, by: Actor, now: datetime) -> list[int]:
    """
    Take an act back as one, and return the cases it concerned.

    :raises CannotUndo: if it was undone already, is too old, or somebody worked on since
    """
    # Of two who undo, only the first still finds it standing.
    if not Act.objects.filter(pk=act.pk, undone_at=None).update(undone_at=now, undone_by=by.id):
        raise CannotUndo("undone_already")
    reason = why_not(act, now=now)
    if reason:
        raise reason

    entries = list(act.entries.order_by("-id"))
    for entry in entries:
        if entry.kind in UNDOERS:
            UNDOERS[entry.kind](entry, now)
    case_ids = _put_back(entries)
    cases = Case.objects.in_bulk(case_ids)
    record_all(
        [Line(Undone(act_kind=act.kind), about=case) for case in cases.values()], by=by, at=now
    )
    Case.objects.filter(pk__in=case_ids, closed_at=None).update(wake_at=now)
    return case_ids


def _put_back(entries: Iterable[Entry]) -> list[int]:
    """Put the former values of each case back, last change first."""
    ids = {e.about_id for e in entries if e.about_type == "case"}
    cases = {c.pk: c for c in Case.objects.select_related("phase").filter(pk__in=ids)}
    for entry in entries:
        if entry.before and entry.about_type == "case" and entry.about_id in cases:
            restore(cases[entry.about_id], entry.before)
    return sorted(cases)


def _is_undoable(entry: Entry) -> bool:
    return entry.before is not None or entry.kind in UNDOERS or not _fact(entry).counts_as_work


def _worked_on_since(entries: list[Entry]) -> Entry | None:
    quiet = [kind for kind, fact in FACTS.items() if not fact.counts_as_work]
    last: dict[str, dict[int, int]] = defaultdict(dict)
    for entry in entries:
        last[entry.about_type][entry.about_id] = max(
            entry.pk, last[entry.about_type].get(entry.about_id, 0)
        )
    act_id = entries[0].act_id
    for about_type, by_id in last.items():
        later = Entry.objects.filter(about_type=about_type, about_id__in=by_id).exclude(act=act_id)
        for entry in (
            later.filter(pk__gt=min(by_id.values())).exclude(kind__in=quiet).order_by("id")
        ):
            if entry.pk > by_id[entry.about_id]:
                return entry
    return None


def _fact(entry: Entry) -> type[Fact]:
    return FACTS[entry.kind]
