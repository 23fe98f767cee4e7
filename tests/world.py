"""The cast of the stories, the little company they work for, and time that passes on command."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lotse.access.policy import PRESETS
from lotse.kernel.actors import Actor, person
from lotse.lifecycle import loop, undo
from lotse.records.activities import services as activities
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.catalog.models import LeadType, Phase, Process, Reason
from lotse.records.journal.models import Act, Entry
from lotse.records.people.models import Membership, Partner, Role, Team, User

MONDAY = "2026-03-02 09:00"


def at(text: str) -> datetime:
    """Read "2026-03-02 09:00" as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class World:
    """
    A company with two reps, a manager and a sales partner, one process for leads and one for opportunities.

    Anna and Ben sell in team South, Carla manages them, Ines administers, Ole works for the partner
    Dressler. A lead is to be contacted within two days and qualified within a week.
    """

    def __init__(self, now: str = MONDAY) -> None:
        self.now = at(now)
        self.roles = _make_roles()
        self.south = Team.objects.create(name="South")
        self.dressler = Partner.objects.create(name="Dressler")
        self.anna = self.person("Anna Arndt", "sales_rep", team=self.south)
        self.ben = self.person("Ben Brandt", "sales_rep", team=self.south, language="en")
        self.carla = self.person("Carla Claus", "sales_manager")
        self.ines = self.person("Ines Ihle", "administrator")
        self.ole = self.person("Ole Dressler", "partner_user", partner=self.dressler)
        self.process = self._make_process("lead", "Leads")
        self.contacting, self.qualifying = self._make_phases(self.process)
        self.sales = self._make_process("opportunity", "Verkaufschancen")
        self.offering = self.sales.phases.create(position=1, name_de="Angebot", name_en="Quote")
        self.test_drive = LeadType.objects.create(
            key="test-drive", name_de="Probefahrt", is_default=True
        )
        self.not_interested = Reason.objects.create(
            use=Reason.Use.LOST, key="not-interested", name_de="Kein Interesse"
        )

    # The cast and their leads

    def person(self, name: str, role: str, *, team: Team | None = None, **fields: Any) -> User:
        email = f"{name.split(maxsplit=1)[0].lower()}@lotse.example"
        user = User.objects.create_user(email, None, name=name, created_at=self.now, **fields)
        user.roles.add(self.roles[role])
        if team:
            Membership.objects.create(user=user, team=team, is_main=True)
        return user

    def lead_of(self, user: User, **fields: Any) -> Case:
        """Open a lead that this person holds from now on."""
        values: dict[str, Any] = {
            "first_name": "Sabine",
            "last_name": "Hartwig",
            "stage": Case.Stage.PROCESS,
            "lead_type": self.test_drive,
            "assignee": user,
            "partner": user.partner,
            "assigned_at": self.now,
            **fields,
        }
        (case,) = open_cases([Case(created_at=self.now, wake_at=self.now, **values)])
        self.go_on(case)
        return case

    def leads_of(self, user: User, count: int) -> list[Case]:
        return [self.lead_of(user, last_name=f"Lead {n}") for n in range(count)]

    def task(self, case: Case, *, due_on: str, by: User | None = None) -> Any:
        """Let the assignee, or somebody else, create a task."""
        user = by or self._holder(case)
        task = activities.create_task(
            case=case, title="Anrufen", due_on=date.fromisoformat(due_on), assignee=user,
            by=person(user.pk), now=self.now,
        )  # fmt: skip
        self.go_on(case)
        return task

    def appointment(self, case: Case, *, starts: str, hours: int = 1) -> Any:
        user = self._holder(case)
        appointment = activities.enter_appointment(
            case=case, title="Besuch", starts_at=at(starts),
            ends_at=at(starts) + timedelta(hours=hours), assignee=user, by=person(user.pk),
            now=self.now,
        )  # fmt: skip
        self.go_on(case)
        return appointment

    # Time

    def go_on(self, *cases: Case) -> None:
        """Let cases go on as after somebody's act, and read them again."""
        loop.advance([case.pk for case in cases], now=self.now)
        for case in cases:
            case.refresh_from_db()

    def time_passes(self, *, until: str) -> None:
        """Let the worker do what is due, moment by moment."""
        end = at(until)
        self._work()
        for moment in self._moments(end):
            self.now = moment
            self._work()
        self.now = end
        self._work()

    def _work(self) -> None:
        while loop.advance_due(now=self.now):
            pass

    def _moments(self, end: datetime) -> Iterator[datetime]:
        while (moment := self._next_moment()) is not None and moment < end:
            yield moment

    def _next_moment(self) -> datetime | None:
        waking = Case.objects.filter(wake_at__gt=self.now).order_by("wake_at")
        return waking.values_list("wake_at", flat=True).first()

    # What became of it

    def history(self, case: Case) -> list[str]:
        """Return the kinds of what happened to a case, oldest first."""
        return list(Entry.objects.about(case).order_by("id").values_list("kind", flat=True))

    def undo(self, act: Act | None, *, by: User) -> None:
        assert act is not None
        act.refresh_from_db()
        loop.advance(undo.undo(act=act, by=person(by.pk), now=self.now), now=self.now)

    def _holder(self, case: Case) -> User:
        assert case.assignee is not None
        return case.assignee

    def _make_process(self, kind: str, name: str) -> Process:
        return Process.objects.create(key=kind, kind=kind, name_de=name)

    def _make_phases(self, process: Process) -> Sequence[Phase]:
        contacting = process.phases.create(
            position=1, name_de="Kontaktieren", name_en="Contact", duration_number=2,
            duration_unit="day",
        )  # fmt: skip
        qualifying = process.phases.create(
            position=2, name_de="Qualifizieren", name_en="Qualify", duration_number=1,
            duration_unit="week",
        )  # fmt: skip
        process.phases.create(position=3, name_de="Erfolgreich", kind="won", colour="won")
        process.phases.create(position=4, name_de="Erfolglos", kind="lost", colour="lost")
        return contacting, qualifying


def acting(user: User) -> Actor:
    return person(user.pk)


def _make_roles() -> dict[str, Role]:
    return {
        key: Role.objects.create(key=key, name_de=de, name_en=en, matrix=matrix, rights=rights)
        for key, (de, en, matrix, rights) in PRESETS.items()
    }
