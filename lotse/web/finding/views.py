"""The search: a page of its own, and the list of the palette on every page."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.web.desk import DeskRequest
from lotse.web.finding.queries import find
from lotse.web.show import show

# How many hits of each sort the palette has room for, and the page.
FEW, MANY = 5, 25
LONGEST = 200


@require_safe
def search(request: DeskRequest) -> HttpResponse:
    """Show what is found; for the palette only its list."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    sorts = find(request.actor, query, most=FEW if request.htmx else MANY)
    context = {
        "crumb": _("Search"),
        "query": query,
        "sorts": sorts,
        "total": sum(len(sort.hits) for sort in sorts),
    }
    return show(request, "finding/page.html", context, part="options")
