"""How the people of the demo company work: they call, write down, visit, move on, and close."""

import random
from datetime import datetime, timedelta

from lotse.kernel.actors import Actor, person
from lotse.lifecycle import loop
from lotse.records.activities import services as activities
from lotse.records.activities.models import Note, Task
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Reason
from lotse.records.people.models import User
from lotse.stages.closing import services as closing
from lotse.stages.process import services as process
from lotse.worker.demo import words
from lotse.worker.demo.life import Life, at_work

# After each phase a case is lost, won at once, left lying for some days, or put off; else it moves on.
LOST, WON, LEFT, DEFERRED = 0.22, 0.06, 0.07, 0.04


class Working:
    """One step after the other, each some time after the last one."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._phases: dict[int, list[Phase]] = {}

    def begin(self, case_id: int, at: datetime) -> None:
        self._later(case_id, at, days=0.1 + self._life.rng.random())

    def _later(self, case_id: int, at: datetime, *, days: float) -> None:
        moment = at_work(at + timedelta(days=days), self._life.rng)
        self._life.plan(moment, lambda now: self._step(case_id, now))

    def _step(self, case_id: int, at: datetime) -> None:
        case = Case.objects.select_related("assignee", "phase").get(pk=case_id)
        if case.is_closed or case.phase is None or case.assignee is None or case.deferred_until:
            return
        by, rng = person(case.assignee.pk), self._life.rng
        self._tick_off(case, by, at)
        self._write(case, by, at)

        chance = rng.random()
        if chance < LOST:
            self._lose(case, by, at)
        elif chance < LOST + WON or (case.phase == self._open_phases(case)[-1] and chance < 0.6):
            self._win(case, by, at)
        elif chance < LOST + WON + LEFT:
            # Long enough for most phases to be overdue, until somebody takes it up again.
            self._later(case_id, at, days=rng.randrange(4, 16))
        elif chance < LOST + WON + LEFT + DEFERRED:
            until = at + timedelta(days=rng.randrange(10, 40))
            process.defer(case=case, until=until, by=by, now=at)
            loop.advance([case.pk], now=at)
            self._later(case_id, until, days=1)
        else:
            self._move_on(case, by, at)

    def _open_phases(self, case: Case) -> list[Phase]:
        if case.process_id not in self._phases:
            phases = Phase.objects.filter(process=case.process_id, kind=Phase.Kind.OPEN)
            self._phases[case.process_id or 0] = list(phases.order_by("position"))
        return self._phases[case.process_id or 0]

    def _move_on(self, case: Case, by: Actor, at: datetime) -> None:
        phases, rng = self._open_phases(case), self._life.rng
        here = next(i for i, phase in enumerate(phases) if phase.pk == case.phase_id)
        following = phases[min(here + 1, len(phases) - 1)]
        process.move(case=case, phase=following, by=by, now=at)
        self._arrange(case, by, at)
        loop.advance([case.pk], now=at)
        duration = following.duration
        stay = {"hour": 0.05, "day": 1.0, "week": 7.0, "month": 30.0}
        days = stay[duration.unit] * duration.number if duration else 5.0
        # Most are in time; some phases take longer than they may.
        self._later(case.pk, at, days=days * rng.choice((0.3, 0.5, 0.6, 0.7, 0.9, 1.3)))

    def _write(self, case: Case, by: Actor, at: datetime) -> None:
        rng = self._life.rng
        if rng.random() < 0.7:
            text, kind = rng.choice(words.CALLS), Note.Kind.CALL
        else:
            text, kind = rng.choice(words.NOTES), Note.Kind.NOTE
        activities.write_note(
            case=case, text=text, kind=kind, by=by, now=at, for_partner=case.partner_id is not None
        )

    def _arrange(self, case: Case, by: Actor, at: datetime) -> None:
        """Enter an appointment, create a task, or neither."""
        rng, chance = self._life.rng, self._life.rng.random()
        case.refresh_from_db()
        assert case.assignee  # noqa: S101 - `_step` looked
        if chance < 0.22:
            start = at_work(at + timedelta(days=rng.randrange(1, 8)), rng).replace(
                hour=rng.randrange(9, 17), minute=rng.choice((0, 30))
            )
            activities.enter_appointment(
                case=case, title=rng.choice(words.VISITS), place=case.city, starts_at=start,
                ends_at=start + timedelta(hours=1), assignee=case.assignee, by=by, now=at,
            )  # fmt: skip
        elif chance < 0.5:
            due = (at + timedelta(days=rng.randrange(1, 7))).date()
            activities.create_task(
                case=case, title=rng.choice(words.TASKS), due_on=due, assignee=case.assignee,
                by=by, now=at,
            )  # fmt: skip

    def _tick_off(self, case: Case, by: Actor, at: datetime) -> None:
        for task in Task.objects.filter(case=case, done_at=None).select_related("case"):
            activities.finish_task(task=task, by=by, now=at)

    def _lose(self, case: Case, by: Actor, at: datetime) -> None:
        reasons = list(Reason.objects.filter(use=Reason.Use.LOST).order_by("position"))
        closing.close_lost(case=case, reason=self._life.rng.choice(reasons), by=by, now=at)
        loop.advance([case.pk], now=at)

    def _win(self, case: Case, by: Actor, at: datetime) -> None:
        colleague = None
        if case.kind == Case.Kind.LEAD and case.team_id and self._life.rng.random() < 0.3:
            others = User.objects.filter(teams=case.team_id, roles__key="sales_rep")
            colleague = self._life.rng.choice(list(others.order_by("id")))
        closing.close_won(case=case, hand_over_to=colleague, by=by, now=at)
        loop.advance([case.pk], now=at)
        opened = Case.objects.filter(opened_by=case.pk).values_list("pk", flat=True).first()
        if opened:
            loop.advance([opened], now=at)
            self.begin(opened, at + timedelta(days=1))


def fill_calendars(*, now: datetime, rng: random.Random) -> None:
    """Enter what lies ahead today and tomorrow for each rep who is there, arranged yesterday."""
    yesterday = now - timedelta(hours=20)
    soon = at_work(now + timedelta(hours=1), rng).replace(minute=0, second=0, microsecond=0)
    for rep in User.objects.filter(roles__key="sales_rep").order_by("id"):
        cases = Case.objects.active().filter(
            assignee=rep, assigned_at__lt=yesterday, deferred_until=None
        )
        for n, case in enumerate(
            cases.select_related("assignee").order_by("-created_at", "id")[:3]
        ):
            start = at_work(soon + timedelta(hours=(0, 3, 24)[n]), rng)
            start = start.replace(minute=rng.choice((0, 30)))
            activities.enter_appointment(
                case=case, title=rng.choice(words.VISITS), place=case.city, starts_at=start,
                ends_at=start + timedelta(minutes=rng.choice((30, 60, 90))), assignee=rep,
                by=person(rep.pk), now=yesterday,
            )  # fmt: skip
            loop.advance([case.pk], now=now)
