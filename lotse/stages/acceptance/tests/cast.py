"""Builders for the tests of the stage: a team, a partner, leads they are asked about."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from lotse.kernel.moves import Move
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import save_account, save_contact
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.catalog.models import LeadType, Reason
from lotse.records.people.models import Membership, OpeningHours, Partner, Team, User
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.work import work

# A Tuesday, 10:42 in Berlin.
NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)

OFFICE = {str(day): [["09:00", "17:00"]] for day in range(5)}


def hours(week: dict[str, Any] | None = None, name: str = "Office") -> OpeningHours:
    return OpeningHours.objects.create(name=name, zone="Europe/Berlin", week=week or OFFICE)


def somebody(
    name: str, *, team: Team | None = None, partner: Partner | None = None, **more: Any
) -> User:
    email = f"{name.lower()}@brise.example"
    user = User.objects.create_user(email, None, name=name, created_at=NOW, partner=partner, **more)
    if team:
        Membership.objects.create(user=user, team=team, is_main=True)
    return user


def a_lead(last_name: str = "Hartwig", **fields: Any) -> Case:
    """A lead that has come to this stage; `asked_…` says who is asked, by offer unless said otherwise."""
    is_asked = any(name.startswith("asked_") for name in fields)
    fields = {
        "created_at": NOW,
        "stage": Case.Stage.ACCEPTANCE,
        "wake_at": NOW,
        "asked_by_offer": is_asked,
        **fields,
    }
    [case] = open_cases([Case(last_name=last_name, **fields)])
    return case


def advance(*cases: Case, now: datetime = NOW) -> Mapping[int, Move]:
    """Let the stage look at cases, as the loop does it, and read them anew."""
    with transaction.atomic():
        due = Case.objects.select_for_update().filter(pk__in=[c.pk for c in cases])
        moves = work(list(due.order_by("id")), now=now)
    for case in cases:
        case.refresh_from_db()
    return moves


def an_offer(case: Case, *, now: datetime = NOW) -> Offer:
    """Hold a lead out, as the stage does it."""
    advance(case, now=now)
    return Offer.objects.unanswered().get(case=case)


def an_account(name: str = "Kranbau Ost GmbH", **fields: Any) -> Account:
    return save_account(Account(name=name, created_at=NOW, **fields))


def a_contact(first: str = "Uwe", last: str = "Lenz", **fields: Any) -> Contact:
    return save_contact(Contact(first_name=first, last_name=last, created_at=NOW, **fields))


def a_type(**fields: Any) -> LeadType:
    fields = {"key": "quote", "name_de": "Angebot", "is_default": True, **fields}
    return LeadType.objects.create(**fields)


def a_reason(key: str = "full") -> Reason:
    return Reason.objects.create(use=Reason.Use.DECLINED, key=key, name_de="Keine Kapazität")


def choices(assignee: User, **more: Any) -> acceptance.Choices:
    more = {"creates_contact": "contact" not in more and "attach_to" not in more, **more}
    return acceptance.Choices(assignee=assignee, **more)
