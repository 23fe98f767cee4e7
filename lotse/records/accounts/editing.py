"""What people do to accounts and contacts by hand: create, edit, note a consent; each with its line."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from lotse.kernel.actors import Actor
from lotse.kernel.facts import Fact
from lotse.records.accounts.facts import (
    AccountChanged,
    AccountCreated,
    ConsentNoted,
    ContactChanged,
    ContactCreated,
)
from lotse.records.accounts.models import Account, Consent, Contact, FormerValue
from lotse.records.accounts.services import change, save_account, save_contact
from lotse.records.journal.models import journal_name
from lotse.records.journal.services import record


@transaction.atomic
def create(customer: Account | Contact, *, by: Actor, now: datetime) -> None:
    """Create an account or contact as it is in memory."""
    customer.created_at = now
    if isinstance(customer, Account):
        save_account(customer)
    else:
        save_contact(customer)
    record(_created(customer), about=customer, by=by, at=now)


@transaction.atomic
def edit(
    customer: Account | Contact,
    *,
    version: int,
    fields: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> None:
    """
    Write some fields and keep what they said before.

    :raises ChangedMeanwhile: if somebody else saved since `version` was read
    """
    before = {name: former_text(customer, name) for name in fields}
    change(customer, version=version, **fields)
    if not fields:
        return
    entry = record(_changed(customer, sorted(fields)), about=customer, by=by, at=now)
    FormerValue.objects.bulk_create(
        FormerValue(
            record_type=journal_name(customer),
            record_id=customer.pk,
            field=name,
            value=value,
            was_taken=True,
            entry_id=entry.pk,
            at=now,
        )
        for name, value in before.items()
    )


@transaction.atomic
def note_consent(
    contact: Contact,
    *,
    channel: str,
    state: str,
    wording: str,
    proof: str,
    since_at: datetime,
    by: Actor,
    now: datetime,
) -> Consent:
    """Write down what a contact agreed to or refused; earlier rows stay, the newest counts."""
    consent = Consent.objects.create(
        contact=contact,
        channel=channel,
        state=state,
        wording=wording,
        proof=proof,
        since_at=since_at,
    )
    fact = ConsentNoted(
        contact_id=contact.pk, consent_id=consent.pk, channel=channel, consent=state
    )
    record(fact, about=contact, by=by, at=now)
    return consent


def former_text(row: models.Model, name: str) -> str:
    """Return the present value of a field as it is kept for the history: text, "" for nothing."""
    value = getattr(row, name)
    return "" if value is None else str(value)


def _created(customer: Account | Contact) -> Fact:
    if isinstance(customer, Account):
        return AccountCreated(account_id=customer.pk)
    return ContactCreated(contact_id=customer.pk)


def _changed(customer: Account | Contact, fields: list[str]) -> Fact:
    if isinstance(customer, Account):
        return AccountChanged(account_id=customer.pk, fields=fields)
    return ContactChanged(contact_id=customer.pk, fields=fields)
