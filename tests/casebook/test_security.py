"""What strangers type does no harm, and no link leads to another house."""

from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from lotse.kernel import clock
from tests.world import World

pytestmark = pytest.mark.django_db

FOREIGN = [
    "https://evil.example", "//evil.example", "/\\evil.example", "https:evil.example",
    "\t//evil.example", "https://lotse.example@evil.example", "javascript:alert(1)",
]  # fmt: skip


@pytest.fixture
def world() -> World:
    return World()


def stays(location: str) -> bool:
    return location.startswith("/") and not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("where", FOREIGN)
def test_after_saving_one_is_led_back_into_our_own_house(world: World, where: str) -> None:
    """SEC-07: moving a lead, a note, finishing a task."""
    lead = world.lead_of(world.anna)
    task = world.task(lead, due_on="2026-03-09")
    client = Client()
    client.force_login(world.anna)
    forms: dict[str, dict[str, Any]] = {
        reverse("lead-phase", args=[lead.pk]): {"phase": world.qualifying.pk},
        reverse("lead-notes", args=[lead.pk]): {"text": "Rückruf"},
        reverse("task-completion", args=[task.pk]): {},
    }

    for path, data in forms.items():
        answer = client.post(path, {**data, "next": where})
        assert answer.status_code in {302, 303}, path
        assert stays(answer.headers["Location"]), path


def test_the_way_back_to_our_own_page_is_kept(world: World) -> None:
    """SEC-07."""
    answer = Client().post(
        reverse("login"), {"username": "x", "password": "x", "next": "/leads/5/?tab=notes"}
    )

    assert 'value="/leads/5/?tab=notes"' in answer.content.decode()


@override_settings(ALLOWED_HOSTS=["lotse.example"], BASE_URL="https://lotse.example")
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "lotse.example", "x-forwarded-host": "evil.example"},
        {"host": "lotse.example:evil"},
    ],
)
def test_a_host_in_a_header_makes_no_link(world: World, headers: dict[str, str]) -> None:
    """SEC-09: the mail that lets somebody set a new password."""
    answer = Client().post(reverse("password_reset"), {"email": world.anna.email}, headers=headers)
    world.now = clock.read()
    world.work()

    texts = [text_of(letter) for letter in world.mails(world.anna)]
    assert len(texts) == (1 if answer.status_code == 302 else 0)
    assert answer.status_code in {302, 400}
    for text in texts:
        assert "https://lotse.example/password/reset/" in text
        assert "evil" not in text


@override_settings(BASE_URL="https://lotse.example")
def test_a_mail_without_any_request_names_the_same_house(world: World) -> None:
    """SEC-09: written by the worker."""
    world.team_is_asked(world.south)
    world.lead_arrives()

    world.work()

    [letter] = world.mails(world.anna)
    assert "https://lotse.example/" in text_of(letter)
    assert "localhost" not in text_of(letter)


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(["plain"])
    assert body is not None
    return str(body.get_content())
