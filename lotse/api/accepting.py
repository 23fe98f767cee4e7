"""What a machine chose for accepting a lead, or which choices it still has to make."""

from collections.abc import Mapping
from typing import Any, Literal

from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.api import schemas
from lotse.api.auth import ApiRequest
from lotse.api.people import pick, pick_person
from lotse.api.problems import Problem
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Process
from lotse.stages.acceptance.queries.guide import Answers, Guide, Side, get_guide
from lotse.stages.acceptance.rules.fields import Decision, Source
from lotse.stages.acceptance.rules.steps import Choice, Result
from lotse.stages.acceptance.services import Choices


def get_choices(request: ApiRequest, case: Case, body: schemas.Acceptance) -> Choices:
    """
    Turn what was sent into the choices of the guide, with the same questions as people are asked.

    :raises Problem: naming each side that is similar to something known, with the candidates
    """
    guide = _guide(request, case, body)
    _require_answered(guide)
    account, contact = guide.account.record, guide.contact.record
    return Choices(
        assignee=pick_person(request.actor, body.assignee),
        account=account if isinstance(account, Account) else None,
        creates_account=guide.account.verdict.result == Result.CREATED,
        contact=contact if isinstance(contact, Contact) else None,
        creates_contact=guide.contact.verdict.result == Result.CREATED,
        contact_version=contact.version if isinstance(contact, Contact) else None,
        decisions=_decisions(body.decisions),
        process=pick(Process.objects.all(), body.process, field="process")
        if body.process
        else None,
        attach_to=_attach_to(request, body.attach_to),
        note=body.note,
    )


def _guide(request: ApiRequest, case: Case, body: schemas.Acceptance) -> Guide:
    answers = Answers(
        account=_choice(body.account),
        contact=_choice(body.contact),
        decisions=_decisions(body.decisions),
    )
    return get_guide(
        case,
        answers,
        see=lambda among: gate.rows(request.actor, May.SEE, among),
        is_outside=request.actor.partner_id is not None,
    )


def _choice(given: int | Literal["auto", "new"]) -> Choice:
    if isinstance(given, int):
        return Choice(record_id=given)
    return Choice(is_new=given == "new")


def _decisions(given: Mapping[str, str]) -> dict[str, Decision]:
    sources = {"lead": Source.LEAD, "known": Source.KNOWN}
    return {
        name: Decision(sources[text]) if text in sources else Decision(Source.TYPED, text)
        for name, text in given.items()
    }


def _attach_to(request: ApiRequest, pk: int | None) -> Case | None:
    if pk is None:
        return None
    return pick(gate.rows(request.actor, May.SEE, Case.objects.open()), pk, field="attach_to")


def _require_answered(guide: Guide) -> None:
    sides = {"account": guide.account, "contact": guide.contact}
    errors = [_open(name, side) for name, side in sides.items() if side.is_open]
    if errors:
        raise Problem(409, _("Somebody like this is known already."), errors=errors)


def _open(name: str, side: Side) -> dict[str, Any]:
    return {
        "field": name,
        "detail": _("Send the number of one of the candidates, or “new”."),
        "candidates": [
            {
                "id": record.pk,
                "name": str(record),
                "agrees": list(found.agrees),
                "differs": list(found.differs),
            }
            for found, record in side.candidates
        ],
        "hidden": side.finding.hidden,
    }
