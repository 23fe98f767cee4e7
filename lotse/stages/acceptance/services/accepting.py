"""Accepting a lead: account, contact, case and assignee are settled together, or nothing is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.records.accounts.models import Account, Contact
from lotse.records.activities.models import Note
from lotse.records.cases.holding import COLUMNS, held_by, main_teams
from lotse.records.cases.models import Case
from lotse.records.cases.opening import open_opportunity
from lotse.records.cases.services import change, snapshot
from lotse.records.catalog.models import LeadType, Process
from lotse.records.journal.models import Act
from lotse.records.journal.services import Line, begin, record, record_all
from lotse.records.people.models import User
from lotse.stages.acceptance.facts import Accepted, OpportunityOpened
from lotse.stages.acceptance.models import Offer, Reservation
from lotse.stages.acceptance.queries.asked import get_lead_type
from lotse.stages.acceptance.queries.processes import get_processes
from lotse.stages.acceptance.rules.fields import Decision
from lotse.stages.acceptance.services.answering import (
    OfferGone,
    answer,
    get_acceptance,
    take_hold,
    why_taken,
    withdraw_others,
)
from lotse.stages.acceptance.services.attaching import CaseGone, attach
from lotse.stages.acceptance.services.known import (
    Booking,
    bring_up_to_date,
    create_account,
    create_contact,
)

__all__ = [
    "Acceptance", "AssigneeGone", "CaseGone", "Choices", "OfferGone", "ProcessNotAllowed", "accept",
]  # fmt: skip

# What accepting may change on a case, and undoing puts back.
CHANGED = (*COLUMNS, "account", "contact", "outcome", "closed_at", "joined_to")


class AssigneeGone(Exception):
    """Whoever was chosen to work the case can't: they are no longer active."""


