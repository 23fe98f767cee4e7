"""Taking back from a toast and from its page: who may, what is told, and where one comes out."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from lotse.kernel import clock
from lotse.kernel.actors import person
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase
from lotse.records.journal.models import Act
from lotse.records.people.models import Partner, Team, User
from lotse.stages.process import services as process
from lotse.web.tests.cast import a_lead, a_process, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def south() -> Team:
    return Team.objects.create(name="Süd")


@pytest.fixture
def jana(south: Team) -> User:
    return somebody("Jana Petersen", "sales_rep", team=south)


@pytest.fixture
def phases() -> list[Phase]:
    return list(a_process().phases.order_by("position"))


@pytest.fixture
def moved(jana: User, phases: list[Phase]) -> Act:
    """Jana has moved a lead of hers into the second phase."""
    case = a_lead(holder=jana, process=phases[0].process, phase=phases[0])
    return move(case, phases[1], jana)


def move(case: Case, to: Phase, by: User) -> Act:
    return process.move_many(cases=[case], phase=to, by=person(by.pk), now=clock.read())


def test_whoever_did_it_takes_it_back_and_comes_out_where_they_were(
    client: Client, jana: User, moved: Act, phases: list[Phase]
) -> None:
    client.force_login(jana)

    answer = client.post(reverse("undo", args=[moved.pk]), {"next": "/profile/"})

    assert (answer.status_code, answer["Location"]) == (302, "/profile/")
    assert Case.objects.get().phase == phases[0]
    assert [str(m) for m in get_messages(answer.wsgi_request)] != []


def test_the_page_asks_first_and_takes_nothing_back(
    client: Client, jana: User, moved: Act, phases: list[Phase]
) -> None:
    client.force_login(jana)

    answer = client.get(reverse("undo", args=[moved.pk]))

    assert answer.status_code == 200
    assert "Steinmann" in answer.content.decode()
    assert "Bedarf klären" in answer.content.decode()
    assert Case.objects.get().phase == phases[1]


def test_a_colleague_finds_no_such_act_and_a_manager_takes_it_back(
    client: Client, south: Team, moved: Act, phases: list[Phase]
) -> None:
    ben = somebody("Ben Brandt", "sales_rep", team=south)
    carla = somebody("Carla Claus", "sales_manager")

    client.force_login(ben)
    of_colleague = client.post(reverse("undo", args=[moved.pk]))
    phase_then = Case.objects.get().phase
    client.force_login(carla)
    of_manager = client.post(reverse("undo", args=[moved.pk]))

    assert (of_colleague.status_code, phase_then) == (404, phases[1])
    assert (of_manager.status_code, Case.objects.get().phase) == (302, phases[0])


def test_somebody_of_a_partner_takes_back_their_own_only(client: Client, moved: Act) -> None:
    ole = somebody("Ole Dressler", "partner_manager", partner=Partner.objects.create(name="D"))
    client.force_login(ole)

    assert client.get(reverse("undo", args=[moved.pk])).status_code == 404


def test_a_second_time_is_told_who_was_first(client: Client, jana: User, moved: Act) -> None:
    client.force_login(jana)
    client.post(reverse("undo", args=[moved.pk]))

    answer = client.post(reverse("undo", args=[moved.pk]))

    assert answer.status_code == 409
    assert "Jana Petersen" in answer.content.decode()


def test_what_somebody_did_since_stands_against_it_and_is_told(
    client: Client, jana: User, moved: Act, phases: list[Phase]
) -> None:
    move(Case.objects.get(), phases[2], jana)
    client.force_login(jana)

    answer = client.post(reverse("undo", args=[moved.pk]))

    assert answer.status_code == 409
    assert "Entscheidung" in answer.content.decode()
    assert Case.objects.get().phase == phases[2]


def test_what_became_of_a_case_one_may_not_see_any_more_is_not_told(
    client: Client, jana: User, moved: Act, phases: list[Phase]
) -> None:
    move(Case.objects.get(), phases[2], jana)
    Case.objects.update(assignee=None, team=None)
    client.force_login(jana)

    answer = client.get(reverse("undo", args=[moved.pk]))

    assert answer.status_code == 409
    assert "Entscheidung" not in answer.content.decode()


def test_an_acceptance_is_too_old_after_ten_minutes(client: Client, jana: User) -> None:
    act = Act.objects.create(
        kind="accept",
        at=clock.read() - timedelta(minutes=11),
        actor_kind="person",
        actor_id=jana.pk,
    )
    client.force_login(jana)

    answer = client.get(reverse("undo", args=[act.pk]))

    assert answer.status_code == 409
    assert "10 " in answer.content.decode()


def test_no_other_house_is_gone_to(client: Client, jana: User, moved: Act) -> None:
    client.force_login(jana)

    answer = client.post(reverse("undo", args=[moved.pk]), {"next": "https://evil.example/"})

    assert answer["Location"] == "/"
