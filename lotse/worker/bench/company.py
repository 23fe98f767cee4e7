"""The company that is measured: twenty people in one team, one process, one rule for everything."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection, transaction

from lotse.access import presets
from lotse.kernel.actors import SYSTEM
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.catalog.models import (
    Campaign,
    LeadSource,
    LeadType,
    Phase,
    Process,
    Product,
    Reason,
)
from lotse.records.people.models import Membership, Role, Team, User
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.assignment.rules import Strategy, Target
from lotse.worker.bench.leads import Lead, leads

PEOPLE = 20
BATCH = 5000
PHASES = 6


@dataclass
class Company:
    """Who works there and how, as the benchmarks need it."""

    manager: User
    people: list[User]
    team: Team
    process: Process
    phases: list[Phase]
    lead_type: LeadType
    lost: Reason
    # How many cases there were when measuring began.
    size: int = 0
    _products: dict[str, Product] = field(default_factory=dict)
    _sources: dict[str, LeadSource] = field(default_factory=dict)
    _campaigns: dict[str, Campaign] = field(default_factory=dict)

    def case(self, lead: Lead, **fields: object) -> Case:
        """Return a case as a generated lead says, not saved."""
        names = ("first_name", "last_name", "company", "email", "phone", "postcode", "city", "country", "external_id")  # fmt: skip
        return Case(
            **{name: lead[name] for name in names},
            created_at=datetime.fromisoformat(lead["created_at"]),
            value=lead["value"] or None,
            lead_type=self.lead_type,
            product=self._product(lead["product"]),
            source=self._source(lead["source"]),
            campaign=self._campaign(lead["campaign"]),
            **fields,
        )

    def _product(self, name: str) -> Product:
        if name not in self._products:
            self._products[name] = Product.objects.create(name=name)
        return self._products[name]

    def _source(self, key: str) -> LeadSource:
        if key not in self._sources:
            self._sources[key] = LeadSource.objects.create(key=key, name=key)
        return self._sources[key]

    def _campaign(self, name: str) -> Campaign | None:
        if name and name not in self._campaigns:
            self._campaigns[name] = Campaign.objects.create(name=name)
        return self._campaigns.get(name)


@transaction.atomic
def found(*, now: datetime) -> Company:
    """Found the company in an empty database."""
    presets.install()
    roles = {role.key: role for role in Role.objects.all()}
    team = Team.objects.create(name="Sales")
    manager = User.objects.create_user(
        "manager@bench.example", None, name="Manager", created_at=now
    )
    manager.roles.add(roles["administrator"])
    people = []
    for n in range(PEOPLE):
        one = User.objects.create_user(
            f"p{n}@bench.example", None, name=f"Person {n:02}", created_at=now
        )
        one.roles.add(roles["sales_rep"])
        Membership.objects.create(user=one, team=team, is_main=True)
        people.append(one)
    process = Process.objects.create(key="leads", kind="lead", name_de="Leads", name_en="Leads")
    phases = [
        process.phases.create(position=n, name_de=f"Phase {n}", duration_number=30, duration_unit="day", colour=str(n + 1))
        for n in range(PHASES)
    ]  # fmt: skip
    lead_type = LeadType.objects.create(key="lead", name_de="Anfrage", is_default=True)
    lost = Reason.objects.create(use=Reason.Use.LOST, key="none", name_de="Kein Interesse")
    rule = AssignmentRule(
        name_de="Alle",
        target=Target.TEAM,
        target_team=team,
        strategy=Strategy.ROUND_ROBIN,
        by_offer=False,
    )
    assignment.save_rule(rule=rule, by=SYSTEM, now=now)
    return Company(manager, people, team, process, phases, lead_type, lost)


def fill(company: Company, count: int, *, now: datetime) -> None:
    """Write generated leads as they would stand after two years: a third active, the others done."""
    company.size = count
    rng = random.Random(1)
    rows = leads(count, end=now)
    while some := list(_cases(company, islice(rows, BATCH), rng, now=now)):
        with transaction.atomic():
            open_cases(some)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _cases(
    company: Company, rows: Iterator[Lead], rng: random.Random, *, now: datetime
) -> Iterator[Case]:
    for lead in rows:
        case = company.case(lead, assignee=rng.choice(company.people), team=company.team)
        case.assigned_at = case.accepted_at = case.created_at
        case.process, case.phase = company.process, rng.choice(company.phases)
        case.score = rng.randrange(100)
        if rng.random() < 0.33:
            # Within the last weeks: some near their end, none overdue yet.
            entered = now - timedelta(days=rng.randrange(1, 29), minutes=rng.randrange(60))
            case.stage = Case.Stage.PROCESS
            case.phase_entered_at = case.clock_from = entered
            case.due_at = case.overdue_at = case.wake_at = entered + timedelta(days=30)
        else:
            case.stage, case.closed_at = Case.Stage.DONE, case.created_at + timedelta(days=9)
            case.outcome, case.lost_reason = Case.Outcome.LOST, company.lost
        yield case
