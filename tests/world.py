"""The cast of the stories, the little company they work for, and time that passes on command."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import uuid4

from django.db.models import Min

from lotse.access.policy import PRESETS
from lotse.kernel.actors import Actor, person
from lotse.lifecycle import loop, undo
from lotse.mails.table import KINDS
from lotse.records.activities import services as activities
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.catalog.models import LeadType, Phase, Process, Reason
from lotse.records.journal.models import Act, Entry
from lotse.records.outbox.mail.letters import Letter
from lotse.records.outbox.mail.smtp import Answer
from lotse.records.outbox.models import Message
from lotse.records.outbox.rules import Outcome
from lotse.records.outbox.sending import send_due
from lotse.records.people.models import Membership, Partner, Role, Team, User
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Offer
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.intake.services import Arrival, receive
from lotse.stages.process import services as process
from lotse.stages.process.queries import get_run

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
        self.post = PostOffice()
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
        self.too_far = Reason.objects.create(
            use=Reason.Use.DECLINED, key="too-far", name_de="Zu weit weg", name_en="Too far away"
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

    def lead_arrives(self, **fields: Any) -> Case:
        """Let somebody ask us, in fields as they come in, and let the lead go on."""
        said = {"first_name": "Sabine", "last_name": "Hartwig", **fields}
        arrival = Arrival(key=uuid4().hex, channel="api", payload=said, fields=said)
        [received] = receive([arrival], by=acting(self.ines), now=self.now)
        case = Case.objects.get(pk=received.case_id or 0)
        self.go_on(case)
        return case

    def team_is_asked(self, team: Team) -> AssignmentRule:
        """Let a rule hold leads out to one after the other of a team."""
        rule = AssignmentRule(target="team", target_team=team, strategy="round_robin")
        return assignment.save_rule(rule=rule, by=acting(self.ines), now=self.now)

    def asked(self, lead: Case) -> User | None:
        """Return who is asked about a lead at this moment."""
        lead.refresh_from_db()
        offer = Offer.objects.standing(self.now).filter(case=lead).first()
        assert (offer.person if offer else None) == lead.asked_person
        return lead.asked_person

    def accept(self, lead: Case, *, by: User) -> None:
        acceptance.accept(
            case=Case.objects.get(pk=lead.pk),
            choices=acceptance.Choices(assignee=by, creates_contact=True),
            by=person(by.pk),
            now=self.now,
            offer=Offer.objects.filter(case=lead).latest("pk"),
        )
        self.go_on(lead)

    def decline(self, lead: Case, *, by: User) -> None:
        acceptance.decline(
            offer=Offer.objects.standing(self.now).get(case=lead),
            reason=self.too_far,
            by=person(by.pk),
            now=self.now,
        )
        self.go_on(lead)

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
        self.work()
        for moment in self._moments(end):
            self.now = moment
            self.work()
        self.now = end
        self.work()

    def work(self) -> None:
        """Let the worker do what is due at this moment."""
        while loop.advance_due(now=self.now):
            pass
        process.run_due(now=self.now)
        while self.send():
            pass

    def send(self) -> int:
        """Send what is due in the outbox; return how many messages were looked at."""
        return send_due(now=self.now, kinds=KINDS, transport=self.post)

    def _moments(self, end: datetime) -> Iterator[datetime]:
        while (moment := self._next_moment()) is not None and moment < end:
            yield moment

    def _next_moment(self) -> datetime | None:
        waking = Case.objects.filter(wake_at__gt=self.now).aggregate(at=Min("wake_at"))
        waiting = Message.objects.filter(state="ready", not_before__gt=self.now)
        sending = Message.objects.filter(state="sending", lease_until__gt=self.now)
        run = get_run()
        moments = (
            waking["at"],
            waiting.aggregate(at=Min("not_before"))["at"],
            sending.aggregate(at=Min("lease_until"))["at"],
            run.moment_of(run.first_day_from(self.now + timedelta(microseconds=1))),
        )
        return min(moment for moment in moments if moment is not None)

    # What became of it

    def history(self, case: Case) -> list[str]:
        """Return the kinds of what happened to a case, oldest first."""
        return list(Entry.objects.about(case).order_by("id").values_list("kind", flat=True))

    def mails(self, to: User | None = None) -> list[EmailMessage]:
        """Return the mails that arrived, oldest first; all, or those of one person."""
        return [m for m in self.post.arrived if to is None or to.email in str(m["To"])]

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


class PostOffice:
    """The edge of the system in stories: a mail server that answers what the story says."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        # What it answers next; after that it takes every letter.
        self.answers: list[Answer] = []

    def send(self, letter: Letter) -> Answer:
        answer = self.answers.pop(0) if self.answers else Answer(Outcome.SENT, "250 OK")
        if answer.outcome in {Outcome.SENT, Outcome.UNKNOWN}:
            self.arrived.append(message_from_bytes(letter.data, policy=default))
        return answer

    def close(self) -> None:
        """Nothing is held open."""


def acting(user: User) -> Actor:
    return person(user.pk)


def _make_roles() -> dict[str, Role]:
    return {
        key: Role.objects.create(key=key, name_de=de, name_en=en, matrix=matrix, rights=rights)
        for key, (de, en, matrix, rights) in PRESETS.items()
    }
