"""The course of a case, leg by leg."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils.translation import override

from lotse.kernel.durations import Duration, Unit
from lotse.records.cases.models import Case
from lotse.records.cases.services import change
from lotse.records.catalog.models import Phase
from lotse.records.people.models import User
from lotse.web.lead.course import Leg, course, told_share
from lotse.web.tests.cast import NOW, a_lead, a_process, somebody

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def legs(case: Case, phases: list[Phase], stays: dict[int, timedelta]) -> list[Leg]:
    return course(case, phases, stays, now=NOW)


@pytest.fixture
def phases(db: None) -> list[Phase]:
    return list(a_process().phases.order_by("position"))


@pytest.fixture
def jana(db: None) -> User:
    return somebody("Jana Petersen", "sales_rep")


def held_in(phase: Phase, holder: User, *, since: timedelta) -> Case:
    case = a_lead(holder=holder)
    change(
        case,
        process_id=phase.process_id,
        phase=phase,
        phase_entered_at=NOW - since,
        clock_from=NOW - since,
    )
    return case


def test_what_is_over_time_is_late_and_says_by_how_much(jana: User, phases: list[Phase]) -> None:
    case = held_in(phases[0], jana, since=5 * DAY)

    first, second, third = legs(case, phases, {})

    assert (first.state, first.text, first.is_current) == ("late", "5 of 2 days", True)
    assert (first.share, first.over) == (40, 60)
    assert (second.state, second.text) == ("ahead", "5 days")
    assert (third.state, third.text) == ("ahead", "")


def test_a_phase_that_was_left_says_how_long_the_case_had_been_there(
    jana: User, phases: list[Phase]
) -> None:
    case = held_in(phases[2], jana, since=DAY)

    first, second, third = legs(case, phases, {phases[0].pk: timedelta(minutes=7)})

    assert (first.state, first.text) == ("done", "7 min")
    assert (second.state, second.text) == ("ahead", "skipped")
    assert (third.state, third.text) == ("now", "1 day")


def test_while_an_appointment_lies_ahead_nothing_is_late(jana: User, phases: list[Phase]) -> None:
    case = held_in(phases[0], jana, since=5 * DAY)
    change(case, held_until=NOW + DAY)

    assert legs(case, phases, {})[0].state == "now"


@pytest.mark.parametrize(
    ("hours", "duration", "text"),
    [
        (5, Duration(1, Unit.HOUR), "5 of 1 hour"),
        (47, Duration(2, Unit.DAY), "1 of 2 days"),
        (24 * 15, Duration(2, Unit.WEEK), "2 of 2 weeks"),
        (24 * 61, Duration(1, Unit.MONTH), "2 of 1 month"),
    ],
)
def test_the_share_is_told_in_the_unit_of_the_duration(
    hours: int, duration: Duration, text: str
) -> None:
    assert told_share(timedelta(hours=hours), duration) == text
