"""Leads: bringing them in, listing them, reading one with its history, changing its fields."""

from typing import Any, cast
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import HeaderEx, P, Query, Router, Status

from lotse.access import gate
from lotse.access.policy import Entity, Level, May
from lotse.access.telling.texts import NOTES, hidden_notes
from lotse.api import rows, schemas
from lotse.api.auth import ApiRequest
from lotse.api.paging import MOST, page_of
from lotse.api.problems import Problem, field_problem
from lotse.api.telling import get_teller
from lotse.lifecycle import loop
from lotse.records.cases.editing import edit
from lotse.records.cases.models import Case, Inquiry
from lotse.records.cases.queries import search
from lotse.records.journal.models import Entry
from lotse.stages.intake import services as intake

router = Router(tags=["leads"])
# Of a very long history, so many of the newest lines are read with the lead.
NEWEST = 200


@router.post("", response={201: schemas.Received, 200: schemas.Received})
def create(
    request: ApiRequest,
    response: HttpResponse,
    body: schemas.LeadIn,
    wait: bool = False,
    idempotency_key: HeaderEx[str, P(max_length=60)] = "",
) -> Any:
    """
    Bring a lead in. The same `Idempotency-Key` again makes no second one and answers with the first.

    What came in is stored at once. Matching and assignment follow in the background, within a second
    or so; with `?wait=true` they are done before the answer.
    """
    if request.actor.level(Entity.LEAD, May.CREATE) == Level.NONE:
        raise PermissionDenied
    arrival = _arrival(request, body, idempotency_key)
    [received] = intake.receive([arrival], by=request.actor, now=request.now)
    _check(received)
    case_id = cast("int", received.case_id)
    if wait:
        loop.advance([case_id], now=request.now)
    out = schemas.Received(
        inquiry_id=received.inquiry_id,
        lead_id=case_id,
        is_new=received.is_new,
        address=rows.address_of(case_id),
    )
    response["Location"] = out.address
    return Status(201 if received.is_new else 200, out)


def _arrival(request: ApiRequest, body: schemas.LeadIn, key: str) -> intake.Arrival:
    given = body.dict(exclude_unset=True)
    more = given.pop("more", {})
    payload = body.model_dump(mode="json", exclude_unset=True)
    who = f"{request.actor.kind}-{request.actor.id}"
    return intake.Arrival(
        key=f"{who}:{key or uuid4().hex}",
        channel=Inquiry.Channel.API,
        payload=payload,
        fields={**{k: str(v) for k, v in given.items() if v is not None}, "more": more},
    )


def _check(received: intake.Received) -> None:
    """
    Refuse what can be no lead, and a key that was used for something else.

    :raises Problem: naming the fields, or the key
    """
    if received.faults:
        errors = [{"field": f.field, "detail": intake.tell_fault(f)} for f in received.faults]
        kept = received.inquiry_id
        raise Problem(422, _("This cannot become a lead."), errors=errors, inquiry_id=kept)
    if not received.is_same:
        raise field_problem("Idempotency-Key", _("This key was used for another lead already."))


@router.get("", response=schemas.LeadList)
def list_leads(request: ApiRequest, filters: Query[schemas.LeadFilter]) -> schemas.LeadList:
    """List cases, newest first; `next` is the address of the page after it."""
    _check_names(request)
    cases = gate.rows(request.actor, May.SEE, Case.objects.standing().select_related(*rows.JOINED))
    found, cursor = page_of(
        _narrow(cases, filters, request), cursor=filters.cursor, limit=min(filters.limit, MOST)
    )
    following = None
    if cursor:
        query = request.GET.copy()
        query["cursor"] = cursor
        following = f"{request.path}?{query.urlencode()}"
    return schemas.LeadList(items=[rows.row(case) for case in found], next=following)


def _check_names(request: ApiRequest) -> None:
    # A filter that is misspelt must not show everything.
    for name in request.GET:
        if name not in schemas.LeadFilter.model_fields:
            known = ", ".join(schemas.LeadFilter.model_fields)
            raise field_problem(
                name, _("There is no such filter; there are: %(names)s") % {"names": known}
            )


def _narrow(
    cases: QuerySet[Case], filters: schemas.LeadFilter, request: ApiRequest
) -> QuerySet[Case]:
    given: dict[str, Any] = {
        "kind": filters.kind,
        "stage": filters.stage,
        "assignee": filters.assignee,
        "phase": filters.phase,
        "process": filters.process,
        "source__key": filters.source,
        "external_id": filters.external_id,
        "email__iexact": filters.email,
        "score__gt": filters.score_above,
    }
    cases = cases.filter(**{name: value for name, value in given.items() if value is not None})
    groups: dict[str, dict[str, Any]] = {
        "new": {"closed_at": None, "assignee": None},
        "active": {"closed_at": None, "assignee__isnull": False},
        "done": {"closed_at__isnull": False},
    }
    if filters.group:
        cases = cases.filter(**groups[filters.group])
    if filters.overdue is not None:
        late = {"overdue_at__lte": request.now}
        cases = cases.filter(**late) if filters.overdue else cases.exclude(**late)
    return search(cases, filters.q) if filters.q else cases


@router.get("/{int:lead_id}", response=schemas.LeadOut)
def read(request: ApiRequest, lead_id: int) -> schemas.LeadOut:
    """Read a case with its inquiries and its history: what happened, who did it, and why."""
    return show(request, lead_id)


@router.patch("/{int:lead_id}", response=schemas.LeadOut)
def change(request: ApiRequest, lead_id: int, body: schemas.LeadPatch) -> schemas.LeadOut:
    """Change some fields; refused with 409 if somebody else did since `version` was read."""
    case = gate.find(request.actor, May.EDIT, Case.objects.all(), pk=lead_id)
    fields = body.dict(exclude_unset=True)
    version = fields.pop("version")
    empty = [name for name, value in fields.items() if value is None and name != "value"]
    if empty:
        raise field_problem(empty[0], _("Send an empty text to clear a field."))
    edit(case, version=version, fields=fields, by=request.actor, now=request.now)
    return show(request, lead_id)


def show(request: ApiRequest, lead_id: int) -> schemas.LeadOut:
    """Return a case as it is now, with the newest lines of its history, oldest first."""
    found = Case.objects.select_related(*rows.JOINED, "account", "contact")
    case = gate.find(request.actor, May.SEE, found, pk=lead_id)
    entries = Entry.objects.about(case).order_by("-id")
    hidden = hidden_notes(request.actor, case)
    if hidden:
        entries = entries.exclude(kind__in=NOTES, data__note_id__in=hidden)
    lines = list(entries[:NEWEST])[::-1]
    return rows.whole(request.actor, case, lines, get_teller(request, lines))
