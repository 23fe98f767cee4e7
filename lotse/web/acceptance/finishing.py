"""The last click: hands everything that was answered to the stage, and tells what came of it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lotse.lifecycle import loop
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import ChangedMeanwhile
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Process
from lotse.records.people.models import User
from lotse.stages.acceptance import services as stage
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.guide import Guide
from lotse.stages.acceptance.rules.fields import Undecided
from lotse.stages.acceptance.rules.steps import Result
from lotse.web.acceptance import drafts
from lotse.web.acceptance.gone import show_gone
from lotse.web.desk import DeskRequest
from lotse.web.toasts import complain, say


def finish(
    request: DeskRequest,
    guide: Guide,
    *,
    offer: Offer | None,
    assignee: User,
    process: Process | None,
    attach_to: Case | None,
) -> HttpResponse:
    """Accept; where something changed meanwhile, lead back to the step that has to be asked again."""
    case = guide.case
    choices = _choices(request, guide, assignee, process, attach_to)
    try:
        result = stage.accept(
            case=case, choices=choices, by=request.actor, now=request.now, offer=offer
        )
    except stage.OfferGone as told:
        return show_gone(request, told)
    except (Undecided, ChangedMeanwhile):
        drafts.forget_decisions(request, case.pk)
        complain(request, _("The contact has changed meanwhile. Please look again."))
        return redirect("guide-contact", case.pk)
    except stage.CaseGone:
        complain(request, _("The open case was closed meanwhile. Please choose again."))
        return redirect("guide-case", case.pk)
    except (stage.AssigneeGone, stage.ProcessNotAllowed):
        complain(request, _("This choice is no longer there. Please choose again."))
        return redirect("guide-case", case.pk)

    loop.advance(result.case_ids, now=request.now)
    drafts.forget(request, case.pk)
    sentence = _("Attached to the open case.") if attach_to else _("The lead is yours.")
    if assignee.pk != request.actor.person_id and not attach_to:
        sentence = _("Accepted for %(name)s.") % {"name": assignee.name}
    say(request, sentence, undo=result.act)
    return redirect(_address(request, result, offer))


def _address(request: DeskRequest, result: stage.Acceptance, offer: Offer | None) -> str:
    if request.actor.partner_id and offer:
        return reverse("offer", args=[offer.pk])
    return reverse("lead", args=[result.working_id])


def _choices(
    request: DeskRequest,
    guide: Guide,
    assignee: User,
    process: Process | None,
    attach_to: Case | None,
) -> stage.Choices:
    answers = drafts.read(request, guide.case.pk)
    account, contact = guide.account.record, guide.contact.record
    return stage.Choices(
        assignee=assignee,
        account=account if isinstance(account, Account) else None,
        creates_account=guide.account.verdict.result == Result.CREATED,
        contact=contact if isinstance(contact, Contact) else None,
        creates_contact=guide.contact.verdict.result == Result.CREATED,
        contact_version=answers.contact_version,
        decisions=answers.decisions,
        process=process,
        attach_to=attach_to,
        note=answers.note,
    )
