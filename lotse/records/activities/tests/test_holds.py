"""Tasks and appointments keep a case from being overdue, until the day ends where the person is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lotse.kernel.actors import SYSTEM, person
from lotse.records.activities import services as activities
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process
from lotse.records.people.models import User

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def ana() -> User:
    return User.objects.create_user(
        "ana@x.example", None, name="Ana", zone="America/Sao_Paulo", created_at=at("2026-01-01")
    )


@pytest.fixture
def case(ana: User) -> Case:
    """Ana's case in a phase of one day, past its duration since the 9th, 12:00."""
    process = Process.objects.create(key="lead", name_de="Leads", kind="lead")
    phase = Phase.objects.create(
        process=process, position=1, name_de="Neu", duration_number=1, duration_unit="day"
    )
    entered = at("2026-03-08 12:00")
    return Case.objects.create(
        last_name="Lead", created_at=entered, assignee=ana, process=process, phase=phase,
        phase_entered_at=entered, clock_from=entered,
    )  # fmt: skip


def state(case: Case, moment: str) -> bool:
    return Case.objects.overdue(at(moment)).filter(pk=case.pk).exists()


def test_a_due_day_ends_at_midnight_where_the_person_is(case: Case, ana: User) -> None:
    activities.create_task(
        case=case, title="Anrufen", due_on=date(2026, 3, 10), assignee=ana,
        by=person(ana.pk), now=at("2026-03-09 13:00"),
    )  # fmt: skip

    assert not state(case, "2026-03-11 01:00:00")
    assert not state(case, "2026-03-11 02:59:59")
    assert state(case, "2026-03-11 03:00:01")


def test_a_task_that_an_action_created_holds_nothing(case: Case, ana: User) -> None:
    activities.create_task(
        case=case, title="Anrufen", due_on=date(2026, 3, 10), assignee=ana,
        by=SYSTEM, now=at("2026-03-09 13:00"),
    )  # fmt: skip

    assert state(case, "2026-03-10 01:00:00")


def test_an_appointment_ahead_holds_until_it_has_passed_or_is_cancelled(
    case: Case, ana: User
) -> None:
    starts = at("2026-03-12 10:00")
    appointment = activities.enter_appointment(
        case=case, title="Besuch", starts_at=starts, ends_at=starts + timedelta(hours=1),
        assignee=ana, by=person(ana.pk), now=at("2026-03-09 13:00"),
    )  # fmt: skip
    assert not state(case, "2026-03-12 10:59")
    assert state(case, "2026-03-12 11:00")

    activities.cancel_appointment(
        appointment=appointment, by=person(ana.pk), now=at("2026-03-10 08:00")
    )

    assert state(case, "2026-03-10 08:00")


def test_doing_the_task_lets_the_case_be_overdue_again(case: Case, ana: User) -> None:
    task = activities.create_task(
        case=case, title="Anrufen", due_on=date(2026, 3, 20), assignee=ana,
        by=person(ana.pk), now=at("2026-03-09 13:00"),
    )  # fmt: skip

    activities.finish_task(task=task, by=person(ana.pk), now=at("2026-03-10 08:00"))

    assert state(case, "2026-03-10 08:00")


def test_the_first_activity_is_remembered(case: Case, ana: User) -> None:
    first, second = at("2026-03-09 13:00"), at("2026-03-09 15:00")

    for now in (first, second):
        activities.write_note(case=case, text="Nicht erreicht", by=person(ana.pk), now=now)

    case.refresh_from_db()
    assert case.first_activity_at == first
