"""My profile: who I am, how Lotse looks to me, and when I am away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lotse.records.people import services as people
from lotse.web.desk import DeskRequest
from lotse.web.profile.forms import AbsenceForm, ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: DeskRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        people.change_person(user=request.user, values=values, by=request.actor, now=request.now)
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    return _page(request, form, AbsenceForm(user=request.user))


@require_POST
def absences(request: DeskRequest) -> HttpResponse:
    form = AbsenceForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, ProfileForm(instance=request.user), form, status=422)
    typed = form.cleaned_data
    people.enter_absence(user=request.user, by=request.actor, now=request.now, **typed)
    messages.success(request, _("Entered. Nothing is offered to you on these days."))
    return redirect("profile")


@require_POST
def absence_removal(request: DeskRequest, pk: int) -> HttpResponse:
    absence = get_object_or_404(request.user.absences, pk=pk)
    people.remove_absence(absence=absence, by=request.actor, now=request.now)
    messages.success(request, _("The absence is taken out."))
    return redirect("profile")


def _page(
    request: DeskRequest, form: ProfileForm, absence_form: AbsenceForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "absence_form": absence_form,
        "absences": request.user.absences.filter(until_on__gte=request.reader.today)
        .select_related("substitute")
        .order_by("from_on", "id"),
        "reader": request.reader,
        "crumb": _("Profile"),
    }
    invalid = status == 200 and form.is_bound and not form.is_valid()
    return render(request, "profile/page.html", context, status=422 if invalid else status)
