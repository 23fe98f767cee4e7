"""Pages of roles: what each allows, as a matrix; changed by those who keep people."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.access.viewer import Viewer
from lotse.records.journal import lists
from lotse.records.people.models import Role, User
from lotse.web.desk import DeskRequest
from lotse.web.settings.keeping import free_key
from lotse.web.settings.places import open_to
from lotse.web.settings.role_form import RoleForm, columns_of
from lotse.web.shared.doors import may_any
from lotse.web.shared.edit import locked, status_of, taken
from lotse.web.show import go, show
from lotse.web.timeline.queries import get_timeline
from lotse.web.toasts import say

# Nobody may lock everybody out: this role stays as it is.
FOR_GOOD = "administrator"


@require_safe
def roles(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.PEOPLE)
    first = get_object_or_404(Role.objects.order_by("pk")[:1])
    return _page(request, first, RoleForm(instance=first))


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def role(request: DeskRequest, pk: int) -> HttpResponse:
    may_any(request.actor, Right.PEOPLE)
    found = get_object_or_404(locked(request, Role.objects.all()), pk=pk)
    data = request.POST if request.method == "POST" and found.key != FOR_GOOD else None
    form = RoleForm(data, instance=found)
    values = taken(request, form)
    if values is None:
        return _page(request, Role.objects.get(pk=pk), form)
    lists.change(found, columns_of(found, values), by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": found})
    return go(request, reverse("role", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.PEOPLE)
    form = RoleForm(request.POST or None)
    values = taken(request, form)
    if values is None:
        return _page(request, None, form)
    made = form.instance
    for name, value in columns_of(made, values).items():
        setattr(made, name, value)
    made.key = free_key(Role.objects.all(), made)
    lists.add(made, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": made})
    return go(request, reverse("role", args=[made.pk]))


def _page(request: DeskRequest, shown: Role | None, form: RoleForm) -> HttpResponse:
    before = request.GET.get("before", "")
    context: dict[str, Any] = {
        "role": shown,
        "form": form,
        "is_fixed": shown is not None and shown.key == FOR_GOOD,
        "tabs": _tabs(request.actor),
        "settings_places": open_to(request.actor),
        "crumb": _("Roles"),
    }
    if shown:
        context["timeline"] = get_timeline(
            request.actor,
            shown,
            request.reader,
            before=int(before) if before.isdecimal() else None,
        )
        context["reader"] = request.reader
    return show(request, "settings/roles.html", context, status=status_of(form))


def _tabs(viewer: Viewer) -> list[tuple[Role, int]]:
    """Return all roles, with how many active people have each."""
    people = gate.rows(viewer, May.SEE, User.objects.filter(is_active=True))
    counted = Count("users", filter=Q(users__in=people), distinct=True)
    rows = Role.objects.annotate(size=counted).order_by("pk")
    return [(one, one.size) for one in rows]
