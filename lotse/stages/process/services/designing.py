"""Changing a process: its phases, how long each may last, their order, and the reminders (domain: 4, 5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from lotse.kernel.actors import Actor
from lotse.records.cases.models import Case
from lotse.records.cases.services import write_many
from lotse.records.catalog.models import Phase, Process
from lotse.records.journal.lists import note_change
from lotse.records.journal.services import Line, record, record_all
from lotse.stages.process.facts import (
    FollowUpSwitched,
    PhaseAdded,
    PhaseChanged,
    PhaseRemoved,
    PhasesOrdered,
    ReminderTextChanged,
)
from lotse.stages.process.models import ReminderText
from lotse.stages.process.rules.reminder_text import read_canonical
from lotse.stages.process.services.moving import COLUMNS, enter, moved

# What a change of the duration concerns is looked at again: so many at once, the others by the worker.
AT_ONCE = 500
BATCH = 500


class NoDuration(Exception):
    """No phase lasts any time, so nothing would ever be overdue and no mail would go out."""


class LastPhase(Exception):
    """A process needs an open phase for cases to begin in."""


class WrongPlace(Exception):
    """The cases of a phase that is removed can go only to another open phase of its process."""


@transaction.atomic
def add_phase(*, phase: Phase, by: Actor, now: datetime) -> None:
    """Put a new phase at the end of its process, before those that end a case."""
    standing = list(Phase.objects.select_for_update().filter(process=phase.process_id))
    open_ = [p.position for p in standing if p.kind == Phase.Kind.OPEN]
    phase.position = max(open_, default=-1) + 1
    phase.save(force_insert=True)
    _number([*_sorted(standing, Phase.Kind.OPEN), phase, *_sorted(standing)])
    record(PhaseAdded(phase_id=phase.pk), about=phase.process, by=by, at=now)


@transaction.atomic
def change_phases(
    process: Process, changes: Mapping[Phase, Mapping[str, Any]], *, by: Actor, now: datetime
) -> list[int]:
    """
    Write these columns of phases of one process; one line for each phase.

    Where a duration changed, all cases of the phase want a look, for they may be overdue now or not
    any more: the worker takes them. Returned are some of them that the caller may let go on at once,
    so that the page that follows is right.
    """
    lasting = []
    for phase, values in changes.items():
        if not values:
            continue
        for name, value in values.items():
            setattr(phase, name, value)
        phase.save(update_fields=[*values])
        fields = sorted({_told(name) for name in values})
        fact = PhaseChanged(phase_id=phase.pk, fields=fields)
        record(fact, about=process, by=by, at=now)
        if "duration" in fields:
            lasting.append(phase.pk)
    return _wake(Case.objects.open().filter(phase__in=lasting), now=now)


@transaction.atomic
def place_phase(phase: Phase, *, place: int, by: Actor, now: datetime) -> None:
    """Put an open phase at a place among the open ones, from 1; beyond the ends means at the end."""
    standing = list(Phase.objects.select_for_update().filter(process=phase.process_id))
    rows = _sorted(standing, Phase.Kind.OPEN)
    before = [row.pk for row in rows]
    others = [row for row in rows if row.pk != phase.pk]
    others.insert(max(0, place - 1), next(row for row in rows if row.pk == phase.pk))
    if [row.pk for row in others] == before:
        return
    _number([*others, *_sorted(standing)])
    record(PhasesOrdered(), about=phase.process, by=by, at=now)


@transaction.atomic
def remove_phase(phase: Phase, *, to: Phase | None, by: Actor, now: datetime) -> list[int]:
    """
    Take a phase out of its process; its open cases go to another, in which their clock starts anew.

    What was closed in it, and all histories, go on naming it. Returned are cases to go on at once.

    :raises LastPhase: if it is the only open one
    :raises WrongPlace: if cases stand in it and `to` is no other open phase of the process
    """
    standing = list(Phase.objects.select_for_update().filter(process=phase.process_id))
    if [p.pk for p in standing if p.kind == Phase.Kind.OPEN] == [phase.pk]:
        raise LastPhase
    places = {p.pk for p in standing if p.kind == Phase.Kind.OPEN} - {phase.pk}
    here = Case.objects.open().filter(phase=phase)
    if (to is None or to.pk not in places) and here.exists():
        raise WrongPlace

    count = _empty(phase, to, by=by, now=now) if to else 0
    Case.objects.filter(deferred_to_phase=phase).update(deferred_to_phase=None)
    phase.removed_at = now
    phase.save(update_fields=["removed_at"])
    fact = PhaseRemoved(phase_id=phase.pk, to_phase_id=to.pk if to else None, cases=count)
    record(fact, about=phase.process, by=by, at=now)
    return _wake(Case.objects.open().filter(phase=to, wake_at=now), now=now) if count else []


@transaction.atomic
def set_follow_up(
    process: Process, *, is_on: bool, values: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    """
    Switch the reminders of a process on or off, and write how often they go out.

    Off stops them at once; on again makes no backlog. Another interval keeps the days they are
    reckoned from.

    :raises NoDuration: if it is to be switched on and no open phase has a duration
    """
    was_on = process.follow_up_since is not None
    if is_on and not was_on:
        if not process.phases.filter(kind=Phase.Kind.OPEN, duration_number__gte=1).exists():
            raise NoDuration
        process.follow_up_since = now
    elif not is_on:
        process.follow_up_since = None
    for name, value in values.items():
        setattr(process, name, value)
    process.save(update_fields=["follow_up_since", *values])
    if is_on != was_on:
        record(FollowUpSwitched(is_on=is_on), about=process, by=by, at=now)
    if values:
        note_change(process, values.keys(), by=by, now=now)


@transaction.atomic
def set_reminder_text(
    process: Process, language: str, values: Mapping[str, str], *, by: Actor, now: datetime
) -> None:
    """
    Let the reminders of a process say something else in a language from now on.

    `values` has a subject and a text, their fields by the names of `rules.reminder_text.FIELDS`.

    :raises UnknownFields: with the names that are no fields
    :raises LooseBrace: if a brace has no other half
    """
    for text in values.values():
        read_canonical(text)
    had = ReminderText.objects.filter(process=process, language=language).first()
    changed = [name for name, text in values.items() if had is None or getattr(had, name) != text]
    if not changed:
        return
    ReminderText.objects.update_or_create(process=process, language=language, defaults={**values})
    fact = ReminderTextChanged(language=language, is_standard=False, fields=changed)
    record(fact, about=process, by=by, at=now)


@transaction.atomic
def use_standard_text(process: Process, language: str, *, by: Actor, now: datetime) -> None:
    """Let the reminders of a process say in a language what Lotse itself says."""
    gone, _kinds = ReminderText.objects.filter(process=process, language=language).delete()
    if gone:
        fact = ReminderTextChanged(language=language, is_standard=True, fields=["subject", "text"])
        record(fact, about=process, by=by, at=now)


def _empty(phase: Phase, to: Phase, *, by: Actor, now: datetime) -> int:
    # By key, a batch at a time: a phase may hold any number of cases.
    last, count = 0, 0
    rows = Case.objects.select_for_update(of=("self",)).open().filter(phase=phase)
    while some := list(rows.filter(pk__gt=last).select_related("phase").order_by("pk")[:BATCH]):
        # Not to be taken back: there is no phase to go back to.
        lines = [Line(moved(case, to, now=now), about=case) for case in some]
        for case in some:
            enter(case, to, now=now)
        write_many(some, (*COLUMNS, "wake_at"))
        record_all(lines, by=by, at=now)
        last, count = some[-1].pk, count + len(some)
    return count


def _wake(cases: models.QuerySet[Case], *, now: datetime) -> list[int]:
    some = list(cases.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if some:
        cases.update(wake_at=now)
    return some


def _sorted(phases: Sequence[Phase], kind: Phase.Kind | None = None) -> list[Phase]:
    """Return those of a kind in their order; without one, all but the open ones."""
    chosen = [p for p in phases if (p.kind == kind if kind else p.kind != Phase.Kind.OPEN)]
    return sorted(chosen, key=lambda p: (p.position, p.pk))


def _number(phases: Sequence[Phase]) -> None:
    # All are numbered anew: two may share a position.
    for position, phase in enumerate(phases):
        phase.position = position
    Phase.objects.bulk_update(phases, ["position"])


def _told(column: str) -> str:
    return "duration" if column.startswith("duration_") else column
