"""A number for every request, and one line about it when it is done."""

import re
import secrets
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from lotse.config import metrics

log = structlog.get_logger("lotse.request")

HEADER = "X-Request-ID"
# What a proxy may hand us as the number of a request; anything else could forge lines.
SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def one_line_each(get_response: GetResponse) -> GetResponse:
    """Wrap the rest of the middleware, so that what it does is counted too."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(settings.STATIC_URL):
            return get_response(request)

        structlog.contextvars.clear_contextvars()
        number = _number(request)
        structlog.contextvars.bind_contextvars(request=number)
        queries = _Counter()
        began = time.perf_counter()
        with connection.execute_wrapper(queries):
            response = get_response(request)
        _tell(request, response, time.perf_counter() - began, queries.count)
        structlog.contextvars.clear_contextvars()
        response.headers[HEADER] = number
        return response

    return middleware


class _Counter:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.count += 1
        return execute(*args)


def _number(request: HttpRequest) -> str:
    given = request.headers.get(HEADER, "")
    return given if SANE.fullmatch(given) else secrets.token_hex(8)


def _tell(request: HttpRequest, response: HttpResponseBase, seconds: float, queries: int) -> None:
    # The route, not the path: a path may hold a token, and a query what somebody looked for.
    route = request.resolver_match.route if request.resolver_match else "(none)"
    method = str(request.method)
    metrics.note_request(method, route, response.status_code, seconds, queries)
    log.info(
        "request",
        method=method,
        route=f"/{route}",
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        queries=queries,
        user=_user_id(request),
    )


def _user_id(request: HttpRequest) -> int | None:
    # Only a user whom the view has looked at: asking here would cost a query, or fail if the
    # database is what is wrong.
    user = getattr(request, "_cached_user", None)
    return user.pk if user is not None else None
