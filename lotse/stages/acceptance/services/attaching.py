"""Attaching a lead to a case of the same contact that is still open: its inquiry joins, the lead is done."""

from django.db.models import F

from lotse.records.activities.models import Note
from lotse.records.cases.holding import ASKED_NOBODY
from lotse.records.cases.models import Case, Inquiry
from lotse.records.cases.services import change
from lotse.records.journal.services import record
from lotse.records.outbox.services import notify
from lotse.stages.acceptance.facts import Attached, InquiryAttached
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.services.known import Booking


class CaseGone(Exception):
    """The case to attach to is not open any more."""


def attach(
    case: Case,
    target: Case,
    *,
    offer: Offer | None,
    note: Note | None,
    before: dict[str, object],
    booking: Booking,
) -> None:
    """
    Let the inquiries of a lead join an open case, and close the lead as joined.

    :raises CaseGone: if the case was closed meanwhile
    """
    still_open = Case.objects.filter(pk=target.pk, closed_at=None)
    if not still_open.update(version=F("version") + 1):
        raise CaseGone(target.pk)

    inquiries = list(Inquiry.objects.filter(case=case).order_by("id").values_list("pk", flat=True))
    Inquiry.objects.filter(pk__in=inquiries).update(case=target)
    change(
        case,
        account_id=target.account_id,
        contact_id=target.contact_id,
        accepted_at=booking.now,
        outcome=Case.Outcome.JOINED,
        closed_at=booking.now,
        joined_to=target,
        wake_at=booking.now,
        **ASKED_NOBODY,
    )
    told = InquiryAttached(case_id=case.pk, inquiry_ids=inquiries)
    record(told, about=target, by=booking.by, at=booking.now, act=booking.act)
    if target.assignee_id != booking.by.person_id:
        notify([target.assignee_id], told, case_id=target.pk, now=booking.now)
    fact = Attached(
        case_id=target.pk,
        offer_id=offer.pk if offer else None,
        contact_id=target.contact_id,
        note_id=note.pk if note else None,
    )
    record(fact, about=case, by=booking.by, at=booking.now, before=before, act=booking.act)
