"""Builders for the tests of this stage: people who may see leads, rules, leads that want somebody."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lotse.kernel.actors import SYSTEM, Actor, person
from lotse.kernel.moves import Move
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Reason
from lotse.records.journal.models import Entry
from lotse.records.people.models import Membership, Partner, Role, Team, User
from lotse.stages.assignment import services
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.assignment.work import work

NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)
BOSS = SYSTEM


def role(key: str = "rep", see: str = "team") -> Role:
    return Role.objects.get_or_create(
        key=key, defaults={"name_de": key, "name_en": key, "matrix": {"lead": {"see": see}}}
    )[0]


def user(
    name: str, *, team: Team | None = None, roles: Sequence[Role] | None = None, **fields: Any
) -> User:
    made = User.objects.create(
        email=f"{name.lower()}@brise.example", name=name, created_at=NOW, **fields
    )
    made.roles.set([role()] if roles is None else roles)
    if team:
        Membership.objects.create(user=made, team=team, is_main=True)
    return made


def team_of(*names: str, called: str = "North", **fields: Any) -> tuple[Team, list[User]]:
    team = Team.objects.create(name=called)
    return team, [user(name, team=team, **fields) for name in names]


def partner(name: str = "Dressler", *members: str, **fields: Any) -> Partner:
    made = Partner.objects.create(name=name, **fields)
    for member in members:
        user(member, partner=made)
    return made


def manager(name: str = "Mara") -> User:
    return user(name, roles=[role("sales_manager", see="all")])


def rule_for(to: Team | User | Partner | None = None, **fields: Any) -> AssignmentRule:
    targets: dict[type | None, dict[str, Any]] = {
        Team: {"target": "team", "target_team": to},
        User: {"target": "user", "target_user": to},
        Partner: {"target": "partner", "target_partner": to},
    }
    fields = {**targets.get(type(to), {}), **fields}
    return services.save_rule(rule=AssignmentRule(**fields), by=BOSS, now=NOW)


def lead(**fields: Any) -> Case:
    fields = {"last_name": "Hartwig", "stage": Case.Stage.ASSIGNMENT, "wake_at": NOW, **fields}
    return Case.objects.create(created_at=NOW, **fields)


def leads(number: int, **fields: Any) -> list[Case]:
    return [lead(**fields) for _ in range(number)]


def held(by: User, **fields: Any) -> Case:
    fields = {"stage": Case.Stage.PROCESS, "assigned_at": NOW, "partner": by.partner, **fields}
    return lead(assignee=by, **fields)


def lost() -> dict[str, Any]:
    reason, _ = Reason.objects.get_or_create(use="lost", key="none", name_de="Kein Interesse")
    return {"closed_at": NOW, "outcome": "lost", "lost_reason": reason}


def come(*cases: Case, now: datetime = NOW) -> dict[int, Move]:
    """Let leads come to the stage together, as a batch."""
    fresh = list(Case.objects.filter(pk__in=[c.pk for c in cases]).order_by("pk"))
    moves = dict(work(fresh, now=now))
    for case in cases:
        case.refresh_from_db()
    return moves


def asked(*cases: Case) -> list[str]:
    """Return the names of whom the leads were held out or given to."""
    return [
        str(c.asked_person or c.asked_team or c.asked_partner or c.assignee or "") for c in cases
    ]


def why(case: Case) -> list[str]:
    """Return the codes of the reasons of the newest decision."""
    entry = Entry.objects.about(case).order_by("id").last()
    return [r.code for r in entry.because] if entry else []


def acting(who: User) -> Actor:
    return person(who.pk)
