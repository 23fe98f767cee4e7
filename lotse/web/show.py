"""Answering with a page, or with a named part of it where htmx asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page; for htmx only the part of this name, if one is named."""
    htmx = getattr(request, "htmx", None)
    # Going back in the browser, htmx asks for what it keeps no copy of: the whole page.
    wants_part = htmx and not htmx.history_restore_request
    name = f"{template}#{part}" if part and wants_part else template
    response = render(request, name, context, status=status)
    # The same address answers with a page or a part: a cache must not mistake one for the other.
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser on after a form was taken, whether or not htmx sent it."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return redirect(address)
