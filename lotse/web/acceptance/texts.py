"""The sentences of the guide and of offers that depend on what is the case."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.access.telling.numbers import in_words
from lotse.records.catalog.models import LeadType
from lotse.stages.acceptance.queries.guide import Guide, Side
from lotse.stages.acceptance.rules.fields import State
from lotse.stages.acceptance.rules.steps import Result, Step


@dataclass(frozen=True)
class StepWord:
    """One step as the row of steps on top shows it."""

    step: Step
    label: str
    note: str
    is_done: bool
    is_current: bool
    # Where one goes back to it; empty for a step that has nothing to ask.
    address: str


def tell_steps(guide: Guide, current: Step) -> list[StepWord]:
    """Say of each step what it comes to; a step without a question is reported as done."""
    notes = {
        Step.LEAD: _("looked at"),
        Step.ACCOUNT: _account_note(guide, current),
        Step.CONTACT: _contact_note(guide, current),
        Step.CASE: _("last step") if current == Step.CASE else "",
    }
    labels = {
        Step.LEAD: _("Lead"),
        Step.ACCOUNT: _("Account"),
        Step.CONTACT: _("Contact"),
        Step.CASE: _("Case"),
    }
    return [
        StepWord(
            step,
            labels[step],
            notes[step],
            is_done=step != current
            and guide.is_answered(step)
            and _is_before(step, current, guide),
            is_current=step == current,
            address=_address(guide, step, current),
        )
        for step in Step
    ]


def _address(guide: Guide, step: Step, current: Step) -> str:
    is_back = list(Step).index(step) < list(Step).index(current)
    if step == Step.LEAD or not is_back or not guide.has_question(step):
        return ""
    return reverse(f"guide-{step}", args=[guide.case.pk])


def _is_before(step: Step, current: Step, guide: Guide) -> bool:
    order = list(Step)
    return order.index(step) < order.index(current) or not guide.has_question(step)


def _account_note(guide: Guide, current: Step) -> str:
    side = guide.account
    if side.verdict.result == Result.NONE:
        return _("private person")
    if side.verdict.result == Result.CREATED:
        return _("is created")
    if side.verdict.result == Result.TAKEN and current != Step.ACCOUNT:
        return str(side.record)
    return _similar(len(side.finding.candidates) + side.finding.hidden)


def _contact_note(guide: Guide, current: Step) -> str:
    side = guide.contact
    if side.verdict.result == Result.NONE:
        return _("nobody named")
    if side.verdict.result == Result.CREATED:
        return _("is created")
    if side.verdict.result == Result.TAKEN and (not guide.differing or current == Step.CASE):
        return str(side.record)
    if guide.differing:
        count = len(guide.differing)
        told = ngettext("one difference", "%(count)s differences", count)
        return told % {"count": in_words(count)}
    return _similar(len(side.finding.candidates) + side.finding.hidden)


def _similar(count: int) -> str:
    return ngettext("one similar", "%(count)s similar", count) % {"count": in_words(count)}


def tell_writing(guide: Guide, *, is_nameless: bool) -> list[tuple[str, str]]:
    """
    Say what the last click writes, each with its sign.

    :param is_nameless: whether names are kept back until then
    """
    lines = [
        ("account", _account_written(guide, is_nameless)),
        ("contact", _contact_written(guide, is_nameless)),
    ]
    lines += [("case", _case_written(guide)), ("hourglass", _clock_written(guide))]
    return [(sign, line) for sign, line in lines if line]


def _account_written(guide: Guide, is_nameless: bool) -> str:
    verdict, record = guide.account.verdict, guide.account.record
    if verdict.result == Result.CREATED and is_nameless:
        return _("A new account")
    if verdict.result == Result.CREATED:
        return _("Account %(name)s, new") % {"name": guide.case.company}
    if verdict.result == Result.TAKEN:
        return _("Account %(name)s stays") % {"name": str(record)}
    return _("No account: a private person")


def _contact_written(guide: Guide, is_nameless: bool) -> str:
    verdict = guide.contact.verdict
    if verdict.result == Result.CREATED and is_nameless:
        return _("A new contact")
    if verdict.result == Result.CREATED:
        return _("Contact %(name)s, new") % {"name": guide.case.name}
    if verdict.result == Result.NONE:
        return ""
    added = sum(1 for b in guide.beside if b.state == State.NEW)
    values = {"name": str(guide.contact.record), "decided": len(guide.differing), "added": added}
    if not guide.differing and not added:
        return _("Contact %(name)s stays") % values
    return _("Contact %(name)s: %(decided)d decided, %(added)d added") % values


def _case_written(guide: Guide) -> str:
    if guide.lead_type.opens == LeadType.Opens.OPPORTUNITY:
        return _("An opportunity is opened")
    if len(guide.processes) == 1:
        return _("Case in the process %(process)s") % {"process": guide.processes[0].name}
    return _("Case in the chosen process") if guide.processes else _("Case as it is")


def _clock_written(guide: Guide) -> str:
    hours = guide.lead_type.first_activity_hours
    if not hours or guide.case.first_activity_at:
        return ""
    told = ngettext(
        "The clock: first contact within an hour",
        "The clock: first contact within %(hours)s hours",
        hours,
    )
    return told % {"hours": hours}


def tell_after(guide: Guide) -> list[tuple[str, str, str]]:
    """Say what comes after accepting: sign, what, and how much of it is still to be asked."""
    return [
        ("account", _("Choose the account."), _side_ahead(guide.account)),
        ("contact", _("Choose the contact."), _side_ahead(guide.contact) + _differing(guide)),
        ("case", _("Create the case"), _("or attach the lead to an open one.")),
    ]


def _side_ahead(side: Side) -> str:
    if side.verdict.result == Result.NONE:
        return _("Nothing to do: none is named.")
    if side.verdict.result == Result.CREATED:
        return _("Nothing similar found, it is created.")
    if side.verdict.result == Result.TAKEN:
        return _("One agrees fully and is taken.")
    count = len(side.finding.candidates) + side.finding.hidden
    told = ngettext("One similar found.", "%(count)s similar found.", count)
    return told % {"count": in_words(count).capitalize()}


def _differing(guide: Guide) -> str:
    count = len(guide.differing)
    if not count:
        return ""
    told = ngettext("One value differs.", "%(count)s values differ.", count)
    return " " + told % {"count": in_words(count).capitalize()}


def tell_outcomes(lead_page: str) -> list[tuple[str, str, str]]:
    """Return what may come of the first call, each with where it is entered on the page of the lead."""
    return [
        (f"{lead_page}#phase-menu", "phone", _("Reached, the need is clear")),
        (f"{lead_page}#new-appointment", "calendar", _("Appointment made")),
        (f"{lead_page}#defer", "snooze", _("Not reached, later again")),
        (f"{lead_page}#finish", "check-circle", _("Close")),
    ]
