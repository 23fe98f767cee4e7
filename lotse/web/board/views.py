"""The board: cases by their phase, and laying one into another."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lotse.access import gate
from lotse.access.policy import Entity, May, Right
from lotse.lifecycle.loop import advance
from lotse.records.cases.models import Case
from lotse.records.cases.services import CaseChanged
from lotse.records.catalog.models import Phase, Process
from lotse.stages.process import services as process_services
from lotse.web.board import columns, queries
from lotse.web.board.forms import PlaceForm
from lotse.web.board.meanwhile import tell_meanwhile
from lotse.web.board.menus import Menus
from lotse.web.board.queries import Sums
from lotse.web.board.strips import Cursor
from lotse.web.board.telling import say_total
from lotse.web.board.whose import Whose, choose, get_choices
from lotse.web.desk import DeskRequest
from lotse.web.lead.views.acts import told
from lotse.web.safe_next import next_of
from lotse.web.show import go, show
from lotse.web.toasts import complain, say


@require_safe
def board(request: DeskRequest) -> HttpResponse:
    """Show the board of a process; without one that can be seen, say so."""
    processes = _processes(request)
    process = _chosen(processes, request.GET.get("process", ""))
    context: dict[str, Any] = {"crumb": _("Board"), "processes": processes}
    if process is None:
        context["may_set_up"] = request.actor.has(Right.SETTINGS)
        return show(request, "board/page.html", context, part="matter")
    choices, whose = _whose(request, process, request.GET.get("who", ""))
    laid = columns.lay_out(request.actor, process, whose, request.reader)
    carried = _carried(request, process, whose, laid.phases)
    context |= {"board": laid, "choices": choices, **carried}
    return show(request, "board/page.html", context, part="matter")


@require_safe
def column(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the next cards of one column; without scripts on a page of their own."""
    phase = Phase.objects.filter(pk=pk, kind=Phase.Kind.OPEN).select_related("process").first()
    if phase is None or phase.process not in _processes(request):
        raise Http404
    _choices, whose = _whose(request, phase.process, request.GET.get("who", ""))
    cursor = Cursor.read(request.GET.get("after", ""))
    laid = columns.lay_column(request.actor, phase, whose, cursor, request.reader)
    context = {
        "crumb": _("Board"),
        "column": laid,
        **_carried(request, phase.process, whose, queries.get_open_phases(phase.process)),
    }
    return show(request, "board/column.html", context, part="cards")


@require_POST
def place(request: DeskRequest, pk: int) -> HttpResponse:
    """Lay a card into another column."""
    cases = Case.objects.select_related("phase__process")
    case = gate.find(request.actor, May.EDIT, cases, pk=pk)
    form = PlaceForm(request.POST, case=case)
    if not form.is_valid():
        return _refused(request, _("There is no such phase any more."))
    seen, phase = form.cleaned_data["seen"], form.cleaned_data["phase"]
    try:
        if seen is not None and seen != case.phase_id:
            raise CaseChanged(case.pk)
        act = process_services.move(
            case=case,
            phase=phase,
            by=request.actor,
            now=request.now,
            as_manager=request.actor.has(Right.MANAGE_CASES),
            version=case.version,
        )
    except process_services.CannotMove as no:
        return _refused(request, told(request, no.reason))
    except CaseChanged:
        return _refused(request, tell_meanwhile(request, case))
    advance([case.pk], now=request.now)
    if act is not None:
        moved = {"name": case.name, "phase": phase.name}
        say(request, _("%(name)s is in %(phase)s now.") % moved, undo=act)
    if request.htmx:
        return _laid(request, case, phase, form.cleaned_data["who"])
    return go(request, _back(request))


def _laid(request: DeskRequest, case: Case, phase: Phase, who: str) -> HttpResponse:
    """Answer with the card where it lies now, and with what it changed above the columns."""
    process = phase.process
    _choices, whose = _whose(request, process, who)
    rows = gate.rows(request.actor, May.SEE, Case.objects.filter(pk=case.pk))
    cards = queries.get_cards(request.actor, list(queries.with_names(rows)), request.reader)
    heads = columns.get_heads(request.actor, process, whose, request.reader)
    context = {
        "cards": list(cards.values()),
        "phase": phase,
        "heads": heads,
        "sentence": say_total(Sums.total(head.sums for head in heads), process),
        **_carried(request, process, whose, [head.phase for head in heads]),
    }
    return show(request, "board/laid.html", context)


def _refused(request: DeskRequest, text: str) -> HttpResponse:
    # The board is read anew: what it showed is not what is.
    complain(request, text)
    return go(request, _back(request))


def _back(request: DeskRequest) -> str:
    return next_of(request, otherwise=reverse("board"))


def _processes(request: DeskRequest) -> list[Process]:
    levels = (request.actor.level(e, May.SEE) for e in (Entity.LEAD, Entity.OPPORTUNITY))
    if not any(level.rank for level in levels):
        raise PermissionDenied
    return queries.get_processes(request.actor)


def _chosen(processes: list[Process], key: str) -> Process | None:
    first = processes[0] if processes else None
    return next((p for p in processes if str(p.pk) == key), first)


def _whose(request: DeskRequest, process: Process, key: str) -> tuple[list[Whose], Whose]:
    choices = get_choices(request.actor, Entity(process.kind))
    return choices, choose(choices, key)


def _address(process: Process, whose: Whose) -> str:
    query = {"process": process.pk, **({"who": whose.key} if whose.key else {})}
    return f"{reverse('board')}?{urlencode(query)}"


def _carried(
    request: DeskRequest, process: Process, whose: Whose, phases: Sequence[Phase]
) -> dict[str, Any]:
    """Return what every card and column carries on: which board, and where its acts lead back to."""
    carried = {"process": process, "whose": whose, "here": _address(process, whose)}
    return {
        **carried,
        "page": "lead" if process.kind == Process.Kind.LEAD else "opportunity",
        "menus": Menus(phases, {**carried, "csrf_token": get_token(request)}),
    }
