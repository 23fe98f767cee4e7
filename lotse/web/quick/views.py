"""From the "+" menu to a form: which case is the task, appointment, call or note for?"""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lotse.access import gate
from lotse.access.policy import May
from lotse.records.cases.models import Case
from lotse.records.cases.queries import search
from lotse.web.desk import DeskRequest
from lotse.web.show import show

SHOWN = 30

# By what is to be made: the title of the page, and where its form is, with what it is filled.
KINDS: dict[str, tuple[str | Promise, str, str]] = {
    "task": (_("New task"), "lead-tasks", ""),
    "appointment": (_("New appointment"), "lead-appointments", ""),
    "call": (_("Note down a call"), "lead-notes", "?kind=call"),
    "note": (_("New note"), "lead-notes", ""),
}


@require_safe
def choose(request: DeskRequest, kind: str) -> HttpResponse:
    """Show the cases on which the person may act: the own open ones first, or what is searched."""
    title, page, query = KINDS[kind]
    wanted = request.GET.get("q", "").strip()
    cases = gate.rows(request.actor, May.EDIT, Case.objects.open().standing())
    found = search(cases, wanted).select_related("phase").order_by("-id")[:SHOWN]
    rows = [(case, reverse(page, args=[case.pk]) + query) for case in found]
    context = {"title": title, "rows": rows, "query": wanted}
    return show(request, "quick/page.html", context, part="rows")
