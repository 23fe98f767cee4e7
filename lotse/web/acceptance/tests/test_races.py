"""Two people who have the last step open and click at the same moment, and one who clicks twice."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from lotse.records.accounts.models import Contact
from lotse.records.cases.models import Case
from lotse.records.journal.models import Act
from lotse.records.people.models import Team, User
from lotse.web.acceptance.tests.cast import an_offered_lead
from lotse.web.tests.cast import a_process, somebody

ROUNDS = 5

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def click_together(case: Case, people: list[User]) -> list[tuple[int, str]]:
    """Let all of them click the last button at once; return status and page of each."""
    clients = [Client() for _ in people]
    for client, who in zip(clients, people, strict=True):
        client.force_login(who)
    barrier, answers = threading.Barrier(len(people)), [(0, "")] * len(people)

    def click(number: int) -> None:
        barrier.wait()
        address = reverse("guide-case", args=[case.pk])
        answer = clients[number].post(address, {"assignee": people[number].pk})
        answers[number] = (answer.status_code, answer.content.decode())
        connection.close()

    threads = [threading.Thread(target=click, args=[n]) for n in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def team() -> Team:
    a_process()
    return Team.objects.create(name="Nord")


def test_of_two_who_click_at_once_one_wins_and_the_other_reads_who(team: Team) -> None:
    people = [somebody(name, "sales_rep", team=team) for name in ("Anna Arndt", "Ben Brandt")]
    for _ in range(ROUNDS):
        case = an_offered_lead(asked_team=team).case

        answers = click_together(case, people)

        case.refresh_from_db()
        assert sorted(status for status, _ in answers) == [302, 409]
        assert case.assignee is not None
        [told] = [page for status, page in answers if status == 409]
        assert case.assignee.name in told


def test_two_clicks_of_one_person_accept_once(team: Team) -> None:
    anna = somebody("Anna Arndt", "sales_rep", team=team)
    case = an_offered_lead(asked_team=team).case

    answers = click_together(case, [anna, anna])

    assert [status for status, _ in answers] == [302, 302]
    assert Act.objects.filter(kind="accept").count() == 1
    assert Contact.objects.count() == 1
