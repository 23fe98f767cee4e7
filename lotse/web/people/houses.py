"""Pages of teams inside and partners outside: who belongs there, when they are open, where they sell."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.lifecycle import loop
from lotse.records.journal import lists
from lotse.records.people import services
from lotse.records.people.models import Partner, Team, User
from lotse.stages.assignment import services as assignment
from lotse.web.desk import DeskRequest
from lotse.web.editing.forms import EditForm
from lotse.web.people import queries
from lotse.web.people.forms import AreaForm, MemberForm, PartnerForm, TeamForm
from lotse.web.shared.doors import may_any, may_see_people
from lotse.web.shared.edit import locked, status_of, taken
from lotse.web.show import go, show
from lotse.web.timeline.queries import get_timeline
from lotse.web.toasts import complain, say

House = Team | Partner


@require_safe
def partners(request: DeskRequest) -> HttpResponse:
    may_see_people(request.actor)
    words = request.GET.get("q", "").strip()
    after = request.GET.get("after", "")
    context = {
        "page": queries.get_partners(request.actor, words=words, after=after),
        "words": words,
        "said": urlencode({"q": words}) if words else "",
        "may_edit": request.actor.has(Right.PEOPLE),
        "crumb": _("Sales partners"),
    }
    return show(request, "people/partners.html", context, part="rows")


@require_http_methods(["GET", "HEAD", "POST"])
def new_team(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.PEOPLE)
    return _new(request, TeamForm(request.POST or None, viewer=request.actor))


@require_http_methods(["GET", "HEAD", "POST"])
def new_partner(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.PEOPLE)
    return _new(request, PartnerForm(request.POST or None, viewer=request.actor))


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: DeskRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _save_team(request, pk)
    return show_house(request, find_team(request, pk, May.SEE))


@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: DeskRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _save_partner(request, pk)
    return show_house(request, find_partner(request, pk, May.SEE))


@require_POST
def team_removal(request: DeskRequest, pk: int) -> HttpResponse:
    return _remove(request, find_team(request, pk, May.DELETE), to="people")


@require_POST
def partner_removal(request: DeskRequest, pk: int) -> HttpResponse:
    return _remove(request, find_partner(request, pk, May.DELETE), to="partners")


@require_POST
def team_members(request: DeskRequest, pk: int) -> HttpResponse:
    house = find_team(request, pk, May.EDIT)
    form = MemberForm(request.POST, viewer=request.actor, team=house)
    if not form.is_valid():
        return show_house(request, house, member_form=form, status=422)
    user = form.cleaned_data["person"]
    values = {"teams": [*user.teams.all(), house]}
    services.change_person(user=user, values=values, by=request.actor, now=request.now)
    say(request, _("%(name)s belongs to the team now.") % {"name": user.name})
    return go(request, address_of(house))


@require_POST
def team_member_removal(request: DeskRequest, pk: int, person: int) -> HttpResponse:
    house = find_team(request, pk, May.EDIT)
    user = gate.find(request.actor, May.EDIT, User.objects.filter(teams=house), pk=person)
    values = {"teams": list(user.teams.exclude(pk=house.pk))}
    services.change_person(user=user, values=values, by=request.actor, now=request.now)
    say(request, _("%(name)s is taken out of the team.") % {"name": user.name})
    return go(request, address_of(house))


def address_of(house: House) -> str:
    return reverse("team" if isinstance(house, Team) else "partner", args=[house.pk])


def find_team(request: DeskRequest, pk: int, may: May) -> Team:
    may_see_people(request.actor)
    return gate.find(request.actor, may, Team.objects.all(), pk=pk)


def find_partner(request: DeskRequest, pk: int, may: May) -> Partner:
    may_see_people(request.actor)
    return gate.find(request.actor, may, Partner.objects.all(), pk=pk)


@transaction.atomic
def _save_team(request: DeskRequest, pk: int) -> HttpResponse:
    may_see_people(request.actor)
    house = gate.find(request.actor, May.EDIT, locked(request, Team.objects.all()), pk=pk)
    return _save(request, TeamForm(request.POST, instance=house, viewer=request.actor))


def _save_partner(request: DeskRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        may_see_people(request.actor)
        house = gate.find(request.actor, May.EDIT, locked(request, Partner.objects.all()), pk=pk)
        was_active = house.is_active
        form = PartnerForm(request.POST, instance=house, viewer=request.actor)
        answer = _save(request, form)
        stops = was_active and not Partner.objects.filter(pk=pk, is_active=True).exists()
        waking = assignment.pass_over(house, now=request.now) if stops else []
    loop.advance(waking, now=request.now)
    return answer


def _new(request: DeskRequest, form: EditForm) -> HttpResponse:
    if taken(request, form) is None:
        is_team = isinstance(form, TeamForm)
        context = {
            "form": form,
            "is_team": is_team,
            "crumb": _("New team") if is_team else _("New sales partner"),
        }
        return show(request, "people/new_house.html", context, status=status_of(form))
    lists.add(form.instance, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": form.instance})
    return go(request, address_of(form.instance))


def _save(request: DeskRequest, form: EditForm) -> HttpResponse:
    house = form.instance
    values = taken(request, form)
    if values is None:
        return show_house(request, house, form=form, status=status_of(form))
    lists.change(house, values, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": house})
    return go(request, address_of(house))


def _remove(request: DeskRequest, house: House, *, to: str) -> HttpResponse:
    try:
        lists.remove(house, by=request.actor, now=request.now)
    except lists.EntryUsed:
        told = _("%(name)s is still named elsewhere: by people, leads, accounts or rules.")
        complain(request, told % {"name": house})
        return go(request, address_of(house))
    say(request, _("%(name)s is deleted.") % {"name": house})
    return go(request, reverse(to))


def show_house(
    request: DeskRequest,
    house: House,
    *,
    form: EditForm | None = None,
    area_form: AreaForm | None = None,
    member_form: MemberForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page of a team or partner, with what is to be mended in one of its forms."""
    viewer, is_team = request.actor, isinstance(house, Team)
    members = User.objects.filter(**{"teams" if is_team else "partner": house})
    before = request.GET.get("before", "")
    # A form that was refused has written into the house it was filled from.
    shown = type(house)._default_manager.select_related("manager", "hours").get(pk=house.pk)
    context: dict[str, Any] = {
        "house": shown,
        "is_team": is_team,
        "page": queries.get_people(
            viewer, members, today=request.reader.today, after=request.GET.get("after", "")
        ),
        "areas": shown.areas.order_by("country", "postcode_from", "pk"),
        "may_edit": gate.allows(viewer, May.EDIT, house),
        "timeline": get_timeline(
            viewer, shown, request.reader, before=int(before) if before.isdecimal() else None
        ),
        "reader": request.reader,
        "crumb": str(shown),
    }
    if context["may_edit"]:
        context["form"] = form or _form_of(request, shown)
        context["area_form"] = area_form or AreaForm(initial={"country": settings.HOME_COUNTRY})
    if context["may_edit"] and isinstance(shown, Team):
        context["member_form"] = member_form or MemberForm(viewer=viewer, team=shown)
    return show(request, "people/house.html", context, status=status)


def _form_of(request: DeskRequest, house: House) -> EditForm:
    kind = TeamForm if isinstance(house, Team) else PartnerForm
    return kind(instance=house, viewer=request.actor)
