"""Leads arrive, by whatever door: once each, with whom they are from, at the desk of the right person."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotse.kernel.actors import SYSTEM
from lotse.lifecycle import loop
from lotse.records.accounts.models import Account
from lotse.records.accounts.services import save_account
from lotse.records.cases.models import Case, Inquiry
from lotse.records.catalog.models import Product
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.intake import services as intake
from tests.world import World

pytestmark = pytest.mark.django_db
SABINE = {"first_name": "Sabine", "last_name": "Hartwig", "email": "sabine@hartwig.example"}


@pytest.fixture
def world() -> World:
    return World()


def arrive(world: World, *rows: dict[str, Any], name: str = "row") -> list[Case]:
    """Let rows come in together and go all the way; return their cases, None left out."""
    arrivals = [
        intake.Arrival(key=f"{name}-{n}", channel="api", payload=row, fields=row)
        for n, row in enumerate(rows)
    ]
    received = intake.receive(arrivals, by=SYSTEM, now=world.now)
    ids = [r.case_id for r in received if r.case_id]
    loop.advance(ids, now=world.now)
    return [Case.objects.get(pk=pk) for pk in ids]


def rule(world: World, **fields: Any) -> None:
    assignment.save_rule(rule=AssignmentRule(**fields), by=SYSTEM, now=world.now)


def test_a_stranger_is_offered_to_the_team_that_sells_here(world: World) -> None:
    rule(world, target="team", target_team=world.south)

    [lead] = arrive(world, SABINE)

    assert lead.stage == Case.Stage.ACCEPTANCE
    assert lead.asked_person in {world.anna, world.ben}
    assert world.history(lead)[:3] == ["intake.arrived", "matching.matched", "assignment.asked"]
    assert len(world.mails()) == 0
    world.work()
    assert len(world.mails(lead.asked_person)) == 1


def test_a_lead_of_a_known_company_goes_to_whoever_looks_after_it(world: World) -> None:
    rule(world, target="owner")
    rule(world, target="team", target_team=world.south)
    account = Account(name="Müller GmbH", postcode="70173", owner=world.ben, created_at=world.now)
    save_account(account)

    [lead] = arrive(world, {"company": "Mueller Gesellschaft mit beschränkter Haftung", "postcode": "70173"})  # fmt: skip

    assert lead.known_account == account
    assert lead.asked_person == world.ben
    account.refresh_from_db()
    assert account.name == "Müller GmbH"


def test_who_asks_again_joins_the_case_and_its_holder_is_told(world: World) -> None:
    lead = world.lead_of(world.anna, **SABINE)

    [again] = arrive(world, {**SABINE, "email": " SABINE@Hartwig.example"})

    assert (again.joined_to, again.stage) == (lead, Case.Stage.DONE)
    assert world.history(lead)[-1] == "matching.inquiry_joined"
    assert world.anna.notices.get().kind == "matching.inquiry_joined"


def test_who_asks_for_something_else_is_a_lead_of_their_own(world: World) -> None:
    for name in ("Thermo 9", "Sol 15"):
        Product.objects.create(name=name)

    heat, solar, own_words, other_words = arrive(
        world,
        {**SABINE, "product": "Thermo 9"},
        {**SABINE, "product": "sol 15"},
        {**SABINE, "product": "Wallbox"},
        {**SABINE, "product": "Klimaanlage"},
    )

    assert {c.joined_to for c in (heat, solar, own_words, other_words)} == {None}


def test_nobody_to_ask_leaves_it_in_the_pool(world: World) -> None:
    [lead] = arrive(world, SABINE)

    assert lead.stage == Case.Stage.ASSIGNMENT
    assert world.history(lead)[-1] == "assignment.sent_to_pool"


def test_a_hundred_leads_take_as_many_queries_as_ten(world: World) -> None:
    rule(world, target="team", target_team=world.south)

    def queries(count: int, name: str) -> int:
        rows = [
            {"last_name": f"{name}{n}", "email": f"{n}@{name}.example", "product": "Thermo 9"}
            for n in range(count)
        ]
        with CaptureQueriesContext(connection) as captured:
            intake.receive(
                [
                    intake.Arrival(key=f"{name}{n}", channel="file", payload=row, fields=row)
                    for n, row in enumerate(rows)
                ],
                by=SYSTEM,
                now=world.now,
            )
            loop.advance_due(now=world.now)
        # How many rows one statement takes is the database's own affair.
        return len({q["sql"][:60] for q in captured.captured_queries if "INSERT" in q["sql"]}) + len(
            [q for q in captured.captured_queries if "INSERT" not in q["sql"]]
        )  # fmt: skip

    queries(10, "warm")
    assert queries(10, "few") == queries(100, "many")
    assert Case.objects.filter(stage=Case.Stage.ACCEPTANCE).count() == 120


ROWS = st.sampled_from(
    [
        {"last_name": "Petersen", "email": "p@petersen.example"},
        {"last_name": "PETERSEN", "email": "P@Petersen.example "},
        {"last_name": "Petersen", "email": "p@petersen.example", "product": "Wallbox"},
        {"company": "Bau AG"},
        {"phone": "0171 6783154", "last_name": "Vogt"},
        {"phone": "+49 171 678 31 54", "last_name": "Vogt"},
        {"city": "Kiel"},
        {"last_name": "Lenz", "email": "no address"},
    ]
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.tuples(st.integers(0, 8), ROWS), max_size=6), max_size=3))
def test_whatever_arrives_the_parts_add_up(
    world: World, batches: Sequence[Sequence[tuple[int, dict[str, Any]]]]
) -> None:
    Inquiry.objects.all().delete()
    Case.objects.filter(joined_to__isnull=False).delete()
    Case.objects.all().delete()
    parts: Counter[str] = Counter()

    for batch in batches:
        arrivals = [
            intake.Arrival(key=str(key), channel="file", payload=row, fields=row)
            for key, row in batch
        ]
        received = intake.receive(arrivals, by=SYSTEM, now=world.now)
        loop.advance([r.case_id for r in received if r.case_id], now=world.now)
        parts["rows"] += len(batch)
        parts["already_there"] += sum(not r.is_new for r in received)
        parts["set_aside"] += sum(bool(r.faults) for r in received if r.is_new)

    parts["joined"] = Case.objects.filter(outcome="joined").count()
    parts["cases"] = Case.objects.standing().count()
    assert parts["rows"] == sum(n for name, n in parts.items() if name != "rows")
    # Each inquiry that could be a lead hangs on one that stands.
    hanging = Inquiry.objects.filter(case__in=Case.objects.standing()).count()
    assert hanging == parts["cases"] + parts["joined"]
    assert Inquiry.objects.filter(case=None).count() == parts["set_aside"]
