"""Reads that prepare plain data for the rules of the process: where a case may go, where it begins."""

from collections.abc import Collection, Iterable, Mapping

from lotse.kernel.reasons import Reason
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process
from lotse.stages.process.rules.phases import Wish, why_not_move


def get_refusals(
    cases: Iterable[Case], phase: Phase, *, as_manager: bool = False
) -> dict[int, Reason]:
    """Return for each case that can't move to a phase why not; their `phase` should be at hand."""
    reasons = {c.pk: why_not_move(_wish(c, phase), as_manager=as_manager) for c in cases}
    return {pk: reason for pk, reason in reasons.items() if reason}


def _wish(case: Case, phase: Phase) -> Wish:
    return Wish(
        is_closed=case.is_closed,
        is_in_process=case.stage == Case.Stage.PROCESS and case.assignee_id is not None,
        case_kind=case.kind,
        from_phase_id=case.phase_id,
        from_is_guarded=case.phase is not None and case.phase.only_managers_leave,
        to_phase_id=phase.pk,
        to_process_kind=phase.process.kind,
        to_is_open=phase.kind == Phase.Kind.OPEN,
        missing=get_missing_fields(case, phase),
    )


def get_missing_fields(case: Case, phase: Phase) -> list[str]:
    """Return the fields that a phase wants and a case does not have; names nobody knows are passed over."""
    columns = {f.name: f.attname for f in Case._meta.concrete_fields}
    wanted = [name for name in phase.required_fields if name in columns]
    return [name for name in wanted if getattr(case, columns[name]) in (None, "")]


def get_first_phases(cases: Collection[Case]) -> dict[int, Phase]:
    """
    Return for each case the phase it begins in: the first of its process.

    The process is the one chosen for it, else the first that its lead type allows, else the first
    of its kind. A case for which there is none is left out.
    """
    allowed = _get_allowed({c.lead_type_id for c in cases if c.lead_type_id})
    by_id = {p.pk: p for p in Process.objects.filter(is_active=True).order_by("position", "id")}
    chosen = {
        case.pk: case.process_id or _usual_process(case, by_id, allowed.get(case.lead_type_id))
        for case in cases
    }
    first: dict[int, Phase] = {}
    phases = Phase.objects.filter(process__in={*chosen.values()} - {None}, kind=Phase.Kind.OPEN)
    for phase in phases.order_by("position", "id"):
        first.setdefault(phase.process_id, phase)
    return {pk: first[process_id] for pk, process_id in chosen.items() if process_id in first}


def _get_allowed(lead_type_ids: Collection[int]) -> dict[int | None, set[int]]:
    allowed: dict[int | None, set[int]] = {}
    links = Process.objects.filter(lead_types__in=lead_type_ids)
    for type_id, process_id in links.values_list("lead_types", "pk"):
        allowed.setdefault(type_id, set()).add(process_id)
    return allowed


def _usual_process(
    case: Case, processes: Mapping[int, Process], allowed: set[int] | None
) -> int | None:
    of_kind = [pk for pk, process in processes.items() if process.kind == case.kind]
    linked = [pk for pk in of_kind if pk in (allowed or ())]
    return next(iter(linked or of_kind), None)
