"""The page that deactivates somebody: it says what they have in hand, and asks where it goes."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lotse.access import gate
from lotse.access.policy import May
from lotse.lifecycle import loop
from lotse.records.people import services
from lotse.records.people.models import User
from lotse.stages.assignment import services as assignment
from lotse.web.desk import DeskRequest
from lotse.web.people.forms import LeavingForm
from lotse.web.shared.doors import may_see_people
from lotse.web.show import go, show
from lotse.web.toasts import say


@require_http_methods(["GET", "HEAD", "POST"])
def deactivation(request: DeskRequest, pk: int) -> HttpResponse:
    may_see_people(request.actor)
    user = gate.find(request.actor, May.EDIT, User.objects.filter(is_active=True), pk=pk)
    left = assignment.count_work_of(user, now=request.now)
    data = {**request.POST.dict()} if request.method == "POST" else None
    if data is not None and not left.cases:
        # With nothing in hand, nothing is asked.
        data["cases"] = "stay"
    form = LeavingForm(data, viewer=request.actor, user=user, initial={"cases": "person"})
    if form.is_valid() and _deactivate(request, user, form):
        return go(request, reverse("person", args=[user.pk]))
    context = {"person": user, "left": left, "form": form, "crumb": _("Deactivate")}
    return show(request, "people/deactivation.html", context, status=422 if form.errors else 200)


@require_POST
def activation(request: DeskRequest, pk: int) -> HttpResponse:
    may_see_people(request.actor)
    user = gate.find(request.actor, May.EDIT, User.objects.all(), pk=pk)
    services.activate(user=user, by=request.actor, now=request.now)
    say(request, _("%(name)s may sign in again.") % {"name": user.name})
    return go(request, reverse("person", args=[user.pk]))


def _deactivate(request: DeskRequest, user: User, form: LeavingForm) -> bool:
    typed = form.cleaned_data
    to = typed["to"] if typed["cases"] == "person" else None
    try:
        gone = assignment.deactivate(
            user=user,
            by=request.actor,
            now=request.now,
            cases_to=to,
            into_pool=typed["cases"] == "pool",
        )
    except services.NobodyLeft:
        form.add_error(None, _("Somebody must stay who can give roles to people."))
        return False
    except assignment.CannotHold:
        form.add_error("to", _("This person has no role that may see leads."))
        return False
    loop.advance(gone.waking, now=request.now)
    say(request, _("%(name)s is deactivated.") % {"name": user.name})
    if gone.act:
        say(request, _told(gone.left.cases, to), undo=gone.act)
    return True


def _told(number: int, to: User | None) -> str:
    values = {"number": number, "name": to and to.name}
    if to:
        text = ngettext(
            "%(number)d lead or opportunity went to %(name)s.",
            "%(number)d leads and opportunities went to %(name)s.",
            number,
        )
    else:
        text = ngettext(
            "%(number)d lead or opportunity went into the pool.",
            "%(number)d leads and opportunities went into the pool.",
            number,
        )
    return text % values
