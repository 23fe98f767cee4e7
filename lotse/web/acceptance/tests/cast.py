"""Builders for the tests of offers and the guide: who is asked about what, on the clock of the system."""

from typing import Any

from lotse.kernel import clock
from lotse.lifecycle import loop
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import save_account, save_contact
from lotse.records.cases.models import Case, Inquiry
from lotse.records.cases.services import open_cases
from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer

MESSAGE = (
    "Die alte Ölheizung ist zum dritten Mal ausgefallen. Wir möchten vor dem Winter umsteigen."
)


def an_offered_lead(*, last_name: str = "Hartwig", offered_at: Any = None, **fields: Any) -> Offer:
    """A lead held out to whoever `asked_…` names."""
    now = offered_at or clock.read()
    fields = {
        "first_name": "Sabine",
        "phone": "0431 5550142",
        "email": "s.hartwig@post.example",
        "postcode": "24114",
        "city": "Kiel",
        "country": "DE",
        "subject": "Wärmepumpe",
        **fields,
    }
    [case] = open_cases([
        Case(
            last_name=last_name, stage=Case.Stage.ACCEPTANCE, asked_by_offer=True,
            created_at=now, wake_at=now, **fields,
        )
    ])  # fmt: skip
    Inquiry.objects.create(
        case=case,
        channel=Inquiry.Channel.FORM,
        key=f"form:{case.pk}",
        received_at=now,
        payload={
            "Nachricht": MESSAGE,
            "Wohnfläche": "148 m²",
            "Telefon": case.phone,
            "E-Mail": case.email,
            "Name": f"{case.first_name} {case.last_name}",
        },
    )
    loop.advance([case.pk], now=now)
    return Offer.objects.unanswered().get(case=case)


def an_account(name: str = "Kranbau Ost GmbH", **fields: Any) -> Account:
    return save_account(Account(name=name, created_at=clock.read(), **fields))


def a_contact(first: str = "Sabine", last: str = "Hartwig", **fields: Any) -> Contact:
    contact = Contact(first_name=first, last_name=last, created_at=clock.read(), **fields)
    return save_contact(contact)


def an_open_case(contact: Contact, holder: User, **fields: Any) -> Case:
    [case] = open_cases([
        Case(
            first_name=contact.first_name, last_name=contact.last_name, contact=contact,
            assignee=holder, team=holder.teams.first(), assigned_at=clock.read(),
            stage=Case.Stage.PROCESS, created_at=clock.read(), **fields,
        )
    ])  # fmt: skip
    return case
