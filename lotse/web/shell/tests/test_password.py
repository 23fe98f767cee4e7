"""A forgotten password: the link comes by mail, works once, and tells strangers nothing."""

import re

import pytest
from django.test import Client

from lotse.kernel import clock
from lotse.records.outbox.models import Message
from lotse.records.people.models import User
from tests.world import World

pytestmark = pytest.mark.django_db
NEW = "ein neuer langer Satz 43"


@pytest.fixture
def world() -> World:
    return World()


def ask(client: Client, email: str) -> None:
    answer = client.post("/password/reset/", {"email": email})
    assert answer.headers["Location"] == "/password/reset/sent/"


def links_to(world: World, user: User) -> list[str]:
    """Let the worker send, and return the links in the mails of this person."""
    world.now = clock.read()
    world.work()
    texts = [m.get_body(["plain"]).get_content() for m in world.mails(user)]  # type: ignore[union-attr]
    found = [re.search(r"https?://[^/]+(/password/reset/\S+)", t) for t in texts]
    return [one.group(1) for one in found if one]


def test_the_link_lets_somebody_choose_a_password_once(client: Client, world: World) -> None:
    ask(client, f" {world.anna.email.upper()} ")
    [link] = links_to(world, world.anna)

    form = client.get(link, follow=True)
    chosen = client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})

    assert chosen.headers.get("Location") == "/login/", chosen.context["form"].errors
    world.anna.refresh_from_db()
    assert world.anna.check_password(NEW)
    assert 'name="new_password1"' not in Client().get(link, follow=True).content.decode()


def test_the_link_stands_in_no_table(client: Client, world: World) -> None:
    ask(client, world.anna.email)

    assert Message.objects.get().data == {}


def test_a_stranger_is_told_the_same_and_gets_nothing(client: Client, world: World) -> None:
    User.objects.filter(pk=world.ben.pk).update(is_active=False)

    ask(client, "niemand@lotse.example")
    ask(client, world.ben.email)

    assert not Message.objects.exists()


def test_who_was_deactivated_meanwhile_gets_no_link(client: Client, world: World) -> None:
    ask(client, world.anna.email)
    User.objects.filter(pk=world.anna.pk).update(is_active=False)

    assert links_to(world, world.anna) == []
    assert Message.objects.get().answer == "password.gone"


def test_an_impatient_finger_sends_one_mail(client: Client, world: World) -> None:
    # Within one minute: two presses straddle the end of one at most.
    for _ in range(5):
        ask(client, world.anna.email)

    assert Message.objects.count() <= 2
