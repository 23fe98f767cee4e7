"""A small company with a record of each kind, for pages to be opened with."""

from datetime import timedelta
from typing import Any

from lotse.kernel import clock
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import save_account, save_contact
from lotse.records.activities import services as activities
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.catalog.models import SalesArea
from lotse.records.outbox.models import Suppression
from lotse.records.people.keys import create_key
from lotse.records.people.models import Absence, OpeningHours, Partner, Team
from lotse.stages.acceptance.models import Offer
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.assignment.rules import Strategy, Target
from lotse.stages.closing import services as closing
from lotse.stages.intake.files import services as files
from lotse.stages.intake.files.running import Run, claim
from lotse.stages.intake.models import Import
from tests.world import World, acting


class Company(World):
    """
    The world of the stories as it stands this moment, with leads in every state.

    Ines administers, sees everything, and is asked about one lead; all others are offered to the
    partner Dressler by a rule.
    """

    def __init__(self) -> None:
        super().__init__(now=clock.read().isoformat(timespec="minutes")[:16])
        self.north = Team.objects.create(name="North")
        self.tietjen = Partner.objects.create(name="Tietjen")
        self.dora = self.person("Dora Dietz", "sales_rep", team=self.north)
        self.mia = self.person("Mia Moser", "marketing")
        self.ruth = self.person("Ruth Sander", "auditor")
        self.paul = self.person("Paul Dressler", "partner_manager", partner=self.dressler)
        self.bernd = self.person("Bernd Tietjen", "partner_user", partner=self.tietjen)
        self.account = self._account()
        self.contact = self._contact()
        self.new_leads = self.leads_arrive("Behrens", "Cordes", "Detjen")
        self.lead = self._lead_in_work()
        self.opportunity = self._opportunity()
        self.rule = self.rule_for(target=Target.USER.value, target_user=self.ines)
        [self.asked_of_ines] = self.leads_arrive("Hartwich", company="Kranbau Ost Gesellschaft mbH")
        assignment.switch_rule(rule=self.rule, is_on=False, by=acting(self.ines), now=self.now)
        self.rule_for(
            target=Target.PARTNER.value,
            target_partner=self.dressler,
            strategy=Strategy.WHOLE.value,
        )
        self.rule_for(
            target=Target.TEAM.value,
            target_team=self.north,
            conditions=[{"field": "language", "op": "is", "value": "en"}],
        )
        [self.offered] = self.leads_arrive("Ehlers")
        self.area = SalesArea.objects.create(
            partner=self.tietjen, country="DE", postcode_from="20", postcode_until="29"
        )
        self.hours = OpeningHours.objects.create(
            name="Büro", zone="Europe/Berlin", week={"0": [["09:00", "17:00"]]}
        )
        self.suppression = Suppression.objects.create(
            address="gone@dressler.example", since=self.now, answer="5.1.1 no such user"
        )
        self.closed_day = self.hours.closed_days.create(
            day=self.now.date() + timedelta(days=30), name="Betriebsausflug"
        )
        self.absence = Absence.objects.create(
            user=self.ines,
            from_on=self.now.date() + timedelta(days=30),
            until_on=self.now.date() + timedelta(days=40),
        )
        self.key, _secret = create_key(name="ERP", role=self.roles["auditor"], now=self.now)
        self.draft = self._file("Name;E-Mail;PLZ\nJurek Sommer;sommer@example.com;28195\n;;28195\n")
        self.imported = self._imported(
            "Name;E-Mail\nKim Tamm;tamm@example.com\nUrs Voss;kein-mail\n"
        )

    def leads_arrive(self, *names: str, **fields: Any) -> list[Case]:
        """Open leads that nobody was asked about yet, and let them go on."""
        known: dict[str, Any] = {
            "first_name": "Heike", "phone": "+49 421 5550100", "postcode": "28195", "city": "Bremen",
            "country": "DE", "stage": Case.Stage.ASSIGNMENT, "lead_type": self.test_drive,
            "created_at": self.now, "wake_at": self.now, **fields,
        }  # fmt: skip
        cases = open_cases(
            [Case(last_name=name, email=f"{name.lower()}@example.com", **known) for name in names]
        )
        self.go_on(*cases)
        return cases

    def rule_for(self, **fields: Any) -> AssignmentRule:
        rule = AssignmentRule(**fields)
        return assignment.save_rule(rule=rule, by=acting(self.ines), now=self.now)

    def offer_of(self, case: Case) -> Offer:
        return Offer.objects.standing(self.now).get(case=case)

    def _account(self) -> Account:
        account = Account(
            name="Kranbau Ost GmbH", city="Bremen", postcode="28195", country="DE",
            owner=self.anna, created_at=self.now,
        )  # fmt: skip
        return save_account(account)

    def _contact(self) -> Contact:
        contact = Contact(
            first_name="Sabine", last_name="Hartwig", email="hartwig@example.com",
            account=self.account, owner=self.anna, created_at=self.now,
        )  # fmt: skip
        return save_contact(contact)

    def _lead_in_work(self) -> Case:
        lead = self.lead_of(self.anna, team=self.south, account=self.account, contact=self.contact)
        self.finished_task = self.task(lead, due_on=self.in_days(1))
        activities.finish_task(task=self.finished_task, by=acting(self.anna), now=self.now)
        self.open_task = self.task(lead, due_on=self.in_days(2))
        self.visit = self.appointment(lead, starts=f"{self.in_days(3)} 09:00")
        activities.write_note(
            case=lead, text="Möchte zuerst telefonieren.", by=acting(self.anna), now=self.now
        )
        lead.refresh_from_db()
        return lead

    def _opportunity(self) -> Case:
        won = self.lead_of(self.ben, last_name="Finke")
        self.winning = closing.close_won(case=won, by=acting(self.ben), now=self.now)
        self.go_on(won)
        return Case.objects.opportunities().get()

    def _file(self, text: str) -> Import:
        return files.take(
            chunks=[text.encode()], name="messe.csv", by=acting(self.ines), now=self.now
        )

    def _imported(self, text: str) -> Import:
        one = self._file(text)
        files.start(one, by=acting(self.ines), now=self.now)
        claim(one, now=self.now)
        one.refresh_from_db()
        run = Run(one)
        while not run.step(now=self.now).is_last:
            continue
        one.refresh_from_db()
        return one

    def in_days(self, days: int) -> str:
        return (self.now + timedelta(days=days)).date().isoformat()
