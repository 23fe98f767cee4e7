"""Builders for tests of pages: people in preset roles, a process, cases they hold."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lotse.access.policy import PRESETS
from lotse.access.telling.when import Reader
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.catalog.models import Phase, Process
from lotse.records.people.models import Membership, Partner, Role, Team, User

# A Tuesday, 10:42 in Berlin.
NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def reader(language: str = "de", zone: ZoneInfo = BERLIN, now: datetime = NOW) -> Reader:
    return Reader(language, zone, now)


def somebody(
    name: str, *roles: str, team: Team | None = None, partner: Partner | None = None, **more: Any
) -> User:
    email = f"{name.lower().replace(' ', '.')}@brise.example"
    user = User.objects.create_user(email, None, name=name, created_at=NOW, partner=partner, **more)
    for key in roles:
        de, en, matrix, rights = PRESETS[key]
        role, _ = Role.objects.get_or_create(
            key=key, defaults={"name_de": de, "name_en": en, "matrix": matrix, "rights": rights}
        )
        user.roles.add(role)
    if team:
        Membership.objects.create(user=user, team=team, is_main=True)
    return user


def a_process(kind: str = "lead", **more: Any) -> Process:
    """A process of three phases: two days, five days, no end."""
    process = Process.objects.create(
        key=f"heat-{kind}",
        name_de="Wärmepumpe privat",
        name_en="Heat pump, private",
        kind=kind,
        **more,
    )
    names = [
        ("Kontaktieren", "Contact", 2),
        ("Bedarf klären", "Clarify needs", 5),
        ("Entscheidung", "Decision", None),
    ]
    for position, (de, en, days) in enumerate(names):
        Phase.objects.create(
            process=process,
            position=position,
            name_de=de,
            name_en=en,
            duration_number=days,
            duration_unit="day" if days else "",
            colour=str(position + 1),
        )
    return process


def a_lead(last_name: str = "Steinmann", *, holder: User | None = None, **fields: Any) -> Case:
    """A lead; held by `holder`, if there is one."""
    fields.setdefault("created_at", NOW)
    if holder:
        team = holder.teams.first()
        fields = {
            "assignee": holder, "team": team, "partner_id": holder.partner_id, "assigned_at": NOW,
            "stage": Case.Stage.PROCESS, **fields,
        }  # fmt: skip
    [case] = open_cases([Case(last_name=last_name, **fields)])
    return case
