"""The rows of the guide as its pages show them: candidates, differences, what is kept."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.stages.acceptance.queries.contacts import ACCOUNT
from lotse.stages.acceptance.queries.guide import Guide, Side
from lotse.stages.acceptance.rules.fields import Beside, State
from lotse.web.acceptance.comparing import (
    LABELS,
    mark_difference,
    tell_evidence,
    tell_likeness,
    tell_value,
)
from lotse.web.acceptance.forms import FieldsForm
from lotse.web.acceptance.naming import is_nameless


@dataclass(frozen=True)
class CandidateRow:
    pk: int
    record: Account | Contact
    kind: str
    address: str
    evidence: list[tuple[bool, str]]
    likeness: str


def candidate_rows(side: Side, case: Case) -> list[CandidateRow]:
    """Return the records to choose from, best first."""
    return [
        CandidateRow(
            record.pk,
            record,
            _kind(record),
            _address(record),
            tell_evidence(comparison, {"postcode": (record.postcode, case.postcode)}),
            tell_likeness(comparison),
        )
        for comparison, record in side.candidates
    ]


def new_text(name: str, viewer: Viewer, case: Case) -> str:
    """Say what a new record would be: its name, unless that is kept back, and place."""
    place = f"{case.postcode} {case.city}".strip()
    shown = "" if is_nameless(viewer, case) else name
    return ", ".join(part for part in (shown, place) if part)


def _kind(record: Account | Contact) -> str:
    if isinstance(record, Account):
        parts = [_("Company"), record.customer_number]
    else:
        parts = [str(record.account) if record.account else _("Private customer"), record.position]
    return " · ".join(part for part in parts if part)


def _address(record: Account | Contact) -> str:
    place = f"{record.postcode} {record.city}".strip()
    address = ", ".join(part for part in (record.street, place) if part)
    owner = _("looked after by %(name)s") % {"name": record.owner} if record.owner else ""
    return " · ".join(part for part in (address, owner) if part)


@dataclass(frozen=True)
class DifferenceRow:
    """One field that differs: both values in parts, those that differ marked."""

    field: str
    label: str
    bound: BoundField
    typed: BoundField | None
    known: list[tuple[str, bool]]
    lead: list[tuple[str, bool]]


def beside_rows(form: FieldsForm, guide: Guide, viewer: Viewer) -> list[DifferenceRow]:
    return [_row(form, one, guide, viewer) for one in form.differing]


def _row(form: FieldsForm, one: Beside, guide: Guide, viewer: Viewer) -> DifferenceRow:
    known, lead = (tell_value(one.field, value) for value in (one.known, one.lead))
    if one.field == ACCOUNT:
        known, lead = _account_names(one, guide, viewer)
    return DifferenceRow(
        one.field,
        str(LABELS[one.field]),
        form[one.field],
        form[f"{one.field}-typed"] if one.field != ACCOUNT else None,
        mark_difference(known, lead),
        mark_difference(lead, known),
    )


def _account_names(one: Beside, guide: Guide, viewer: Viewer) -> tuple[str, str]:
    shown = gate.rows(viewer, May.SEE, Account.objects.filter(pk=one.known))
    known = shown.values_list("name", flat=True).first() or _("another account")
    return known, str(guide.account.record or guide.case.company)


def kept_rows(guide: Guide) -> list[dict[str, Any]]:
    """Return what agrees and what is added, for those who want to see it."""
    return [
        {
            "label": LABELS[b.field],
            "value": tell_value(b.field, b.lead),
            "is_new": b.state == State.NEW,
        }
        for b in guide.beside
        if b.state != State.DIFFERS and b.field != ACCOUNT
    ]
