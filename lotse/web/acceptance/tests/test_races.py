"""Two people who have the last step open and click at the same moment, and one who clicks twice."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from lotse.records.accounts.models import Contact
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Reason
from lotse.records.journal.models import Act
from lotse.records.people.models import Partner, Team, User
from lotse.stages.acceptance.models import Offer
from lotse.web.acceptance.tests.cast import an_offered_lead
from lotse.web.tests.cast import a_process, somebody

ROUNDS = 5

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


Click = tuple[User, str, dict[str, object]]


def click_together(*clicks: Click) -> list[tuple[int, str]]:
    """Let each person send their form at the same moment; return status and page of each."""
    clients = [Client() for _ in clicks]
    for client, (who, _, _) in zip(clients, clicks, strict=True):
        client.force_login(who)
    barrier, answers = threading.Barrier(len(clicks)), [(0, "")] * len(clicks)

    def click(number: int) -> None:
        _, address, values = clicks[number]
        barrier.wait()
        answer = clients[number].post(address, values)
        answers[number] = (answer.status_code, answer.content.decode())
        connection.close()

    threads = [threading.Thread(target=click, args=[n]) for n in range(len(clicks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def last_step(case: Case, who: User) -> Click:
    return who, reverse("guide-case", args=[case.pk]), {"assignee": who.pk}


def on_the_phone(name: str, offer: Offer, who: User, **values: object) -> Click:
    return who, reverse(name, args=[offer.pk]), values


@pytest.fixture
def team() -> Team:
    a_process()
    return Team.objects.create(name="Nord")


def test_of_two_who_click_at_once_one_wins_and_the_other_reads_who(team: Team) -> None:
    people = [somebody(name, "sales_rep", team=team) for name in ("Anna Arndt", "Ben Brandt")]
    for _ in range(ROUNDS):
        case = an_offered_lead(asked_team=team).case

        answers = click_together(*(last_step(case, who) for who in people))

        case.refresh_from_db()
        assert sorted(status for status, _ in answers) == [302, 409]
        assert case.assignee is not None
        [told] = [page for status, page in answers if status == 409]
        assert case.assignee.name in told


def test_two_clicks_of_one_person_accept_once(team: Team) -> None:
    anna = somebody("Anna Arndt", "sales_rep", team=team)
    case = an_offered_lead(asked_team=team).case

    answers = click_together(last_step(case, anna), last_step(case, anna))

    assert [status for status, _ in answers] == [302, 302]
    assert Act.objects.filter(kind="accept").count() == 1
    assert Contact.objects.count() == 1


@pytest.fixture
def colleagues(team: Team) -> list[User]:
    dressler = Partner.objects.create(name="Haustechnik Dressler")
    return [
        somebody(name, "partner_user", partner=dressler)
        for name in ("Ole Dressler", "Paul Dressler")
    ]


def a_strangers_lead(number: int, partner: Partner | None) -> Offer:
    """A lead of somebody unknown, so that one click accepts it."""
    names = ("Ahlers", "Behrens", "Cordes", "Detjen", "Ehlers")
    return an_offered_lead(
        last_name=names[number],
        email=f"{names[number].lower()}@post.example",
        phone=f"0431 555020{number}",
        asked_partner=partner,
    )


def test_of_two_partners_who_accept_on_their_phones_one_wins(colleagues: list[User]) -> None:
    for number in range(ROUNDS):
        offer = a_strangers_lead(number, colleagues[0].partner)

        answers = click_together(*(on_the_phone("offer-acceptance", offer, c) for c in colleagues))

        offer.refresh_from_db()
        assert sorted(status for status, _ in answers) == [302, 409]
        assert offer.answered_by is not None
        [told] = [page for status, page in answers if status == 409]
        assert offer.answered_by.name in told


def test_where_one_accepts_and_the_other_declines_only_one_of_it_happens(
    colleagues: list[User],
) -> None:
    reason = Reason.objects.create(use=Reason.Use.DECLINED, key="far", name_de="zu weit weg")
    ole, paul = colleagues
    for number in range(ROUNDS):
        offer = a_strangers_lead(number, ole.partner)

        answers = click_together(
            on_the_phone("offer-acceptance", offer, ole),
            on_the_phone("offer-refusal", offer, paul, reason=reason.pk),
        )

        offer.refresh_from_db()
        offer.case.refresh_from_db()
        assert sorted(status for status, _ in answers) == [302, 409]
        assert (offer.case.assignee == ole) == (offer.answer == Offer.Answer.ACCEPTED)
        assert (offer.case.assignee is None) == (offer.answer == Offer.Answer.DECLINED)
