"""That the link of a new installation makes one administrator, and no second."""

import threading

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.urls import reverse

from lotse.access.policy import Right
from lotse.access.viewer import get_viewer
from lotse.kernel import clock
from lotse.records.people.models import User
from lotse.web.first import links

FILLED = {
    "name": "Jana Petersen",
    "email": "Jana@Example.com",
    "password": "ein langer Satz für den Anfang",
    "language": "de",
}


@pytest.mark.django_db
def test_whoever_has_the_link_becomes_the_administrator_and_is_logged_in(client: Client) -> None:
    answer = client.post(links.make_path(), FILLED)

    user = User.objects.get()
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.name, user.language) == ("jana@example.com", "Jana Petersen", "de")
    assert user.check_password(FILLED["password"])
    assert get_viewer(user).rights == frozenset(Right)


@pytest.mark.django_db
def test_the_link_is_dead_as_soon_as_somebody_is_there(client: Client) -> None:
    path = links.make_path()
    User.objects.create_user("ben@example.com", name="Ben", created_at=clock.read())

    assert client.get(path).status_code == 404
    assert client.post(path, FILLED).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_forged_or_foreign_token_is_no_link(client: Client) -> None:
    forged = signing.dumps("administrator", key="somebody else's key", salt=links.SALT)
    foreign = signing.dumps("administrator", salt="lotse.something")

    for token in (forged, foreign, "made-up"):
        assert client.get(reverse("first", args=[token])).status_code == 404


@pytest.mark.django_db
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(client: Client) -> None:
    answer = client.post(links.make_path(), {**FILLED, "password": "short", "email": "jana"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Jana Petersen"' in page
    assert page.count('class="error"') == 2
    assert page.count('aria-invalid="true"') == 2
    assert 'value="short"' not in page
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.races
def test_of_two_who_use_the_link_at_once_only_one_comes_in() -> None:
    path, barrier, answers = links.make_path(), threading.Barrier(4), []

    def come_in(number: int) -> None:
        filled = {**FILLED, "email": f"person{number}@example.com"}
        barrier.wait()
        answers.append(Client().post(path, filled).status_code)
        connection.close()

    threads = [threading.Thread(target=come_in, args=[n]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [302, 404, 404, 404]
    assert User.objects.count() == 1
