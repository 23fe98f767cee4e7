"""Account and contact of an accepted lead: created, taken, or brought up to date, with nothing lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lotse.kernel.actors import Actor
from lotse.records.accounts.facts import AccountCreated, ContactChanged, ContactCreated
from lotse.records.accounts.models import Account, Contact, FormerValue, MatchKey
from lotse.records.accounts.services import change, forget, save_account, save_contact
from lotse.records.cases.models import Case
from lotse.records.journal.models import Act, Entry
from lotse.records.journal.services import record
from lotse.records.people.models import User
from lotse.stages.acceptance.queries.contacts import ACCOUNT, beside
from lotse.stages.acceptance.rules.fields import (
    FIELDS,
    Change,
    Decision,
    decide,
)


@dataclass(frozen=True)
class Booking:
    """To whom new records belong, and to which act their lines are booked."""

    act: Act
    holder: User
    team_id: int | None
    by: Actor
    now: datetime


def create_account(case: Case, booking: Booking) -> Account:
    """Create the account that the lead names."""
    account = Account(
        name=case.company,
        street=case.street,
        postcode=case.postcode,
        city=case.city,
        country=case.country,
        owner=booking.holder,
        team_id=booking.team_id,
        partner_id=booking.holder.partner_id,
        created_at=booking.now,
    )
    save_account(account)
    _record(AccountCreated(account_id=account.pk), account, booking)
    return account


def create_contact(case: Case, account: Account | None, booking: Booking) -> Contact:
    """Create the contact that the lead names; a private person stands under no account."""
    contact = Contact(
        **{name: getattr(case, name) for name in FIELDS},
        account=account,
        owner=booking.holder,
        team_id=booking.team_id,
        partner_id=booking.holder.partner_id,
        created_at=booking.now,
    )
    save_contact(contact)
    _record(ContactCreated(contact_id=contact.pk), contact, booking)
    return contact


def bring_up_to_date(
    contact: Contact,
    case: Case,
    account: Account | None,
    *,
    version: int,
    decisions: Mapping[str, Decision],
    booking: Booking,
) -> None:
    """
    Write what was decided into a known contact, and keep the other values in its history.

    :raises Undecided: if a field differs and nobody decided
    :raises ChangedMeanwhile: if somebody saved the contact after it was shown
    """
    changes = decide(beside(case, contact, account), decisions)
    written = {c.field: c.value for c in changes if c.is_written}
    fields = {_column(name): _stored(name, value) for name, value in written.items()}
    if fields:
        change(contact, version=version, **fields)
    if changes:
        fact = ContactChanged(contact_id=contact.pk, fields=sorted(written))
        entry = _record(fact, contact, booking)
        _keep(changes, contact, entry, booking.now)


def _keep(changes: Sequence[Change], contact: Contact, entry: Entry, now: datetime) -> None:
    rows = [
        FormerValue(
            record_type="contact",
            record_id=contact.pk,
            field=change.field,
            value=value,
            was_taken=was_taken,
            entry_id=entry.pk,
            at=now,
        )
        for change in changes
        for value, was_taken in ((change.former, True), (change.refused, False))
        if value is not None
    ]
    FormerValue.objects.bulk_create(rows)


def _record(
    fact: AccountCreated | ContactCreated | ContactChanged,
    about: Account | Contact,
    booking: Booking,
) -> Entry:
    return record(fact, about=about, by=booking.by, at=booking.now, act=booking.act)


def _column(name: str) -> str:
    return "account_id" if name == ACCOUNT else name


def _stored(name: str, value: str) -> str | int | None:
    return (int(value) if value else None) if name == ACCOUNT else value


def undo_account(entry: Entry, now: datetime) -> None:
    """Delete an account that acceptance created, if nothing else hangs on it by now."""
    account = Account.objects.filter(pk=entry.about_id).first()
    if account and not account.cases.exists() and not account.contacts.exists():
        forget(MatchKey.Of.ACCOUNT, [account.pk])
        account.delete()


def undo_contact(entry: Entry, now: datetime) -> None:
    """Delete a contact that acceptance created, if nothing else hangs on it by now."""
    contact = Contact.objects.filter(pk=entry.about_id).first()
    if contact and not contact.cases.exists() and not contact.consents.exists():
        forget(MatchKey.Of.CONTACT, [contact.pk])
        contact.delete()


def undo_contact_change(entry: Entry, now: datetime) -> None:
    """Put back what the fields of a contact said before; those that were empty are emptied."""
    contact = Contact.objects.filter(pk=entry.about_id).first()
    kept = FormerValue.objects.filter(entry_id=entry.pk)
    former = dict(kept.filter(was_taken=True).values_list("field", "value"))
    if contact and entry.data["fields"]:
        values = {name: former.get(name, "") for name in entry.data["fields"]}
        fields = {_column(name): _stored(name, value) for name, value in values.items()}
        change(contact, version=contact.version, **fields)
    kept.delete()
