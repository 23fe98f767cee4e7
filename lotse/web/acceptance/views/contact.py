"""The step of the guide that asks for the contact, and whose value holds where the two differ."""

from django.http import HttpResponse
from django.shortcuts import redirect

from lotse.records.accounts.models import Contact
from lotse.records.cases.models import Case
from lotse.stages.acceptance.queries.guide import Guide, count_compared
from lotse.stages.acceptance.queries.holders import get_holders
from lotse.stages.acceptance.rules.fields import Decision, Source
from lotse.stages.acceptance.rules.steps import Step
from lotse.web.acceptance import drafts
from lotse.web.acceptance.comparing import tell_agreement, tell_hidden
from lotse.web.acceptance.forms import FieldsForm, RecordForm
from lotse.web.acceptance.reading import read_guide
from lotse.web.acceptance.rows import beside_rows, candidate_rows, kept_rows, new_text
from lotse.web.acceptance.views.walking import next_step, show, step
from lotse.web.desk import DeskRequest

# Buttons that decide all fields at once.
EVERYWHERE = {Source.LEAD, Source.KNOWN}


@step
def contact(request: DeskRequest, case: Case) -> HttpResponse:
    guide = read_guide(request, case)
    if guide.account.is_open:
        return redirect("guide-account", case.pk)
    if not guide.has_question(Step.CONTACT):
        return redirect(next_step(guide, after=Step.CONTACT), case.pk)
    is_choosing = guide.contact.is_open or not guide.differing or "choose" in request.GET
    return _choose(request, guide) if is_choosing else _compare(request, guide)


def _choose(request: DeskRequest, guide: Guide) -> HttpResponse:
    case = guide.case
    answers = drafts.read(request, case.pk)
    data = request.POST if request.method == "POST" else None
    initial = record_initial(guide.contact.verdict.record_id, answers.contact.is_new, answers.note)
    form = RecordForm(data, side=guide.contact, initial=initial)
    if request.method == "POST" and form.is_valid():
        drafts.keep_contact(
            request, case.pk, form.cleaned_data["record"], form.cleaned_data["note"]
        )
        guide = read_guide(request, case)
        is_asked_on = bool(guide.differing)
        after = "guide-contact" if is_asked_on else next_step(guide, after=Step.CONTACT)
        return redirect(after, case.pk)
    holders = get_holders(guide.contact.hidden)
    context = {
        "form": form,
        "rows": candidate_rows(guide.contact, guide.case),
        "new_text": new_text(guide.case.name, request.actor, guide.case),
        "compared": count_compared(Step.CONTACT),
        "hidden": tell_hidden(holders, is_account=False, has_others=bool(guide.contact.candidates)),
    }
    return show(request, "contact", Step.CONTACT, guide, context)


def _compare(request: DeskRequest, guide: Guide) -> HttpResponse:
    case, known = guide.case, guide.contact.record
    assert isinstance(known, Contact)  # noqa: S101 - something differs from it
    kept = drafts.read(request, case.pk).decisions
    if request.method == "POST" and request.POST.get("all") in EVERYWHERE:
        everywhere = Decision(Source(request.POST["all"]))
        kept = {beside.field: everywhere for beside in guide.differing}
        drafts.keep_decisions(request, case.pk, kept, version=known.version)
        return redirect("guide-contact", case.pk)
    data = request.POST if request.method == "POST" else None
    form = FieldsForm(data, differing=guide.differing, decisions=kept)
    if request.method == "POST" and form.is_valid():
        # The version that was shown, so that what somebody else changes meanwhile is asked again.
        shown = str(request.POST.get("version", ""))
        version = int(shown) if shown.isdecimal() else known.version
        drafts.keep_decisions(request, case.pk, form.decisions(), version=version)
        return redirect(next_step(read_guide(request, case), after=Step.CONTACT), case.pk)
    context = {
        "form": form,
        "contact": known,
        "rows": beside_rows(form, guide, request.actor),
        "kept": kept_rows(guide),
        "agreement": _agreement(guide, known),
        "can_choose": guide.contact.verdict.has_question,
    }
    return show(request, "differences", Step.CONTACT, guide, context)


def _agreement(guide: Guide, known: Contact) -> list[str]:
    """Say why the lead is held beside just this contact."""
    found = (c for c in guide.contact.finding.candidates if c.record_id == known.pk)
    return next((tell_agreement(comparison) for comparison in found), [])


def record_initial(record_id: int | None, is_new: bool, note: str) -> dict[str, object]:
    return {"record": "new" if is_new else record_id, "note": note}
