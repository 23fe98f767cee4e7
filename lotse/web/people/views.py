"""Pages of people: who there is, one person, a new one with a link, and when they are away."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lotse.access import gate
from lotse.access.password_link import INVITATION, invitation_link
from lotse.access.policy import May, Right
from lotse.records.people import services
from lotse.records.people.models import Absence, Role, User
from lotse.web.desk import DeskRequest
from lotse.web.people import queries
from lotse.web.people.forms import PersonForm
from lotse.web.profile.forms import AbsenceForm
from lotse.web.shared.doors import may_any, may_see_people
from lotse.web.shared.edit import locked, status_of, taken
from lotse.web.show import go, show
from lotse.web.timeline.queries import get_timeline
from lotse.web.toasts import say


@require_safe
def people(request: DeskRequest) -> HttpResponse:
    may_see_people(request.actor)
    wanted = queries.Wanted.of(request.GET)
    among = wanted.among(gate.rows(request.actor, May.SEE, User.objects.all()))
    after = request.GET.get("after", "")
    context = {
        "page": queries.get_people(request.actor, among, today=request.reader.today, after=after),
        "wanted": wanted,
        "may_edit": request.actor.has(Right.PEOPLE),
        "reader": request.reader,
        "crumb": _("People and teams"),
    }
    if not request.htmx:
        context |= queries.get_choices(request.actor)
        context["teams"] = queries.get_teams(request.actor)
    return show(request, "people/list.html", context, part="rows")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.PEOPLE)
    initial = {"partner": request.GET.get("partner"), "teams": request.GET.getlist("team")}
    form = PersonForm(request.POST or None, viewer=request.actor, initial=initial)
    values = taken(request, form)
    if values is None:
        context = {"form": form, "crumb": _("New person")}
        return show(request, "people/new.html", context, status=status_of(form))

    services.add_person(
        user=form.instance,
        roles=values["roles"],
        teams=values["teams"],
        main_team=values["main_team"],
        by=request.actor,
        now=request.now,
    )
    return _show_link(request, form.instance)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: DeskRequest, pk: int) -> HttpResponse:
    may_see_people(request.actor)
    if request.method == "POST":
        return _save(request, pk)
    return _page(request, gate.find(request.actor, May.SEE, User.objects.all(), pk=pk))


@require_POST
@never_cache
def link(request: DeskRequest, pk: int) -> HttpResponse:
    may_see_people(request.actor)
    user = gate.find(request.actor, May.EDIT, User.objects.filter(is_active=True), pk=pk)
    return _show_link(request, user)


@require_POST
def absences(request: DeskRequest, pk: int) -> HttpResponse:
    may_see_people(request.actor)
    user = gate.find(request.actor, May.PLAN, User.objects.all(), pk=pk)
    form = AbsenceForm(request.POST, user=user)
    if not form.is_valid():
        return _page(request, user, absence_form=form, status=422)
    services.enter_absence(user=user, by=request.actor, now=request.now, **form.cleaned_data)
    say(request, _("The absence is entered."))
    return go(request, reverse("person", args=[user.pk]))


@require_POST
def absence_removal(request: DeskRequest, pk: int) -> HttpResponse:
    may_see_people(request.actor)
    absence = get_object_or_404(Absence.objects.select_related("user"), pk=pk)
    gate.find(request.actor, May.PLAN, User.objects.all(), pk=absence.user_id)
    services.remove_absence(absence=absence, by=request.actor, now=request.now)
    say(request, _("The absence is taken out."))
    return go(request, reverse("person", args=[absence.user_id]))


@transaction.atomic
def _save(request: DeskRequest, pk: int) -> HttpResponse:
    user = gate.find(request.actor, May.EDIT, locked(request, User.objects.all()), pk=pk)
    form = PersonForm(request.POST, instance=user, viewer=request.actor)
    values = taken(request, form)
    if values is None:
        return _page(request, user, form=form, status=status_of(form))
    try:
        services.change_person(user=user, values=values, by=request.actor, now=request.now)
    except services.NobodyLeft:
        form.add_error("roles", _("Somebody must stay who can give roles to people."))
        return _page(request, user, form=form, status=422)
    say(request, _("%(name)s is saved.") % {"name": user.name})
    return go(request, reverse("person", args=[user.pk]))


def _show_link(request: DeskRequest, user: User) -> HttpResponse:
    context = {
        "person": user,
        "link": invitation_link(user),
        "days": INVITATION.days,
        "crumb": _("One-time link"),
    }
    return show(request, "people/link.html", context)


def _page(
    request: DeskRequest,
    user: User,
    *,
    form: PersonForm | None = None,
    absence_form: AbsenceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    # A form that was refused has written into the person it was filled from.
    alone = User.objects.filter(pk=user.pk)
    [row] = queries.get_people(request.actor, alone, today=request.reader.today).rows
    before = request.GET.get("before", "")
    context: dict[str, Any] = {
        "person": row.user,
        "row": row,
        "absence_form": absence_form or AbsenceForm(user=user),
        "absences": user.absences.filter(until_on__gte=request.reader.today)
        .select_related("substitute")
        .order_by("from_on", "id"),
        "roles": Role.objects.filter(users=user).order_by("pk"),
        "may_edit": gate.allows(request.actor, May.EDIT, user),
        "may_plan": gate.allows(request.actor, May.PLAN, user),
        "timeline": get_timeline(
            request.actor, user, request.reader, before=int(before) if before.isdecimal() else None
        ),
        "reader": request.reader,
        "crumb": row.user.name,
    }
    if context["may_edit"]:
        context["form"] = form or PersonForm(instance=user, viewer=request.actor)
    return show(request, "people/person.html", context, status=status)