class ProcessNotAllowed(Exception):
    """The lead type does not lead into this process."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """
    What the guide asked; whoever calls has found every record through the gate.

    An account is taken, created, or there is none (a private person); so is a contact. Attached to
    an open case, nothing else is created.
    """

    assignee: User
    account: Account | None = None
    creates_account: bool = False
    contact: Contact | None = None
    creates_contact: bool = False
    # The contact as it was shown, and whose value holds in each field that differs.
    contact_version: int | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    process: Process | None = None
    attach_to: Case | None = None
    note: str = ""


@dataclass(frozen=True)
class Acceptance:
    """What came of it: the cases that now want to go on, and the act by which it is taken back."""

    act: Act
    case_id: int
    # The case that is worked from now on: the lead, the opportunity it opened, or the one it joined.
    working_id: int

    @property
    def case_ids(self) -> list[int]:
        return sorted({self.case_id, self.working_id})


@transaction.atomic
def accept(
    *, case: Case, choices: Choices, by: Actor, now: datetime, offer: Offer | None = None
) -> Acceptance:
    """
    Take a lead over. Done again by the same person, it answers with the first result.

    :param offer: the offer by which the lead came to whoever accepts; without one, the lead must be
        free to be taken
    :raises OfferGone: if somebody was quicker, or the offer ran out
    :raises AssigneeGone: if the assignee is no longer active
    :raises ProcessNotAllowed: if the process is none of the lead type's
    :raises CaseGone: if the open case to attach to was closed meanwhile
    :raises Undecided: if a field of the contact differs and nobody decided
    :raises ChangedMeanwhile: if somebody saved the contact after it was shown
    """
    if not take_hold(case):
        return _first_result(case, by)
    if offer:
        answer(offer, Offer.Answer.ACCEPTED, by=by, now=now, settled_at=now)

    case = Case.objects.select_related("phase", "lead_type").get(pk=case.pk)
    act = begin(kind="accept", by=by, at=now)
    others = withdraw_others(case, now=now)
    record_all([Line(fact, about=case) for _, fact in others], by=by, at=now, act=act)
    offer = offer or (others[0][0] if others else None)
    Reservation.objects.filter(case=case).delete()

    before = snapshot(case, CHANGED)
    booking = _book(choices, act=act, by=by, now=now)
    if choices.attach_to:
        return _attach(case, choices, offer, before, booking)
    return _work(case, choices, offer, before, booking)


def _first_result(case: Case, by: Actor) -> Acceptance:
    entry = get_acceptance(case)
    if entry is None or entry.act is None or entry.actor_id != by.id:
        raise why_taken(case)
    working_id = entry.data.get("opened_case_id") or entry.data.get("case_id") or case.pk
    return Acceptance(entry.act, case.pk, working_id)


def _book(choices: Choices, *, act: Act, by: Actor, now: datetime) -> Booking:
    holder = User.objects.filter(pk=choices.assignee.pk, is_active=True).first()
    if holder is None:
        raise AssigneeGone(choices.assignee.pk)
    return Booking(act, holder, main_teams([holder.pk]).get(holder.pk), by, now)


def _attach(
    case: Case,
    choices: Choices,
    offer: Offer | None,
    before: dict[str, object],
    booking: Booking,
) -> Acceptance:
    target = choices.attach_to
    assert target is not None  # noqa: S101 - the caller looked
    _settle_contact(case, target.account, choices, booking)
    note = _write_note(target, choices, booking)
    attach(case, target, offer=offer, note=note, before=before, booking=booking)
    return Acceptance(booking.act, case.pk, target.pk)


def _work(
    case: Case,
    choices: Choices,
    offer: Offer | None,
    before: dict[str, object],
    booking: Booking,
) -> Acceptance:
    lead_type = get_lead_type(case)
    _check_process(case, choices, lead_type)
    account = create_account(case, booking) if choices.creates_account else choices.account
    contact = _settle_contact(case, account, choices, booking)
    change(case, **_columns(case, account, contact, booking))

    opened = None
    if lead_type.opens == LeadType.Opens.OPPORTUNITY:
        opened = _open(case, choices, booking)
    elif case.phase is None:
        change(case, process_id=choices.process.pk if choices.process else None)
    worked = opened or case
    note = _write_note(worked, choices, booking)
    fact = Accepted(
        person_id=booking.holder.pk,
        offer_id=offer.pk if offer else None,
        account_id=account.pk if account else None,
        contact_id=contact.pk if contact else None,
        opened_case_id=opened.pk if opened else None,
        note_id=note.pk if note else None,
        is_for_other=booking.by.person_id != booking.holder.pk,
    )
    # The last line of the act: undoing starts with it.
    record(fact, about=case, by=booking.by, at=booking.now, before=before, act=booking.act)
    return Acceptance(booking.act, case.pk, worked.pk)


def _settle_contact(
    case: Case, account: Account | None, choices: Choices, booking: Booking
) -> Contact | None:
    if choices.contact is None:
        return create_contact(case, account, booking) if choices.creates_contact else None
    version = choices.contact_version or choices.contact.version
    bring_up_to_date(
        choices.contact,
        case,
        account,
        version=version,
        decisions=choices.decisions,
        booking=booking,
    )
    return choices.contact


def _check_process(case: Case, choices: Choices, lead_type: LeadType) -> None:
    if choices.process and choices.process not in get_processes(lead_type):
        raise ProcessNotAllowed(choices.process.pk)


def _columns(
    case: Case, account: Account | None, contact: Contact | None, booking: Booking
) -> dict[str, object]:
    columns: dict[str, object] = {
        "account_id": account.pk if account else None,
        "contact_id": contact.pk if contact else None,
        "accepted_at": booking.now,
        "wake_at": booking.now,
    }
    if case.assignee_id != booking.holder.pk:
        columns |= held_by(booking.holder, team_id=booking.team_id, now=booking.now)
    return columns


def _open(case: Case, choices: Choices, booking: Booking) -> Case:
    """The lead is won by being accepted; what is worked from now on is the opportunity."""
    opened = open_opportunity(
        case,
        holder=booking.holder,
        team_id=booking.team_id,
        process=choices.process,
        stage=Case.Stage.ACCEPTANCE,
        now=booking.now,
    )
    change(case, outcome=Case.Outcome.WON, closed_at=booking.now)
    fact = OpportunityOpened(case_id=case.pk)
    record(fact, about=opened, by=booking.by, at=booking.now, act=booking.act)
    return opened


def _write_note(case: Case, choices: Choices, booking: Booking) -> Note | None:
    if not choices.note.strip():
        return None
    return Note.objects.create(
        case=case,
        text=choices.note.strip(),
        written_at=booking.now,
        written_by_id=booking.by.person_id,
    )
