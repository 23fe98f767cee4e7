"""What the stages refuse, as problem documents: each with the field to mend, or who was quicker."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from lotse.api.auth import ApiRequest
from lotse.api.problems import Problem, answer, field_problem
from lotse.api.telling import tell_reason
from lotse.records.accounts.services import ChangedMeanwhile
from lotse.records.cases.services import CaseChanged
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.rules.fields import Undecided
from lotse.stages.acceptance.services.declining import NeedsComment, NeedsReason
from lotse.stages.assignment.services.handing import CannotHold, CaseClosed
from lotse.stages.closing.services.closing import CannotClose
from lotse.stages.process.services.deferring import NotAhead
from lotse.stages.process.services.moving import CannotMove

Refusal = Callable[[ApiRequest, Any], Problem]


def install(api: NinjaAPI) -> None:
    """Let every refusal of a stage be answered by a problem document."""
    for kind, make in _REFUSALS.items():
        api.add_exception_handler(kind, _handler(make))


def _handler(make: Refusal) -> Callable[[HttpRequest, Any], HttpResponse]:
    def handle(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(make(request, error))  # type: ignore[arg-type]

    return handle


def _changed(_request: ApiRequest, _error: CaseChanged | ChangedMeanwhile) -> Problem:
    detail = _("Read it again, and send the change with the version you read.")
    return Problem(409, _("Somebody changed it meanwhile."), detail=detail)


def _gone(request: ApiRequest, gone: acceptance.OfferGone) -> Problem:
    # A partner's people do not learn who else was asked, or answered.
    who = None if request.actor.partner_id else gone.person_id
    return Problem(
        409,
        _("The lead is not to be had any more."),
        how=gone.how,
        by=who,
        at=gone.at.isoformat() if gone.at else None,
    )


def _told(field: str) -> Refusal:
    def tell(request: ApiRequest, error: CannotMove | CannotClose | CannotHold) -> Problem:
        detail = tell_reason(request, error.reason)
        errors = [{"field": field, "detail": detail}]
        return Problem(409, _("The case stays as it is."), detail=detail, errors=errors)

    return tell


def _undecided(_request: ApiRequest, error: Undecided) -> Problem:
    detail = _("The lead and the contact differ here. Say “lead”, “known” or a text of your own.")
    errors = [{"field": f"decisions.{name}", "detail": detail} for name in error.fields]
    return Problem(409, _("Some fields want a decision."), errors=errors)


def _field(name: str, detail: Callable[[], str]) -> Refusal:
    def make(_request: ApiRequest, _error: Exception) -> Problem:
        return field_problem(name, detail())

    return make


_REFUSALS: dict[type[Exception], Refusal] = {
    CaseChanged: _changed,
    ChangedMeanwhile: _changed,
    acceptance.OfferGone: _gone,
    CannotMove: _told("phase"),
    CannotClose: _told("outcome"),
    CannotHold: _told("assignee"),
    Undecided: _undecided,
    NeedsReason: _field("reason", lambda: _("Declining needs a reason here.")),
    NeedsComment: _field("comment", lambda: _("Declining needs a comment here.")),
    NotAhead: _field("until", lambda: _("This moment has passed already.")),
    CaseClosed: _field("assignee", lambda: _("The case is closed.")),
    acceptance.AssigneeGone: _field("assignee", lambda: _("This person is not active any more.")),
    acceptance.ProcessNotAllowed: _field(
        "process", lambda: _("The lead type does not lead into this process.")
    ),
    acceptance.CaseGone: _field(
        "attach_to", lambda: _("There is no open case with this number any more.")
    ),
}
