"""The ledger: marked before the first byte leaves, written after the answer, in doubt where nobody knows."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model

from lotse.records.outbox.kinds import Kind, Mail
from lotse.records.outbox.mail.letters import Letter
from lotse.records.outbox.mail.smtp import Answer
from lotse.records.outbox.models import Message
from lotse.records.outbox.rules import Outcome
from lotse.records.outbox.sending import LEASE, WINDOW, send_due

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
SENT = Answer(Outcome.SENT, "250 OK")


class Post:
    """The edge of the system: answers as told, and lets the test look on while a letter is on its way."""

    def __init__(self, *answers: Answer, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.answers, self.meanwhile = list(answers), meanwhile
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> Answer:
        self.meanwhile()
        self.letters.append(letter)
        return self.answers.pop(0) if self.answers else SENT

    def close(self) -> None:
        """Nothing is held open."""


def write(message: Message, now: datetime) -> Mail:
    if message.data.get("is_broken"):
        raise KeyError("a word is missing")
    return Mail("Subject", "Text", "<p>Text</p>")


def go(messages: Sequence[Message], now: datetime) -> dict[int, str]:
    return {m.pk: "test.stopped" for m in messages if m.data.get("is_stopped")}


def note(messages: Sequence[Message], now: datetime) -> None:
    NOTED.extend((m.pk, m.state) for m in messages)


NOTED: list[tuple[int, str]] = []
KINDS = {"test": Kind(write=write, check=go, settled=note)}


@pytest.fixture(autouse=True)
def noted() -> list[tuple[int, str]]:
    NOTED.clear()
    return NOTED


def message(key: str = "test:1", **fields: object) -> Message:
    return Message.objects.create(
        key=key, kind="test", to_address=f"{key.replace(':', '')}@brise.example", language="de",
        created_at=NOW, not_before=NOW, **fields,
    )  # fmt: skip


def send(post: Post | None, now: datetime = NOW) -> int:
    return send_due(now=now, kinds=KINDS, transport=post)


def test_it_is_marked_before_the_first_byte_leaves(noted: list[tuple[int, str]]) -> None:
    one = message()
    seen: list[object] = []

    send(Post(meanwhile=lambda: seen.extend(Message.objects.values_list("state", "lease_until"))))

    assert seen == [("sending", NOW + LEASE)]
    one.refresh_from_db()
    assert (one.state, one.answer, one.attempts, one.settled_at) == ("sent", "250 OK", 1, NOW)
    assert noted == [(one.pk, "sent")]


def test_a_window_at_a_time_in_the_order_in_which_they_are_due() -> None:
    messages = [message(f"test:{n}") for n in range(WINDOW + 1)]
    post = Post()

    assert [send(post), send(post), send(post)] == [WINDOW, 1, 0]
    assert [x.recipient for x in post.letters] == [m.to_address for m in messages]


def test_what_its_worker_left_behind_is_in_doubt_and_sent_once_more_under_its_number() -> None:
    one = message()

    class Killed(BaseException): ...

    def die() -> None:
        raise Killed

    with pytest.raises(Killed):
        send(Post(meanwhile=die))
    post = Post()
    assert send(post, NOW + LEASE - timedelta(seconds=1)) == 0
    send(post, NOW + LEASE)

    one.refresh_from_db()
    assert (one.state, one.attempts, one.resent, len(post.letters)) == ("sent", 2, 1, 1)


def test_a_worker_that_was_given_up_writes_nothing_any_more() -> None:
    """A machine that slept through its lease wakes when another has sent the message."""
    one = message()

    def meanwhile() -> None:
        send(Post(), NOW + LEASE)

    send(Post(Answer(Outcome.REFUSED, "550 no"), meanwhile=meanwhile))

    one.refresh_from_db()
    assert (one.state, one.answer) == ("sent", "250 OK")


def test_one_that_cannot_be_written_does_not_hold_up_the_others() -> None:
    broken, fine = message(data={"is_broken": True}), message("test:2")

    send(Post())

    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.state, broken.answer) == ("rejected", "outbox.unwritable")
    assert fine.state == "sent"


def test_what_its_kind_stops_does_not_leave_and_says_why() -> None:
    one, post = message(data={"is_stopped": True}), Post()

    send(post)

    one.refresh_from_db()
    assert (one.state, one.answer, post.letters) == ("skipped", "test.stopped", [])


def test_whoever_is_not_active_any_more_gets_nothing() -> None:
    gone = get_user_model().objects.create_user(
        "gone@brise.example", None, name="Gone", created_at=NOW, is_active=False
    )
    one = message(to_user=gone)

    send(Post())

    one.refresh_from_db()
    assert (one.state, one.answer) == ("skipped", "outbox.inactive")


def test_a_server_that_is_down_is_not_asked_for_every_letter() -> None:
    messages = [message(f"test:{n}") for n in range(3)]
    post = Post(Answer(Outcome.LATER, "refused", is_down=True))

    send(post)

    assert len(post.letters) == 1
    states = Message.objects.filter(pk__in=[m.pk for m in messages]).values_list(
        "state", "attempts"
    )
    assert list(states) == [("ready", 1)] * 3


def test_without_a_server_they_wait_and_leave_when_there_is_one() -> None:
    one = message()
    assert [send(None), send(None)] == [1, 0]
    one.refresh_from_db()
    assert (one.state, one.answer) == ("ready", "outbox.no_server")

    send(Post())

    one.refresh_from_db()
    assert one.state == "sent"


def test_the_same_key_is_one_message() -> None:
    message()
    again = Message(
        key="test:1", kind="test", to_address="x@brise.example", language="de", created_at=NOW,
        not_before=NOW,
    )  # fmt: skip
    Message.objects.bulk_create([again], ignore_conflicts=True)

    assert Message.objects.count() == 1
