"""
The two addresses for machines that watch: /healthz and /metrics.

They are answered before anything else: a probe knows no host name, speaks no TLS, and logs in
nowhere.
"""

import hmac
import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from lotse.config import metrics
from lotse.config.requests import GetResponse
from lotse.kernel import clock

log = logging.getLogger(__name__)


def watching(get_response: GetResponse) -> GetResponse:
    answers = {"/healthz": _health, "/metrics": _metrics}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = answers.get(request.path_info)
        return answer(request) if answer else get_response(request)

    return middleware


def _health(request: HttpRequest) -> HttpResponse:
    """Say whether a request could be answered now, which takes the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("the database cannot be reached")
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def _metrics(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS_TOKEN:
        return HttpResponse(status=404)
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(metrics.page(clock.read()), content_type="text/plain; version=0.0.4")
