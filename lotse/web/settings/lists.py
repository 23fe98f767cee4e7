"""Pages of the lists an administrator keeps: looked through, added to, changed, switched off, put in order."""

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lotse.access.policy import Right
from lotse.web.desk import DeskRequest
from lotse.web.settings import keeping, queries
from lotse.web.settings.forms import EntryForm
from lotse.web.settings.kinds import KINDS, Kind
from lotse.web.settings.places import open_to
from lotse.web.shared.doors import may_any
from lotse.web.shared.edit import locked, status_of, taken
from lotse.web.show import go, show
from lotse.web.timeline.queries import get_timeline
from lotse.web.toasts import complain, say


@require_safe
def entries(request: DeskRequest, kind: str) -> HttpResponse:
    which = _kind(request, kind)
    words = request.GET.get("q", "").strip()
    after = request.GET.get("after", "")
    context = {
        "kind": which,
        "page": queries.get_entries(request.actor, which, words=words, after=after),
        "words": words,
        "said": urlencode({"q": words}) if words else "",
        "list_url": request.path,
        "settings_places": open_to(request.actor),
        "crumb": which.title,
    }
    return show(request, "settings/list.html", context, part="rows")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest, kind: str) -> HttpResponse:
    which = _kind(request, kind)
    form = which.form(request.POST or None, fixed=which.fixed)
    values = taken(request, form)
    if values is None:
        return _page(request, which, form, crumb=str(which.new))
    keeping.add(which, form.instance, values, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": form.instance})
    return go(request, reverse("list", args=[kind]))


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def entry(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    which = _kind(request, kind)
    found = _entry(request, which, pk)
    name = str(found)
    form = which.form(request.POST or None, instance=found, fixed=which.fixed)
    values = taken(request, form)
    if values is None:
        return _page(request, which, form, crumb=name, entry=_entry(request, which, pk))
    keeping.change(found, values, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": found})
    return go(request, reverse("list", args=[kind]))


@require_POST
@transaction.atomic
def switch(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    which = _kind(request, kind)
    if not which.can_rest:
        raise Http404
    found, is_on = _entry(request, which, pk), request.POST.get("to") == "on"
    try:
        keeping.switch(found, is_on=is_on, by=request.actor, now=request.now)
    except keeping.IsDefault:
        told = _("%(name)s holds where nothing else is said. Choose another for that first.")
        complain(request, told % {"name": found})
        return go(request, reverse("list", args=[kind]))
    told = _("%(name)s can be chosen again.") if is_on else _("%(name)s is not offered any more.")
    say(request, told % {"name": found})
    return go(request, reverse("list", args=[kind]))


@require_POST
@transaction.atomic
def place(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    which = _kind(request, kind)
    if not which.has_order:
        raise Http404
    found, up = _entry(request, which, pk), request.POST.get("to") == "up"
    keeping.move(which, found, up=up, by=request.actor, now=request.now)
    say(request, _("The order is saved."))
    return go(request, reverse("list", args=[kind]))


def _kind(request: DeskRequest, key: str) -> Kind:
    may_any(request.actor, Right.SETTINGS)
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _entry(request: DeskRequest, kind: Kind, pk: int) -> Any:
    return get_object_or_404(locked(request, kind.rows()), pk=pk)


def _page(
    request: DeskRequest, kind: Kind, form: EntryForm, *, crumb: str, entry: Any = None
) -> HttpResponse:
    before = request.GET.get("before", "")
    context: dict[str, Any] = {
        "kind": kind,
        "form": form,
        "entry": entry,
        "list_url": reverse("list", args=[kind.key]),
        "crumb": crumb,
    }
    if entry is not None:
        context["used"] = queries.count_used(request.actor, kind, [entry]).get(entry.pk, 0)
        context["timeline"] = get_timeline(
            request.actor,
            entry,
            request.reader,
            before=int(before) if before.isdecimal() else None,
        )
        context["reader"] = request.reader
    return show(request, "settings/entry.html", context, status=status_of(form))
