"""The pages of the shell itself: keyboard, notices, language, and the errors."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from lotse.access.telling.when import Reader
from lotse.records.people.models import User
from lotse.web.desk import DeskRequest
from lotse.web.safe_next import next_of
from lotse.web.shell import bell

LANGUAGES = {"de", "en"}


@require_GET
@login_not_required
def favicon(_request: HttpRequest) -> HttpResponse:
    """Answer where browsers look for a sign by themselves: what is shown in a frame names none."""
    return redirect(static("icon.svg"))


@require_GET
def keyboard(request: DeskRequest) -> HttpResponse:
    return render(request, "web/keyboard.html")


@require_GET
def notices(request: DeskRequest) -> HttpResponse:
    reader = Reader(request.user.language, request.zone, request.now)
    context = {"notices": bell.get_notices(request.actor, reader=reader)}
    return render(request, "web/notices.html", context)


@require_POST
def notices_read(request: DeskRequest) -> HttpResponse:
    bell.mark_read(request.user, now=request.now)
    return redirect(next_of(request, otherwise="/"))


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on; kept in the profile, or in a cookie for a visitor."""
    wanted = request.POST.get("language", "")
    response = redirect(next_of(request, otherwise="/"))
    if wanted not in LANGUAGES:
        return response
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=wanted)
    else:
        translation.activate(wanted)
        response.set_cookie("django_language", wanted, samesite="Lax")
    return response


@require_POST
def theme(request: DeskRequest) -> HttpResponse:
    wanted = request.POST.get("theme", "")
    if wanted in User.Theme.values:
        User.objects.filter(pk=request.user.pk).update(theme=wanted)
    return redirect(next_of(request, otherwise="/"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, HTTPStatus.BAD_REQUEST)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(request, HTTPStatus.FORBIDDEN, "csrf")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, HTTPStatus.NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    return _error(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _error(request: HttpRequest, status: HTTPStatus, name: str = "") -> HttpResponse:
    # Neither the database nor the user is asked: the error may lie with one of them.
    template = f"web/errors/{name or status.value}.html"
    context = {"code": status.value, "request_id": getattr(request, "request_id", "")}
    return render(None, template, context, status=status)
