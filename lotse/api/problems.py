"""Errors as problem documents (RFC 9457) that name the field and the way out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError


class Problem(Exception):
    """
    An answer that refuses: status, title, and for each field what is wrong with it.

    :param errors: {"field": ..., "detail": ...} for each field that is to be mended
    """

    def __init__(
        self,
        status: int,
        title: str,
        *,
        detail: str = "",
        errors: Iterable[Mapping[str, Any]] = (),
        **more: Any,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = list(errors)
        self.more = more


def field_problem(field: str, detail: str) -> Problem:
    """Return the refusal of one field of the body."""
    return Problem(422, _("Some fields need mending."), errors=[{"field": field, "detail": detail}])


def answer(problem: Problem) -> HttpResponse:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
    }
    if problem.detail:
        body["detail"] = problem.detail
    if problem.errors:
        body["errors"] = problem.errors
    body.update(problem.more)
    return JsonResponse(
        body, status=problem.status, content_type="application/problem+json; charset=utf-8"
    )


def install(api: NinjaAPI) -> None:
    """Let every error of this API be answered by a problem document."""

    def problem(_request: HttpRequest, error: Problem) -> HttpResponse:
        return answer(error)

    def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = [{"field": _place(e["loc"]), "detail": e["msg"]} for e in error.errors]
        return answer(Problem(422, _("Some fields need mending."), errors=faults))

    def unknown(_request: HttpRequest, _error: Http404) -> HttpResponse:
        return answer(Problem(404, _("There is nothing here, or you may not see it.")))

    def refused(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
        return answer(Problem(403, _("You may see this, but not do that.")))

    def nobody(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        detail = _("Send the header “Authorization: Bearer …” with a standing key.")
        return answer(Problem(401, _("Who asks?"), detail=detail))

    def other(_request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(Problem(error.status_code, error.message))

    handlers: list[tuple[type[Exception], Any]] = [
        (Problem, problem),
        (ValidationError, invalid),
        (Http404, unknown),
        (PermissionDenied, refused),
        (AuthenticationError, nobody),
        (HttpError, other),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)


def _place(loc: Iterable[Any]) -> str:
    # ("body", "data", "email") says where pydantic looked; the caller knows it as "email".
    parts = [str(p) for p in loc if p not in {"body", "query", "path", "data"}]
    return ".".join(parts) or "body"
