"""How the people of the demo company answer: they accept, decline, or let an offer run out."""

from datetime import datetime, timedelta

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer, get_viewer
from lotse.kernel.actors import person
from lotse.lifecycle import loop
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Reason
from lotse.records.people.models import User
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.guide import Answers, Guide, get_guide
from lotse.stages.acceptance.rules.fields import Decision, Source
from lotse.stages.acceptance.rules.steps import Choice, Result
from lotse.stages.acceptance.services import Choices
from lotse.stages.assignment import services as assignment
from lotse.worker.demo import words
from lotse.worker.demo.life import Life, at_work
from lotse.worker.demo.working import Working

ACCEPTS, DECLINES = 0.86, 0.09


class Answering:
    """Whoever is asked looks at the offer after a while, and answers."""

    def __init__(self, life: Life, working: Working, *, manager: User) -> None:
        self._life, self._working = life, working
        self._manager = manager

    def expect(self, case_id: int, since: datetime) -> None:
        """Let somebody answer some working time after `since`."""
        rng = self._life.rng
        later = since + timedelta(minutes=rng.choice((6, 15, 40, 90, 180, 300, 700)))
        self._life.plan(at_work(later, rng), lambda at: self._answer(case_id, at))

    def distribute(self, at: datetime) -> None:
        """Let the manager hand out what has waited in the pool since yesterday."""
        pool = Case.objects.new().filter(
            asked_person=None,
            asked_team=None,
            asked_partner=None,
            created_at__lt=at - timedelta(hours=20),
        )
        cases = list(pool.order_by("id")[:12])
        reps = list(
            User.objects.filter(teams__name="Vertrieb Nord", roles__key="sales_rep").order_by("id")
        )
        if not cases or at.weekday() >= 5:
            return
        assignment.distribute(cases=cases, to=reps, by=person(self._manager.pk), now=at)
        loop.advance([c.pk for c in cases], now=at)
        for case in cases:
            self._working.begin(case.pk, at)

    def _answer(self, case_id: int, at: datetime) -> None:
        case = Case.objects.get(pk=case_id)
        offer = Offer.objects.standing(at).filter(case=case).first()
        if offer is None:
            if case.assignee_id and not case.is_closed:
                self._working.begin(case.pk, at)
            return
        who = self._who(offer)
        chance = self._life.rng.random()
        if chance < ACCEPTS:
            self._accept(case, offer, who, at)
        elif chance < ACCEPTS + DECLINES:
            self._decline(offer, who, at)
        # The others forget it: the offer runs out, and somebody else is asked.
        if chance >= ACCEPTS:
            self.expect(case_id, max(at, offer.deadline_at) if chance >= ACCEPTS + DECLINES else at)

    def _who(self, offer: Offer) -> User:
        if offer.person:
            return offer.person
        among = User.objects.filter(is_active=True)
        group = (
            among.filter(teams=offer.team) if offer.team else among.filter(partner=offer.partner)
        )
        return self._life.rng.choice(list(group.order_by("id")))

    def _accept(self, case: Case, offer: Offer, who: User, at: datetime) -> None:
        viewer = get_viewer(who)
        guide = _settle(case, viewer)
        result = acceptance.accept(
            case=case, choices=_choices(guide, who), by=person(who.pk), now=at, offer=offer
        )
        loop.advance(result.case_ids, now=at)
        self._working.begin(result.working_id, at)

    def _decline(self, offer: Offer, who: User, at: datetime) -> None:
        reasons = list(Reason.objects.filter(use=Reason.Use.DECLINED).order_by("position"))
        reason = self._life.rng.choice(reasons)
        acceptance.decline(
            offer=offer,
            reason=reason,
            comment=self._life.rng.choice(words.REFUSALS) if reason.needs_comment else "",
            by=person(who.pk),
            now=at,
        )
        loop.advance([offer.case_id], now=at)


def _settle(case: Case, viewer: Viewer) -> Guide:
    """Go through the guide: what is certainly known is taken, all else is created."""
    answers = Answers()
    for _ in range(3):
        guide = get_guide(
            case,
            answers,
            see=lambda among: gate.rows(viewer, May.SEE, among),
            is_outside=viewer.partner_id is not None,
        )
        if not (guide.account.is_open or guide.contact.is_open):
            break
        answers = Answers(
            account=Choice(is_new=True) if guide.account.is_open else answers.account,
            contact=Choice(is_new=True) if guide.contact.is_open else answers.contact,
        )
    return guide


def _choices(guide: Guide, who: User) -> Choices:
    account, contact = guide.account.record, guide.contact.record
    return Choices(
        assignee=who,
        account=account if isinstance(account, Account) else None,
        creates_account=guide.account.verdict.result == Result.CREATED,
        contact=contact if isinstance(contact, Contact) else None,
        creates_contact=guide.contact.verdict.result == Result.CREATED,
        contact_version=contact.version if isinstance(contact, Contact) else None,
        decisions={name: Decision(Source.LEAD) for name in guide.undecided},
    )
