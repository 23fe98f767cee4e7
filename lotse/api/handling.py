"""What people do with a lead: accept, decline, move, close, put off, hand over; each an act to undo."""

from django.utils.translation import gettext as _
from ninja import Router

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.api import leads, schemas
from lotse.api.accepting import get_choices
from lotse.api.auth import ApiRequest
from lotse.api.people import pick, pick_person
from lotse.api.problems import Problem, field_problem
from lotse.lifecycle import loop
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Reason
from lotse.records.people.models import User
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.offers import get_unanswered_offer
from lotse.stages.assignment import services as assignment
from lotse.stages.closing import services as closing
from lotse.stages.process import services as process

router = Router(tags=["handling"])


@router.post("/{int:lead_id}/acceptance", response=schemas.LeadOut)
def accept(request: ApiRequest, lead_id: int, body: schemas.Acceptance) -> schemas.LeadOut:
    """Take a lead over. Where account or contact want a choice, 409 names the candidates."""
    case = gate.find(request.actor, May.ANSWER, Case.objects.all(), pk=lead_id)
    choices = get_choices(request, case, body)
    result = acceptance.accept(
        case=case,
        choices=choices,
        by=request.actor,
        now=request.now,
        offer=_offer_to(request, case),
    )
    loop.advance(result.case_ids, now=request.now)
    return leads.show(request, result.working_id)


@router.post("/{int:lead_id}/refusal", response=schemas.Done)
def decline(request: ApiRequest, lead_id: int, body: schemas.Refusal) -> schemas.Done:
    """Decline the offer by which one is asked; the lead goes on to the next in line."""
    case = gate.find(request.actor, May.ANSWER, Case.objects.all(), pk=lead_id)
    offer = _offer_to(request, case)
    if offer is None:
        raise Problem(409, _("Nobody asks you about this lead."))
    reason = _reason(body.reason, Reason.Use.DECLINED)
    act = acceptance.decline(
        offer=offer, reason=reason, comment=body.comment, by=request.actor, now=request.now
    )
    loop.advance([case.pk], now=request.now)
    return schemas.Done(act=act.pk)


@router.post("/{int:lead_id}/phase", response=schemas.LeadOut)
def move(request: ApiRequest, lead_id: int, body: schemas.PhaseMove) -> schemas.LeadOut:
    """Move a case into another phase; a phase that ends it is reached by `closing`."""
    case = gate.find(request.actor, May.EDIT, Case.objects.all(), pk=lead_id)
    phase = pick(Phase.objects.filter(kind=Phase.Kind.OPEN), body.phase, field="phase")
    process.move(
        case=case,
        phase=phase,
        by=request.actor,
        now=request.now,
        as_manager=request.actor.has(Right.MANAGE_CASES),
        version=body.version,
    )
    return _go_on(request, case)


@router.post("/{int:lead_id}/closing", response=schemas.LeadOut)
def close(request: ApiRequest, lead_id: int, body: schemas.Closing) -> schemas.LeadOut:
    """Close a case as successful, which opens an opportunity, or as unsuccessful with a reason."""
    case = gate.find(request.actor, May.EDIT, Case.objects.all(), pk=lead_id)
    by, now = request.actor, request.now
    if body.outcome == "lost":
        reason = _reason(body.reason, Reason.Use.LOST)
        closing.close_lost(
            case=case, reason=reason, comment=body.comment, by=by, now=now, version=body.version
        )
    else:
        to = pick_person(by, body.hand_over_to, field="hand_over_to") if body.hand_over_to else None
        closing.close_won(
            case=case, hand_over_to=to, comment=body.comment, by=by, now=now, version=body.version
        )
    return _go_on(request, case)


@router.post("/{int:lead_id}/reopening", response=schemas.LeadOut)
def reopen(request: ApiRequest, lead_id: int) -> schemas.LeadOut:
    """Open a lost case again."""
    case = gate.find(request.actor, May.EDIT, Case.objects.all(), pk=lead_id)
    gate.require(request.actor, Right.MANAGE_CASES)
    closing.reopen(case=case, by=request.actor, now=request.now)
    return _go_on(request, case)


@router.put("/{int:lead_id}/deferral", response=schemas.LeadOut)
def defer(request: ApiRequest, lead_id: int, body: schemas.Deferral) -> schemas.LeadOut:
    """Put a case off until a moment; it comes back by itself, into its phase or a chosen one."""
    case = gate.find(request.actor, May.EDIT, Case.objects.all(), pk=lead_id)
    phase = None
    if body.phase is not None:
        phase = pick(Phase.objects.filter(kind=Phase.Kind.OPEN), body.phase, field="phase")
    process.defer(
        case=case,
        until=body.until,
        phase=phase,
        by=request.actor,
        now=request.now,
        as_manager=request.actor.has(Right.MANAGE_CASES),
    )
    return _go_on(request, case)


@router.delete("/{int:lead_id}/deferral", response=schemas.LeadOut)
def resume(request: ApiRequest, lead_id: int) -> schemas.LeadOut:
    """Take a deferred case up again now."""
    case = gate.find(request.actor, May.EDIT, Case.objects.all(), pk=lead_id)
    process.resume(case=case, by=request.actor, now=request.now)
    return _go_on(request, case)


@router.put("/{int:lead_id}/assignee", response=schemas.Done)
def assign(request: ApiRequest, lead_id: int, body: schemas.Assignment) -> schemas.Done:
    """Assign a case to somebody, or hand it over, with a note that stays with it."""
    case = gate.find(request.actor, May.ASSIGN, Case.objects.all(), pk=lead_id)
    people = gate.rows(request.actor, May.SEE, User.objects.all())
    to = pick(people, body.assignee, field="assignee")
    act = assignment.assign(case=case, to=to, note=body.note, by=request.actor, now=request.now)
    loop.advance([case.pk], now=request.now)
    return schemas.Done(act=act.pk)


def _go_on(request: ApiRequest, case: Case) -> schemas.LeadOut:
    loop.advance([case.pk], now=request.now)
    return leads.show(request, case.pk)


def _offer_to(request: ApiRequest, case: Case) -> Offer | None:
    # Also one whose time is over by now: answering it says so.
    viewer = request.actor
    if viewer.person_id is None:
        return None
    return get_unanswered_offer(
        case,
        viewer.person_id,
        team_ids=viewer.team_ids,
        partner_id=viewer.partner_id,
    )


def _reason(pk: int | None, use: Reason.Use) -> Reason | None:
    if pk is None:
        return None
    if not Reason.objects.filter(pk=pk, use=use, is_active=True).exists():
        raise field_problem("reason", _("There is no such reason for this."))
    return Reason.objects.get(pk=pk)
