"""Leads as machines bring them in, and what matching and the guide make of them."""

from typing import Any
from uuid import uuid4

from lotse.kernel.actors import SYSTEM
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import save_account, save_contact
from lotse.records.cases.models import Case, Inquiry
from lotse.stages.acceptance.queries.guide import Answers, Guide, get_guide
from lotse.stages.intake import services as intake
from tests.world import World


def arrive(world: World, *leads: dict[str, Any]) -> list[Case]:
    """Let leads come in as one batch, and go on as far as they go by themselves."""
    arrivals = [
        intake.Arrival(key=uuid4().hex, channel=Inquiry.Channel.API, payload=fields, fields=fields)
        for fields in leads
    ]
    received = intake.receive(arrivals, by=SYSTEM, now=world.now)
    assert [one.faults for one in received] == [()] * len(leads)
    cases = Case.objects.in_bulk([one.case_id for one in received])
    found = [cases[one.case_id] for one in received if one.case_id]
    world.go_on(*found)
    return found


def account(world: World, name: str, **fields: Any) -> Account:
    return save_account(Account(name=name, country="DE", created_at=world.now, **fields))


def contact(world: World, first_name: str, last_name: str, **fields: Any) -> Contact:
    values = {"first_name": first_name, "last_name": last_name, **fields}
    return save_contact(Contact(created_at=world.now, **values))


def guide_of(case: Case) -> Guide:
    """Return what the guide asks somebody who may see everything."""
    return get_guide(case, Answers(), see=lambda among: among)
