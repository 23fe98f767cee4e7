"""Reads a page of a list: its cases through the gate, and how many there are."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.web.cases.filters import Filters
from lotse.web.cases.listing import Group, Listing

SIZE = 50
# Beyond this nobody counts: "10.000+".
MOST_COUNTED = 10_000

# What a row shows, and no more of what may be a million rows.
NAMED = (
    "product__line", "campaign", "phase", "assignee", "asked_person", "asked_team",
    "asked_partner", "lost_reason",
)  # fmt: skip
SHOWN = (
    "kind", "stage", "version", "created_at", "first_name", "last_name", "company", "email",
    "phone", "sort_name", "postcode", "city", "subject", "value", "score", "assigned_at",
    "asked_by_offer", "clock_from", "overdue_at", "deferred_until", "outcome",
    "closed_at", *NAMED,
)  # fmt: skip


def get_cases(viewer: Viewer, listing: Listing, group: Group, may: May = May.SEE) -> QuerySet[Case]:
    """Return the cases of a group on which the viewer may act so."""
    return gate.rows(viewer, may, group.among(Case.objects.filter(kind=listing.kind)))


def load(viewer: Viewer, ids: Collection[int]) -> QuerySet[Case]:
    """Return cases of a page with what their rows show."""
    seen = gate.rows(viewer, May.SEE, Case.objects.filter(pk__in=ids))
    return seen.select_related(*NAMED).only(*SHOWN, *(f"{n}__name" for n in _BY_NAME), *_OTHERS)


_BY_NAME = ("campaign", "assignee", "asked_person", "asked_team", "asked_partner", "product")
_OTHERS = (
    "product__line__icon", "phase__name_de", "phase__name_en", "phase__colour",
    "lost_reason__name_de", "lost_reason__name_en",
)  # fmt: skip


def count(cases: QuerySet[Case]) -> int:
    """Count, but not beyond what is told; an order the cases have says in which index."""
    return cases.values("pk")[: MOST_COUNTED + 1].count()


def get_counts(viewer: Viewer, listing: Listing) -> dict[str, int]:
    """Return how many cases each group has that the viewer may see."""
    return {g.key: count(get_cases(viewer, listing, g).order_by(*g.order)) for g in listing.groups}


def narrowed(
    viewer: Viewer,
    listing: Listing,
    group: Group,
    filters: Filters,
    *,
    now: datetime,
    may: May = May.SEE,
) -> QuerySet[Case]:
    return filters.narrow(get_cases(viewer, listing, group, may), now=now)
