"""Pages of opening hours: the calendars of teams and partners, their weeks and closed days."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.access.viewer import Viewer
from lotse.records.journal import lists
from lotse.records.people.models import ClosedDay, OpeningHours, Partner, Team
from lotse.web.desk import DeskRequest
from lotse.web.people.hours_forms import ClosedDayForm, HoursForm, week_of
from lotse.web.shared.doors import may_any, may_see_people
from lotse.web.shared.edit import locked, status_of, taken
from lotse.web.show import go, show
from lotse.web.timeline.queries import get_timeline
from lotse.web.toasts import complain, say


@require_safe
def calendars(request: DeskRequest) -> HttpResponse:
    may_see_people(request.actor)
    used = Count("team", distinct=True) + Count("partner", distinct=True)
    context = {
        "calendars": OpeningHours.objects.annotate(used=used).order_by("name", "pk"),
        "may_edit": _may_edit(request.actor),
        "crumb": _("Opening hours"),
    }
    return show(request, "people/hours.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    _require(request.actor)
    form = HoursForm(request.POST or None, initial={"zone": settings.HOME_ZONE})
    values = taken(request, form)
    if values is None:
        context = {"form": form, "crumb": _("New opening hours")}
        return show(request, "people/new_hours.html", context, status=status_of(form))
    hours = form.instance
    hours.week = week_of(values, standing={}).get("week", {})
    lists.add(hours, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": hours})
    return go(request, reverse("hours-week", args=[hours.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: DeskRequest, pk: int) -> HttpResponse:
    may_see_people(request.actor)
    if request.method == "POST":
        return _save(request, pk)
    return _page(request, get_object_or_404(OpeningHours, pk=pk))


@require_POST
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    _require(request.actor)
    hours = get_object_or_404(OpeningHours, pk=pk)
    try:
        lists.remove(hours, by=request.actor, now=request.now)
    except lists.EntryUsed:
        told = _("%(name)s still holds for teams or partners. Give them others first.")
        complain(request, told % {"name": hours})
        return go(request, reverse("hours-week", args=[pk]))
    say(request, _("%(name)s is deleted.") % {"name": hours})
    return go(request, reverse("hours"))


@require_POST
def closed_days(request: DeskRequest, pk: int) -> HttpResponse:
    _require(request.actor)
    hours = get_object_or_404(OpeningHours, pk=pk)
    form = ClosedDayForm(request.POST, hours=hours)
    if not form.is_valid():
        return _page(request, hours, day_form=form, status=422)
    day = form.save(commit=False)
    day.hours = hours
    with transaction.atomic():
        day.save()
        lists.note_change(hours, ["closed_days"], by=request.actor, now=request.now)
    say(request, _("The closed day is entered."))
    return go(request, reverse("hours-week", args=[pk]))


@require_POST
def closed_day_removal(request: DeskRequest, pk: int) -> HttpResponse:
    _require(request.actor)
    day = get_object_or_404(ClosedDay.objects.select_related("hours"), pk=pk)
    with transaction.atomic():
        day.delete()
        lists.note_change(day.hours, ["closed_days"], by=request.actor, now=request.now)
    say(request, _("The closed day is taken out."))
    return go(request, reverse("hours-week", args=[day.hours_id]))


@transaction.atomic
def _save(request: DeskRequest, pk: int) -> HttpResponse:
    _require(request.actor)
    hours = get_object_or_404(locked(request, OpeningHours.objects.all()), pk=pk)
    form = HoursForm(request.POST, instance=hours)
    values = taken(request, form)
    if values is None:
        return _page(request, hours, form=form, status=status_of(form))
    if values:
        for name, value in week_of(values, standing=hours.week).items():
            setattr(hours, name, value)
        hours.save(update_fields=["name", "zone", "week"])
        lists.note_change(hours, values, by=request.actor, now=request.now)
    say(request, _("%(name)s is saved.") % {"name": hours})
    return go(request, reverse("hours-week", args=[pk]))


def _page(
    request: DeskRequest,
    hours: OpeningHours,
    *,
    form: HoursForm | None = None,
    day_form: ClosedDayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = request.actor
    before = request.GET.get("before", "")
    # A form that was refused has written into the hours it was filled from.
    shown = OpeningHours.objects.get(pk=hours.pk)
    context: dict[str, Any] = {
        "hours": shown,
        "form": form or HoursForm(instance=shown),
        "day_form": day_form or ClosedDayForm(hours=shown),
        "closed": shown.closed_days.filter(day__gte=request.reader.today).order_by("day", "pk"),
        "teams": gate.rows(viewer, May.SEE, Team.objects.filter(hours=shown)).order_by(
            "name", "pk"
        ),
        "partners": gate.rows(viewer, May.SEE, Partner.objects.filter(hours=shown)).order_by(
            "name", "pk"
        ),
        "may_edit": _may_edit(viewer),
        "timeline": get_timeline(
            viewer, shown, request.reader, before=int(before) if before.isdecimal() else None
        ),
        "reader": request.reader,
        "crumb": str(shown),
    }
    return show(request, "people/hours_week.html", context, status=status)


def _require(viewer: Viewer) -> None:
    may_any(viewer, Right.PEOPLE, Right.SETTINGS)


def _may_edit(viewer: Viewer) -> bool:
    try:
        _require(viewer)
    except PermissionDenied:
        return False
    return True
