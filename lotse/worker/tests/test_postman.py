"""The postman as the worker has it: over a real server, and with the guard that stops a copied database."""

from pathlib import Path
from typing import Any

import pytest

from lotse.records.outbox import control
from lotse.records.outbox.models import Message, Notice, Sending
from lotse.worker.postman import Postman
from tests.mail_server import mail_server
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> World:
    settings.HOME = tmp_path
    return World()


def a_mail(world: World) -> Message:
    """Put somebody's own test of a text into the outbox: nothing stops it."""
    return Message.objects.create(
        key="test:1", kind="follow-up-test", to_user=world.ines, to_address=world.ines.email,
        language="de", created_at=world.now, not_before=world.now,
        data={"process_id": world.process.pk, "subject": "{lead}", "text": "{phase}"},
    )  # fmt: skip


def test_what_waits_leaves_over_the_server_that_is_set(world: World, settings: Any) -> None:
    message = a_mail(world)
    with mail_server() as sink:
        settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
        postman = Postman()
        assert postman(now=world.now) == world.now
        assert postman(now=world.now) is None

    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert [m["Subject"] for m in sink.arrived] == ["Test: Erika Beispiel"]


def test_a_copied_database_sends_nothing_and_those_who_can_unlock_it_are_told(
    world: World, settings: Any
) -> None:
    control.get_sending()
    control.settle("somewhere else")
    message = a_mail(world)
    with mail_server() as sink:
        settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
        Postman()(now=world.now)

    message.refresh_from_db()
    assert (message.state, sink.arrived) == (Message.State.READY, [])
    sending = control.get_sending()
    assert (sending.stopped_at, sending.why) == (world.now, Sending.Why.COPIED)
    assert list(Notice.objects.values_list("user", flat=True)) == [world.ines.pk]
