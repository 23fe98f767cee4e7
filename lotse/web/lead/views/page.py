"""The page of a case, and the part of it that an act brings up to date."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.overdue import get_overdue, get_reminders
from lotse.kernel.addresses import phone_of
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.records.people.models import User
from lotse.web.desk import DeskRequest
from lotse.web.lead import forms, queries
from lotse.web.lead.inquiry import draw
from lotse.web.lead.why import get_why
from lotse.web.show import show
from lotse.web.timeline.queries import Feed, Timeline, get_timeline
from lotse.web.walk import get_walk


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a case; one that was joined to another leads to that."""
    case = queries.find(request.actor, May.SEE, pk)
    target = case.joined_to
    if target and gate.allows(request.actor, May.SEE, target):
        messages.info(
            request,
            _("The inquiry of %(name)s was joined to this case.") % {"name": case.name},
        )
        return redirect("lead", target.pk)
    return show(request, "lead/page.html", context(request, case), part="matter")


@require_safe
def history(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a page of the history, older than an entry, of one kind."""
    case = queries.find(request.actor, May.SEE, pk)
    timeline = _timeline(request, case)
    part = "lines" if "before" in request.GET else "history"
    template = "lead/history.html" if request.htmx else "lead/history_page.html"
    return show(request, template, {"case": case, "timeline": timeline}, part=part)


def context(request: DeskRequest, case: Case) -> dict[str, Any]:
    """Return everything the page shows."""
    rights = queries.get_rights(request.actor, case)
    reader = request.reader
    return {
        "case": case,
        "rights": rights,
        "offer": queries.get_offer(request.actor, case, now=request.now) if rights.answer else None,
        "walk": get_walk(request, case),
        "course": queries.get_course(case, now=request.now),
        "overdue": get_overdue(case, reader),
        "steps": queries.get_steps(request.actor, case, now=request.now),
        "today": reader.today,
        "deferred_day": reader.day(reader.day_of(case.deferred_until))
        if case.deferred_until
        else "",
        "phone_link": phone_of(case.phone, case.country or settings.HOME_COUNTRY) or case.phone,
        "sees_contact": _sees(request, case.contact),
        "sees_account": _sees(request, case.account),
        "why": get_why(request.actor, case, reader),
        "reminders": get_reminders(case, reader),
        "inquiries": [draw(one) for one in queries.get_inquiries(request.actor, case)],
        "timeline": _timeline(request, case),
        "consents": queries.get_consents(case),
        "others": queries.get_others(request.actor, case),
        "opened": queries.get_opened(request.actor, case),
        **(_acts(request, case) if rights.edit and not case.is_closed else {}),
    }


def _sees(request: DeskRequest, customer: Account | Contact | None) -> bool:
    return customer is not None and gate.allows(request.actor, May.SEE, customer)


def _timeline(request: DeskRequest, case: Case) -> Timeline:
    feed, before = request.GET.get("feed", ""), request.GET.get("before", "")
    return get_timeline(
        request.actor,
        case,
        request.reader,
        feed=Feed(feed) if feed in set(Feed) else Feed.ALL,
        before=int(before) if before.isdecimal() else None,
    )


def _acts(request: DeskRequest, case: Case) -> dict[str, Any]:
    """Return the forms of the dialogs; they share the lists of people and phases."""
    people = queries.get_colleagues(request.actor, case)
    phases = queries.get_phases(case)
    zone, now = request.zone, request.now
    return {
        "phases": phases,
        "task_form": forms.TaskForm(people=people, initial=me(request), auto_id="task-%s"),
        "appointment_form": forms.AppointmentForm(
            people=people, zone=zone, now=now, initial=me(request), auto_id="appointment-%s"
        ),
        "closing_form": closing_form(request, case, people),
        "deferral_form": forms.DeferralForm(
            phases=phases, zone=zone, now=now, auto_id="deferral-%s"
        ),
    }


def me(request: DeskRequest) -> dict[str, Any]:
    return {"assignee": request.user.pk}


def closing_form(
    request: DeskRequest, case: Case, people: list[User], data: Any = None
) -> forms.ClosingForm:
    initial = {
        # Whoever comes from the board has said which it is.
        "outcome": request.GET.get("outcome") or Case.Outcome.WON,
        "value": case.value,
        "hand_over_to": case.assignee_id or request.user.pk,
    }
    return forms.ClosingForm(
        data, people=people, reasons=queries.get_reasons(), initial=initial, auto_id="closing-%s"
    )
