"""The list of leads and the list of opportunities: one page of a group, narrowed, sorted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.access.policy import Act, Level, Right
from lotse.access.viewer import Viewer
from lotse.web.cases import queries
from lotse.web.cases.filters import NONE, Filters, choices_for, get_chips
from lotse.web.cases.listing import Column, Group, Listing, columns_for
from lotse.web.cases.paging import Cursor, Leaf, Sort, read_cursor, read_leaf
from lotse.web.cases.rows import get_rows
from lotse.web.desk import DeskRequest
from lotse.web.show import show
from lotse.web.walk import remember

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: a group, filters, a sort, and where the page begins."""

    listing: Listing
    group: Group
    filters: Filters
    column: Column
    sort: Sort
    cursor: Cursor | None

    def address(self, **changes: str) -> str:
        """Return the address of this list, from its first page, with something changed in it."""
        without = changes.pop("without", "").split()
        pairs = [("group", self.group.key), *self.filters.pairs(without=without)]
        pairs.append(("sort", ("-" if self.sort.is_down else "") + self.column.key))
        pairs = [(k, v) for k, v in pairs if k not in changes]
        pairs += [(k, v) for k, v in changes.items() if v]
        return f"{reverse(self.listing.name)}?{urlencode(pairs)}"

    @property
    def query(self) -> str:
        return self.address().partition("?")[2]


@dataclass(frozen=True)
class Head:
    """The heading of a column, and where a click on it leads."""

    column: Column
    address: str
    order: str


def may_see(viewer: Viewer, listing: Listing) -> None:
    """
    Let pass whoever may see some of these cases.

    :raises PermissionDenied: if the viewer may see none
    """
    if viewer.level(listing.entity, Act.SEE) == Level.NONE:
        raise PermissionDenied


def read(request: DeskRequest, listing: Listing) -> Wanted:
    """Read the address; what makes no sense in it is taken as if it were not there."""
    query = request.GET
    group = listing.group(query.get("group", "")) or _usual_group(request.actor, listing)
    columns = {c.key: c for c in columns_for(request.actor, group) if c.column}
    key = query.get("sort", "")
    column = columns.get(key.removeprefix("-"))
    is_down = key.startswith("-")
    if column is None:
        column = columns[group.sort]
        is_down = column.is_down
    sort = column.sort(is_down=is_down)
    is_back = "before" in query
    text = query.get("before") or query.get("after") or ""
    cursor = read_cursor(text, sort, is_back=is_back) if text else None
    return Wanted(listing, group, Filters.read(query, request.actor), column, sort, cursor)


def _usual_group(viewer: Viewer, listing: Listing) -> Group:
    # Whoever sees no unassigned leads begins with what is worked on.
    if viewer.has(Right.SEE_UNASSIGNED):
        return listing.groups[0]
    return listing.group("active") or listing.groups[0]


@require_safe
def cases(request: DeskRequest, listing: Listing) -> HttpResponse:
    """Show one page of the list."""
    may_see(request.actor, listing)
    wanted = read(request, listing)
    rows = queries.narrowed(request.actor, listing, wanted.group, wanted.filters, now=request.now)
    load = partial(queries.load, request.actor)
    leaf = read_leaf(rows, wanted.sort, wanted.cursor, size=queries.SIZE, load=load)
    remember(
        request,
        address=request.get_full_path() if not request.htmx else wanted.address(),
        name=str(wanted.group.label),
        case_ids=[case.pk for case in leaf.cases],
    )
    counts = queries.get_counts(request.actor, listing)
    total = queries.count(rows) if wanted.filters else counts[wanted.group.key]
    return show(
        request, "cases/list.html", _context(request, wanted, leaf, counts, total), part="list"
    )


def _context(
    request: DeskRequest, wanted: Wanted, leaf: Leaf, counts: dict[str, int], total: int
) -> dict[str, Any]:
    listing, actor = wanted.listing, request.actor
    chips = get_chips(wanted.filters, actor, listing)
    return {
        "listing": listing,
        "wanted": wanted,
        "crumb": listing.title,
        "tabs": [(g, counts[g.key], wanted.address(group=g.key, sort="")) for g in listing.groups],
        "chips": [(chip, wanted.address(without=" ".join(chip.keys))) for chip in chips],
        "heads": list(_heads(actor, wanted)),
        "rows": get_rows(actor, listing, leaf.cases, request.reader),
        "total": total,
        "in_group": counts[wanted.group.key],
        "previous": wanted.address(before=leaf.before) if leaf.before else "",
        "next": wanted.address(after=leaf.after) if leaf.after else "",
        "is_first": wanted.cursor is None,
        "bare": f"{reverse(listing.name)}?{urlencode([('group', wanted.group.key)])}",
        "here": wanted.address(),
        "filter_url": f"{reverse(listing.name + '-filter')}?{wanted.query}",
        "export_url": f"{reverse(listing.name + '-export')}?{wanted.query}",
        **_rights(actor, wanted),
    }


def _rights(viewer: Viewer, wanted: Wanted) -> dict[str, bool]:
    def may(act: Act) -> bool:
        return viewer.level(wanted.listing.entity, act) != Level.NONE

    is_open = wanted.group.key != "done"
    may_assign, may_edit = is_open and may(Act.ASSIGN), is_open and may(Act.EDIT)
    return {
        "sees_campaign": not viewer.partner_id,
        "may_create": may(Act.CREATE) and wanted.listing.name == "leads",
        "may_export": may(Act.EXPORT),
        "may_assign": may_assign,
        "may_edit": may_edit,
        "has_checks": may_assign or may_edit,
        "may_import": viewer.has(Right.IMPORT),
    }


def _heads(viewer: Viewer, wanted: Wanted) -> Iterable[Head]:
    for column in columns_for(viewer, wanted.group):
        is_here = column.key == wanted.column.key
        is_down = not wanted.sort.is_down if is_here else column.is_down
        key = ("-" if is_down else "") + column.key
        order = "" if not is_here else "descending" if wanted.sort.is_down else "ascending"
        yield Head(column, wanted.address(sort=key) if column.column else "", order)


@dataclass(frozen=True)
class Field:
    """One choice as the form shows it."""

    key: str
    label: str | Promise
    options: Sequence[tuple[str, str]]
    chosen: Sequence[str]
    is_not: bool


@require_safe
def narrowing(request: DeskRequest, listing: Listing) -> HttpResponse:
    """Show the form by which the list is narrowed."""
    may_see(request.actor, listing)
    wanted = read(request, listing)
    context = {
        "listing": listing,
        "wanted": wanted,
        "crumb": _("Filter"),
        "fields": list(_fields(request.actor, wanted)),
        "here": wanted.address(),
        "action": reverse(listing.name),
    }
    return show(request, "cases/filter.html", context, part="form")


def _fields(viewer: Viewer, wanted: Wanted) -> Iterable[Field]:
    for choice in choices_for(viewer):
        rows = list(choice.rows(viewer, wanted.listing))
        if not rows:
            continue
        picked = wanted.filters.choices.get(choice.key)
        chosen = [str(pk) for pk in picked.ids] if picked else []
        chosen += [NONE] if picked and picked.has_none else []
        options = [(str(row.pk), _option(row)) for row in rows]
        yield Field(choice.key, choice.label, options, chosen, bool(picked and picked.is_not))


def _option(row: Any) -> str:
    # Phases of two processes may be called the same.
    return f"{row.process}: {row}" if hasattr(row, "process_id") else str(row)
