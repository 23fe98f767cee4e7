"""What moves a case on: phase, closing, deferral, another assignee, and what it says."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.access.telling.names import get_names, refs_of
from lotse.access.telling.sentences import Teller
from lotse.kernel.reasons import Reason
from lotse.records.cases.editing import edit
from lotse.records.cases.models import Case
from lotse.records.cases.services import CaseChanged
from lotse.records.journal.models import Act
from lotse.stages.assignment import services as assignment
from lotse.stages.closing import services as closing
from lotse.stages.process import services as process
from lotse.web.desk import DeskRequest
from lotse.web.editing.forms import get_authors
from lotse.web.lead import forms, queries
from lotse.web.lead.views.activities import ask, done, form_view, refused
from lotse.web.lead.views.page import closing_form


@form_view
def phase(request: DeskRequest, pk: int) -> HttpResponse:
    """Move a case to another phase."""
    case = queries.find(request.actor, May.EDIT, pk)
    form = forms.PhaseForm(request.POST or None, phases=queries.get_phases(case))
    if not form.is_valid():
        return ask(request, case, form, "lead/forms/phase.html", title=_("Change phase"))
    wanted = form.cleaned_data["phase"]
    try:
        act = process.move(
            case=case,
            phase=wanted,
            by=request.actor,
            now=request.now,
            as_manager=request.actor.has(Right.MANAGE_CASES),
        )
    except process.CannotMove as no:
        return refused(request, case, told(request, no.reason))
    return done(request, case, _("Moved to %(phase)s.") % {"phase": wanted.name}, undo=act)


@form_view
def deferral(request: DeskRequest, pk: int) -> HttpResponse:
    """Put a case off until a day."""
    case = queries.find(request.actor, May.EDIT, pk)
    form = forms.DeferralForm(
        request.POST or None,
        phases=queries.get_phases(case),
        zone=request.zone,
        now=request.now,
    )
    if not form.is_valid():
        return ask(request, case, form, "lead/forms/deferral.html", title=_("Resubmission"))
    until = form.cleaned_data["until"]
    try:
        act = process.defer(
            case=case,
            until=until,
            phase=form.cleaned_data["phase"],
            by=request.actor,
            now=request.now,
            as_manager=request.actor.has(Right.MANAGE_CASES),
        )
    except process.CannotMove as no:
        return refused(request, case, told(request, no.reason))
    day = request.reader.day(request.reader.day_of(until))
    return done(request, case, _("Put off until %(day)s.") % {"day": day}, undo=act)


@require_POST
def resumption(request: DeskRequest, pk: int) -> HttpResponse:
    """Take up a deferred case before its day."""
    case = queries.find(request.actor, May.EDIT, pk)
    act = process.resume(case=case, by=request.actor, now=request.now)
    return done(request, case, _("Taken up again."), undo=act)


@form_view
def closure(request: DeskRequest, pk: int) -> HttpResponse:
    """Close a case: won or lost."""
    case = queries.find(request.actor, May.EDIT, pk)
    people = queries.get_colleagues(request.actor, case)
    form = closing_form(request, case, people, request.POST or None)
    if not form.is_valid():
        return ask(request, case, form, "lead/forms/closing.html", title=_("Close"))
    try:
        act = _close(request, case, form)
    except closing.CannotClose as no:
        return refused(request, case, told(request, no.reason))
    if form.is_won:
        return done(request, case, _("Closed as successful."), undo=act)
    return done(request, case, _("Closed as unsuccessful."), undo=act)


def _close(request: DeskRequest, case: Case, form: forms.ClosingForm) -> Act:
    if form.is_won:
        return _win(request, case, form)
    return closing.close_lost(
        case=case,
        reason=form.cleaned_data["reason"],
        comment=form.cleaned_data["comment"],
        by=request.actor,
        now=request.now,
    )


def _win(request: DeskRequest, case: Case, form: forms.ClosingForm) -> Act:
    receiver = form.cleaned_data["hand_over_to"]
    value = form.cleaned_data["value"]
    if value is not None and value != case.value:
        edit(case, version=case.version, fields={"value": value}, by=request.actor, now=request.now)
    return closing.close_won(
        case=case,
        hand_over_to=receiver if receiver and receiver.pk != case.assignee_id else None,
        comment=form.cleaned_data["comment"],
        by=request.actor,
        now=request.now,
    )


@require_POST
def reopening(request: DeskRequest, pk: int) -> HttpResponse:
    """Reopen what was lost."""
    case = queries.find(request.actor, May.EDIT, pk)
    gate.require(request.actor, Right.MANAGE_CASES)
    try:
        act = closing.reopen(case=case, by=request.actor, now=request.now)
    except closing.CannotClose as no:
        return refused(request, case, told(request, no.reason))
    return done(request, case, _("Open again."), undo=act)


@form_view
def assignee(request: DeskRequest, pk: int) -> HttpResponse:
    """Give a case to somebody else."""
    case = queries.find(request.actor, May.ASSIGN, pk)
    people = queries.get_colleagues(request.actor, case)
    form = forms.AssigneeForm(
        request.POST or None, people=[p for p in people if p.pk != case.assignee_id]
    )
    if not form.is_valid():
        title = _("Give to another assignee")
        return ask(request, case, form, "lead/forms/assignee.html", title=title)
    to = form.cleaned_data["to"]
    try:
        act = assignment.assign(
            case=case, to=to, by=request.actor, now=request.now, note=form.cleaned_data["note"]
        )
    except assignment.CannotHold:
        form.add_error("to", _("%(name)s cannot take cases at present.") % {"name": to.name})
        title = _("Give to another assignee")
        return ask(request, case, form, "lead/forms/assignee.html", title=title)
    except assignment.CaseClosed:
        return refused(request, case, _("It is closed. Reopen it first."))
    return done(request, case, _("%(name)s has it now.") % {"name": to.name}, undo=act)


@form_view
def fields(request: DeskRequest, pk: int) -> HttpResponse:
    """Edit what a case says; where somebody else was quicker, show where we clash."""
    case = queries.find(request.actor, May.EDIT, pk)
    form = forms.CaseForm(request.POST or None, instance=case)
    if not form.is_valid():
        return ask(request, case, form, "lead/forms/fields.html", title=_("Edit"))

    # Validation wrote what was typed into the instance; what stands is read anew.
    case = queries.find(request.actor, May.EDIT, pk)
    found = form.merged()
    if not found.clashes:
        try:
            edit(
                case,
                version=case.version,
                fields=form.values(found),
                by=request.actor,
                now=request.now,
            )
        except CaseChanged:
            return fields(request, pk)
        return done(request, case, _("Saved.") if found.changed else "")
    clashing = [clash.field for clash in found.clashes]
    form.with_clashes(found, get_authors(request.actor, case, clashing, request.reader))
    return ask(request, case, form, "lead/forms/fields.html", title=_("Edit"))


def told(request: DeskRequest, reason: Reason) -> str:
    """Tell why something was refused."""
    names = get_names(request.actor, refs_of(reason.values))
    return Teller(names, request.reader).reason(reason)
