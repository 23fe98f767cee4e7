"""Reads everything the page of a case shows; a constant number of queries, however much happened on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.access.viewer import Viewer
from lotse.records.accounts.models import Consent
from lotse.records.activities.models import Appointment, Task
from lotse.records.cases.models import Case, Inquiry
from lotse.records.catalog.models import Phase, Process, Reason
from lotse.records.journal.models import Entry
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer
from lotse.web.lead.course import Leg, course

# What a page of a case names from other tables, read with it.
NAMED = (
    "account", "contact", "lead_type", "product__line", "source", "campaign", "assignee", "team", "partner",
    "asked_person", "asked_team", "asked_partner", "process", "phase", "lost_reason", "opened_by", "joined_to",
    "deferred_to_phase", "hand_over_to",
)  # fmt: skip


@dataclass(frozen=True)
class Rights:
    """What the viewer may do on this case."""

    edit: bool
    assign: bool
    answer: bool
    manage: bool


@dataclass(frozen=True)
class Steps:
    """What lies ahead: open tasks by their day, appointments that are not over."""

    tasks: Sequence[Task]
    appointments: Sequence[Appointment]

    def __bool__(self) -> bool:
        return bool(self.tasks or self.appointments)


def find(viewer: Viewer, may: May, pk: int) -> Case:
    """Return a case with everything its page names; 404 or 403 where the viewer may not."""
    return gate.find(viewer, may, Case.objects.select_related(*NAMED), pk=pk)


def get_rights(viewer: Viewer, case: Case) -> Rights:
    return Rights(
        edit=gate.allows(viewer, May.EDIT, case),
        assign=gate.allows(viewer, May.ASSIGN, case),
        answer=_is_asked(case) and gate.allows(viewer, May.ANSWER, case),
        manage=viewer.has(Right.MANAGE_CASES),
    )


def _is_asked(case: Case) -> bool:
    asked = case.asked_person_id or case.asked_team_id or case.asked_partner_id
    return bool(asked) and case.asked_by_offer and case.assignee_id is None and not case.is_closed


def get_offer(viewer: Viewer, case: Case, *, now: datetime) -> Offer | None:
    """Return the offer that stands for a case."""
    standing = Offer.objects.standing(now).filter(case=case)
    return gate.rows(viewer, May.SEE, standing).first()


def get_steps(viewer: Viewer, case: Case, *, now: datetime) -> Steps:
    tasks = Task.objects.filter(case=case, done_at=None).select_related("assignee", "created_by")
    ahead = Appointment.objects.filter(case=case, cancelled_at=None, ends_at__gte=now)
    return Steps(
        tasks=list(gate.rows(viewer, May.SEE, tasks).order_by("due_on", "id")),
        appointments=list(
            gate.rows(viewer, May.SEE, ahead).select_related("assignee").order_by("starts_at", "id")
        ),
    )


def get_inquiries(viewer: Viewer, case: Case) -> list[Inquiry]:
    return list(gate.rows(viewer, May.SEE, Inquiry.objects.filter(case=case)).order_by("id"))


def get_course(case: Case, *, now: datetime) -> list[Leg]:
    """Return the legs of the case's process; none where it is in no process yet."""
    if case.process_id is None:
        return []
    phases = Phase.objects.filter(process=case.process_id).order_by("position", "id")
    legs = [p for p in phases if p.kind == Phase.Kind.OPEN or p.pk == case.phase_id]
    return course(case, legs, _stays(case), now=now)


def _stays(case: Case) -> dict[int, timedelta]:
    """Return how long the case was in each phase it left; of several times the last."""
    moves = Entry.objects.about(case).filter(kind="process.moved").order_by("id")
    return {
        data["from_phase_id"]: timedelta(seconds=data["stayed"])
        for data in moves.values_list("data", flat=True)
        if data.get("from_phase_id") and data.get("stayed") is not None
    }


def get_phases(case: Case) -> list[Phase]:
    """Return the open phases a case can be moved to: those of its process first, then of the others."""
    phases = Phase.objects.filter(
        kind=Phase.Kind.OPEN, process__kind=case.kind, process__is_active=True
    ).select_related("process")
    ordered = phases.order_by("process__position", "process_id", "position", "id")
    return sorted(ordered, key=lambda phase: phase.process_id != case.process_id)


def get_consents(case: Case) -> list[Consent]:
    """Return the standing consent of the contact on each channel: the newest row of each."""
    if case.contact_id is None:
        return []
    newest: dict[str, Consent] = {}
    for consent in Consent.objects.filter(contact=case.contact_id).order_by("id"):
        newest[consent.channel] = consent
    return list(newest.values())


def get_others(viewer: Viewer, case: Case) -> list[Case]:
    """Return other cases of the same contact that the viewer may see, newest first."""
    if case.contact_id is None:
        return []
    others = Case.objects.standing().filter(contact=case.contact_id).exclude(pk=case.pk)
    return list(gate.rows(viewer, May.SEE, others).order_by("-id")[:5])


def get_opened(viewer: Viewer, case: Case) -> Case | None:
    """Return the opportunity that the lead opened."""
    return gate.rows(viewer, May.SEE, Case.objects.filter(opened_by=case)).first()


def get_reasons() -> list[Reason]:
    reasons = Reason.objects.filter(use=Reason.Use.LOST, is_active=True)
    return list(reasons.order_by("position", "id"))


def get_colleagues(viewer: Viewer, case: Case | None = None) -> list[User]:
    """Return who can be given something: inside the company, or in the partner's house that holds the case."""
    people = gate.rows(viewer, May.SEE, User.objects.filter(is_active=True))
    house = case.partner_id if case else viewer.partner_id
    return list(people.filter(partner=house).order_by("name", "id"))


def get_processes(case: Case) -> list[Process]:
    return list(Process.objects.filter(kind=case.kind, is_active=True).order_by("position", "id"))
