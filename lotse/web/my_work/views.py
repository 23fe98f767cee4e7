"""The page a person begins the day with."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lotse.access.telling.when import Reader, span
from lotse.web.acceptance.queries import get_offers
from lotse.web.desk import DeskRequest
from lotse.web.my_work.attention import get_points
from lotse.web.my_work.queries import Day, get_day
from lotse.web.my_work.sentence import say
from lotse.web.my_work.week import get_share, get_week
from lotse.web.show import show
from lotse.web.walk import remember


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """Show what waits for the person, most pressing first."""
    reader = request.reader
    day = get_day(request.actor, reader)
    offers = get_offers(request.actor, now=request.now)
    week = get_week(request.actor, request.user, reader)
    points = get_points(request.actor, reader)
    context = {
        "title": reader.headline(reader.today),
        "sentence": _sentence(day, len(offers), len(points), reader),
        "offers": offers,
        "day": day,
        "week": week,
        "answer": span(week.answer) if week.answer else "",
        "quicker": span(abs(week.quicker)) if week.quicker else "",
        "share": get_share(request.actor, reader),
        "points": points,
    }
    return show(request, "my_work/page.html", context, part="day")


def _sentence(day: Day, offers: int, points: int, reader: Reader) -> str:
    ahead = [a for a in day.appointments if a.starts_at > reader.now]
    upcoming: dict[str, Any] = {"next_at": "", "next_place": ""}
    if ahead:
        place = ahead[0].place or ahead[0].title
        upcoming = {"next_at": reader.clock(ahead[0].starts_at), "next_place": place}
    return say(offers=offers, overdue=day.overdue, today=day.today, points=points, **upcoming)


@require_POST
def walk(request: DeskRequest) -> HttpResponse:
    """Go through the day in order: open the first, and let each page lead to the next."""
    day = get_day(request.actor, request.reader)
    cases = [task.case_id for task in day.overdue_tasks]
    cases += [case.pk for case in day.overdue_cases]
    cases += [appointment.case_id for appointment in day.appointments]
    cases += [task.case_id for task in day.tasks]
    if not cases:
        return redirect("my-work")
    ids = list(dict.fromkeys(cases))
    remember(request, address=reverse("my-work"), name=_("My work"), case_ids=ids)
    return redirect("lead", ids[0])
