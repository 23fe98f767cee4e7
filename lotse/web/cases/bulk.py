"""Acts on many cases of a list at once: distribute, move, close; each one act that can be taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lotse.access import gate
from lotse.access.policy import Level, May, Right
from lotse.lifecycle.loop import BATCH, advance
from lotse.records.cases.models import Case
from lotse.records.journal.models import Act as Done
from lotse.stages.assignment import services as assignment
from lotse.stages.closing import services as closing
from lotse.stages.process import services as process
from lotse.web.cases import queries
from lotse.web.cases.filters import Filters
from lotse.web.cases.forms import ClosingForm, DistributionForm, MoveForm
from lotse.web.cases.listing import Listing
from lotse.web.cases.people import get_load
from lotse.web.cases.views import may_see
from lotse.web.desk import DeskRequest
from lotse.web.safe_next import next_of
from lotse.web.show import go, show
from lotse.web.toasts import complain, say

# So many cases are taken at once; whoever has more does it again.
MOST = 5000

form_view = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Chosen:
    """What was ticked, or all that the list shows; and on how much of it the person may act."""

    cases: Sequence[Case]
    total: int
    fields: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def refused(self) -> int:
        return self.total - len(self.cases)


def choose(request: DeskRequest, listing: Listing, may: May) -> Chosen:
    """
    Read which cases are meant: the ticked ones, or with `all` every one that the list shows.

    :raises PermissionDenied: if the person may act so on no case of this kind at all
    """
    may_see(request.actor, listing)
    if request.actor.level(listing.entity, may) == Level.NONE:
        raise PermissionDenied
    data = request.POST
    if data.get("all"):
        seen = _all_of(request, listing, data.get("list", ""))
        fields = [("all", "1"), ("list", data.get("list", ""))]
    else:
        ids = [
            int(v) for v in data.getlist("case") if v.isascii() and v.isdecimal() and len(v) < 18
        ]
        among = Case.objects.filter(kind=listing.kind, pk__in=ids[:MOST])
        seen = gate.rows(request.actor, May.SEE, among)
        fields = [("case", str(pk)) for pk in ids[:MOST]]
    seen_ids = list(seen.order_by("id").values_list("pk", flat=True)[:MOST])
    acted = gate.rows(request.actor, may, Case.objects.filter(pk__in=seen_ids))
    return Chosen(list(acted.select_related("phase").order_by("id")), len(seen_ids), fields)


def _all_of(request: DeskRequest, listing: Listing, text: str) -> QuerySet[Case]:
    query = QueryDict(text)
    group = listing.group(query.get("group", "")) or listing.groups[0]
    filters = Filters.read(query, request.actor)
    return queries.narrowed(request.actor, listing, group, filters, now=request.now)


@form_view
def distribution(request: DeskRequest, listing: Listing) -> HttpResponse:
    """Give cases to one person, or to several in turn."""
    chosen = choose(request, listing, May.ASSIGN)
    load = get_load(request.actor, now=request.now)
    form = DistributionForm(_sent(request, "to"), people=[one.person for one in load])
    if not form.is_valid() or not chosen.cases:
        return _ask(request, listing, chosen, form, "distribution", load=load)
    to = list(form.cleaned_data["to"])
    try:
        act = assignment.distribute(cases=chosen.cases, to=to, by=request.actor, now=request.now)
    except assignment.CannotHold as no:
        form.add_error("to", _("%(name)s cannot take cases at present.") % {"name": no.person.name})
        return _ask(request, listing, chosen, form, "distribution", load=load)
    except assignment.NothingToDistribute:
        complain(request, _("None of them is open any more."))
        return go(request, _back(request, listing))
    return _done(request, listing, chosen, act, _told_distribution([u.name for u in to]))


def _told_distribution(names: Sequence[str]) -> Callable[[int], str]:
    def told(number: int) -> str:
        values = {"number": number, "name": names[0], "people": len(names)}
        if len(names) == 1:
            sentence = ngettext(
                "%(number)d went to %(name)s.", "%(number)d went to %(name)s.", number
            )
        else:
            sentence = ngettext(
                "%(number)d was distributed among %(people)d people.",
                "%(number)d were distributed among %(people)d people.",
                number,
            )
        return sentence % values

    return told


@form_view
def move(request: DeskRequest, listing: Listing) -> HttpResponse:
    """Move cases to a phase."""
    chosen = choose(request, listing, May.EDIT)
    form = MoveForm(_sent(request, "phase"), kind=listing.kind)
    if not form.is_valid() or not chosen.cases:
        return _ask(request, listing, chosen, form, "move")
    phase = form.cleaned_data["phase"]
    act = process.move_many(
        cases=chosen.cases,
        phase=phase,
        by=request.actor,
        now=request.now,
        as_manager=request.actor.has(Right.MANAGE_CASES),
    )

    def told(number: int) -> str:
        sentence = ngettext(
            "%(number)d moved to %(phase)s.", "%(number)d moved to %(phase)s.", number
        )
        return sentence % {"number": number, "phase": phase.name}

    return _done(request, listing, chosen, act, told)


@form_view
def closure(request: DeskRequest, listing: Listing) -> HttpResponse:
    """Close cases as unsuccessful, with one reason for all."""
    chosen = choose(request, listing, May.EDIT)
    form = ClosingForm(_sent(request, "reason"))
    if not form.is_valid() or not chosen.cases:
        return _ask(request, listing, chosen, form, "closure")
    act = closing.close_many_lost(
        cases=chosen.cases,
        reason=form.cleaned_data["reason"],
        comment=form.cleaned_data["comment"],
        by=request.actor,
        now=request.now,
    )

    def told(number: int) -> str:
        sentence = ngettext(
            "%(number)d closed as unsuccessful.", "%(number)d closed as unsuccessful.", number
        )
        return sentence % {"number": number}

    return _done(request, listing, chosen, act, told)


def _sent(request: DeskRequest, key: str) -> Any:
    """Return what was filled in; the bar alone, which only brings the cases, is no filled form."""
    return request.POST if key in request.POST or "filled" in request.POST else None


def _done(
    request: DeskRequest, listing: Listing, chosen: Chosen, act: Done, told: Callable[[int], str]
) -> HttpResponse:
    """Say how many it was, and how many stayed as they were and why; let them go on."""
    changed = act.entries.filter(about_type="case").values("about_id").distinct().count()
    sentences = [told(changed)] if changed else []
    stayed = len(chosen.cases) - changed
    if stayed:
        sentence = ngettext("%(number)d stays as it is.", "%(number)d stay as they are.", stayed)
        sentences.append(sentence % {"number": stayed})
    if chosen.refused:
        sentence = ngettext(
            "%(number)d of %(total)d is not yours to change.",
            "%(number)d of %(total)d are not yours to change.",
            chosen.refused,
        )
        sentences.append(sentence % {"number": chosen.refused, "total": chosen.total})
    # What lies beyond one batch is due, and the worker takes it up.
    advance([case.pk for case in chosen.cases[:BATCH]], now=request.now)
    say(request, " ".join(sentences), undo=act if changed else None)
    return go(request, _back(request, listing))


def _ask(
    request: DeskRequest, listing: Listing, chosen: Chosen, form: forms.Form, name: str, **more: Any
) -> HttpResponse:
    """Ask on a page of its own for what the dialog would have asked, or what was filled in wrongly."""
    context = {
        "listing": listing,
        "chosen": chosen,
        "form": form,
        "act": name,
        "action": reverse(f"{listing.name}-{name}"),
        "back": _back(request, listing),
        "crumb": listing.title,
        **more,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show(request, "cases/bulk.html", context, part=f"{name}_fields", status=status)


def _back(request: DeskRequest, listing: Listing) -> str:
    wanted = next_of(request, otherwise=reverse(listing.name))
    # Only back to a list; a page of results stays where it was.
    return wanted if urlsplit(wanted).path.startswith("/") else reverse(listing.name)
