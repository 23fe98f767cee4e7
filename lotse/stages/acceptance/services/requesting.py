"""Asking those who hold an account or contact that one meets but may not see."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.journal.services import record
from lotse.records.outbox.services import notify
from lotse.stages.acceptance.facts import AccessAsked, AccessWanted


@transaction.atomic
def request_access(
    *,
    case: Case,
    accounts: Iterable[Account] = (),
    contacts: Iterable[Contact] = (),
    by: Actor,
    now: datetime,
) -> None:
    """Tell the holders of these records who has a lead that may belong to them; once for each lead."""
    asked_already = Entry.objects.about(case).filter(kind=AccessAsked.kind, actor_id=by.id)
    if by.person_id is None or asked_already.exists():
        return
    for account in accounts:
        fact = AccessWanted(person_id=by.person_id, account_id=account.pk)
        notify(_holders(account), fact, case_id=case.pk, now=now)
    for contact in contacts:
        fact = AccessWanted(person_id=by.person_id, contact_id=contact.pk)
        notify(_holders(contact), fact, case_id=case.pk, now=now)
    record(AccessAsked(), about=case, by=by, at=now)


def _holders(record: Account | Contact) -> set[int | None]:
    """Return who looks after a record: its owner, and who leads the team or partner it belongs to."""
    team_manager = record.team.manager_id if record.team else None
    partner_manager = record.partner.manager_id if record.partner else None
    return {record.owner_id, team_manager, partner_manager}
