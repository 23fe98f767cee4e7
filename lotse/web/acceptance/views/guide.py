"""The guide from a lead to a case: account, contact, case; nothing is written before the last click."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.records.people.models import User
from lotse.stages.acceptance import services as stage
from lotse.stages.acceptance.queries.guide import Guide, count_compared
from lotse.stages.acceptance.queries.holders import get_holders
from lotse.stages.acceptance.queries.processes import get_first_phase
from lotse.stages.acceptance.rules.steps import Step
from lotse.web.acceptance import drafts, queries
from lotse.web.acceptance.comparing import tell_hidden
from lotse.web.acceptance.finishing import finish
from lotse.web.acceptance.forms import CaseForm, RecordForm
from lotse.web.acceptance.gone import gone
from lotse.web.acceptance.looking import grace
from lotse.web.acceptance.naming import is_nameless
from lotse.web.acceptance.reading import read_guide
from lotse.web.acceptance.rows import candidate_rows, new_text
from lotse.web.acceptance.texts import tell_writing
from lotse.web.acceptance.views.contact import record_initial
from lotse.web.acceptance.views.walking import next_step, refuse, show, step
from lotse.web.desk import DeskRequest
from lotse.web.toasts import say


@require_safe
def start(request: DeskRequest, pk: int) -> HttpResponse:
    """Lead to the first step that has something to ask."""
    try:
        found = queries.find_case(request.actor, pk)
    except queries.Gone as refused:
        return gone(request, refused.offer)
    return refuse(request, found) or redirect(
        next_step(read_guide(request, found), after=Step.LEAD), pk
    )


@step
def account(request: DeskRequest, case: Case) -> HttpResponse:
    """Ask to which account the lead belongs."""
    guide = read_guide(request, case)
    if not guide.has_question(Step.ACCOUNT):
        return redirect(next_step(guide, after=Step.ACCOUNT), case.pk)
    answers = drafts.read(request, case.pk)
    data = request.POST if request.method == "POST" else None
    form = RecordForm(
        data,
        side=guide.account,
        initial=record_initial(
            guide.account.verdict.record_id, answers.account.is_new, answers.note
        ),
    )
    if request.method == "POST" and form.is_valid():
        drafts.keep_account(
            request, case.pk, form.cleaned_data["record"], form.cleaned_data["note"]
        )
        return redirect(next_step(read_guide(request, case), after=Step.ACCOUNT), case.pk)
    holders = get_holders(guide.account.hidden)
    context = {
        "form": form,
        "rows": candidate_rows(guide.account, case),
        "new_text": new_text(guide.case.company, request.actor, guide.case),
        "compared": count_compared(Step.ACCOUNT),
        "hidden": tell_hidden(holders, is_account=True, has_others=bool(guide.account.candidates)),
    }
    return show(request, "account", Step.ACCOUNT, guide, context)


@partial(step, is_last=True)
def case(request: DeskRequest, case: Case) -> HttpResponse:
    """Ask for the case, and accept."""
    is_new = case.accepted_at is None and case.closed_at is None
    guide = read_guide(request, case)
    if is_new and not guide.knows_people:
        return redirect(next_step(guide, after=Step.LEAD), case.pk)
    people = queries.get_assignees(request.actor, case)
    data = request.POST if request.method == "POST" else None
    me = request.actor.person_id
    form = CaseForm(data, guide=guide, people=people, me=me)
    if request.method == "POST" and form.is_valid():
        offer = queries.get_own_offer(request.actor, case)
        return finish(
            request,
            guide,
            offer=offer,
            assignee=form.holder(),
            process=form.process_wanted(),
            attach_to=form.attach_to(),
        )
    context = _case_context(guide, form, people)
    context["writing"] = tell_writing(guide, is_nameless=is_nameless(request.actor, case))
    return show(request, "case", Step.CASE, guide, context)


def _case_context(guide: Guide, form: CaseForm, people: list[User]) -> dict[str, Any]:
    chosen = guide.processes[0] if len(guide.processes) == 1 else None
    return {
        "form": form,
        "people": people,
        "cases": list(zip(form["case"], (None, *guide.open_cases), strict=True)),
        "first_phase": get_first_phase(chosen) if chosen else None,
        "grace": grace(),
    }


@require_POST
def cancellation(request: DeskRequest, pk: int) -> HttpResponse:
    """Leave the guide: the lead stays offered, and is free for colleagues at once."""
    try:
        found = queries.find_case(request.actor, pk)
    except queries.Gone as refused:
        return gone(request, refused.offer)
    if request.actor.person_id:
        stage.release(case=found, person_id=request.actor.person_id)
    drafts.forget(request, pk)
    offer = queries.get_own_offer(request.actor, found)
    return redirect("offer", offer.pk) if offer else redirect("lead", pk)


@require_POST
def request_access(request: DeskRequest, pk: int) -> HttpResponse:
    """Tell those who hold what is alike and hidden; which records these are, the page never says."""
    try:
        found = queries.find_case(request.actor, pk)
    except queries.Gone as refused:
        return gone(request, refused.offer)
    guide = read_guide(request, found)
    stage.request_access(
        case=found,
        accounts=[a for a in guide.account.hidden if isinstance(a, Account)],
        contacts=[c for c in guide.contact.hidden if isinstance(c, Contact)],
        by=request.actor,
        now=request.now,
    )
    say(request, _("Asked. Those who hold it have been told."))
    return redirect("guide", pk)
