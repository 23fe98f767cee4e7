"""Logging in and out: with a limit on guessing, and back only into our own house."""

import pytest
from django.test import Client

from lotse.records.people.models import User
from lotse.web.tests.cast import somebody

pytestmark = pytest.mark.django_db
PASSWORD = "ein langer Satz 42"

ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "\t//evil.example",
    "https://lotse.example@evil.example",
    "javascript:alert(1)",
]


@pytest.fixture
def jana() -> User:
    user = somebody("jana", "sales_rep")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client: Client, user: User, *, password: str = PASSWORD, **more: str) -> str:
    form = {"username": user.email, "password": password, **more}
    response = client.post("/login/", form)
    return response.headers.get("Location", "")


def test_a_visitor_is_sent_to_log_in_and_back(client: Client, jana: User) -> None:
    sent = client.get("/profile/")

    assert sent.headers["Location"] == "/login/?next=/profile/"
    assert log_in(client, jana, next="/profile/") == "/profile/"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_out_of_the_house(client: Client, jana: User, address: str) -> None:
    assert log_in(client, jana, next=address) == "/"
    for page in ("/language/", "/theme/", "/notices/reading/"):
        sent = client.post(page, {"next": address, "language": "de", "theme": "dark"})
        assert sent.headers["Location"] == "/", page
        sent = client.post(f"{page}?next={address}", {"language": "de", "theme": "dark"})
        assert sent.headers["Location"] == "/", page


def test_the_same_sentence_for_a_wrong_password_and_an_unknown_address(
    client: Client, jana: User
) -> None:
    answers = [
        client.post("/login/", {"username": name, "password": "falsch"}).content.decode()
        for name in (jana.email, "niemand@brise.example")
    ]

    sentences = [a.split('id="password-error"')[1].split("</p>")[0] for a in answers]
    assert sentences[0] == sentences[1]


def test_five_wrong_passwords_close_the_address_for_a_while(client: Client, jana: User) -> None:
    for _ in range(5):
        answer = client.post("/login/", {"username": jana.email, "password": "falsch"})

    assert answer.status_code == 429
    assert log_in(client, jana) == ""


def test_another_browser_or_network_gives_no_more_tries(jana: User) -> None:
    form = {"username": jana.email, "password": "falsch"}
    for number in range(5):
        guesser = Client(HTTP_USER_AGENT=f"guesser {number}", REMOTE_ADDR=f"192.0.2.{number}")
        guesser.post("/login/", form)

    fresh = Client(HTTP_USER_AGENT="yet another", REMOTE_ADDR="198.51.100.7")
    assert log_in(fresh, jana) == ""


def test_one_closed_account_closes_nobody_else_in_the_office(client: Client, jana: User) -> None:
    ole = somebody("ole", "sales_rep")
    ole.set_password(PASSWORD)
    ole.save()

    for _ in range(5):
        client.post("/login/", {"username": jana.email, "password": "falsch"})

    assert log_in(client, ole) == "/"


def test_somebody_who_left_does_not_get_in(client: Client, jana: User) -> None:
    User.objects.filter(pk=jana.pk).update(is_active=False)

    assert log_in(client, jana) == ""


def test_logging_out_takes_a_post(client: Client, jana: User) -> None:
    client.force_login(jana, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/logout/").status_code == 405
    client.post("/logout/")

    assert client.get("/profile/").status_code == 302
