"""A restored or copied database sends nothing until somebody has looked at it; one that goes on does."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from lotse.kernel.actors import person
from lotse.records.outbox import control, guard
from lotse.records.outbox.guard import FILE, Watchman
from lotse.records.outbox.models import Message, Notice, Sending, SendingNode
from lotse.records.outbox.sending import WINDOW, send_due
from lotse.records.outbox.tests.test_sending import KINDS, Post, message

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
INES = person(1)


def watchman(home: Path) -> Watchman:
    return Watchman(home, whom_to_tell=list)


def send(home: Path, keys: str, by: Watchman | None = None) -> int:
    """Put a mail into the outbox for each letter, send what is due, and return how many left."""
    for key in keys:
        message(f"test:{key}")
    post = Post()
    send_due(now=NOW, kinds=KINDS, transport=post, guard=by or watchman(home))
    return len(post.letters)


def why() -> str:
    return control.get_sending().why


def test_mails_leave_window_by_window_and_the_node_remembers(tmp_path: Path) -> None:
    for key in "ab":
        assert send(tmp_path, key) == 1
    kept = json.loads((tmp_path / FILE).read_text())
    assert kept["windows"] == 2
    assert SendingNode.objects.get(key=kept["node"]).windows == 2


def test_a_restored_database_sends_nothing(tmp_path: Path) -> None:
    send(tmp_path, "a")
    backup = list(SendingNode.objects.values())
    send(tmp_path, "b")
    SendingNode.objects.all().delete()
    SendingNode.objects.bulk_create(SendingNode(**row) for row in backup)
    Message.objects.filter(key="test:b").update(state=Message.State.READY)

    assert send(tmp_path, "") == 0
    assert why() == Sending.Why.RESTORED
    assert Message.objects.get(key="test:b").state == Message.State.READY


def test_it_is_noticed_while_the_worker_runs(tmp_path: Path) -> None:
    same = watchman(tmp_path)
    for key in "ab":
        send(tmp_path, key, by=same)
    SendingNode.objects.update(windows=1)
    assert send(tmp_path, "c", by=same) == 0


def test_a_database_from_before_the_node_ever_sent_sends_nothing(tmp_path: Path) -> None:
    send(tmp_path, "a")
    SendingNode.objects.all().delete()
    assert send(tmp_path, "b") == 0
    assert why() == Sending.Why.RESTORED


def test_a_copy_sends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send(tmp_path, "a")
    monkeypatch.setattr(guard, "_table", lambda: "elsewhere")
    monkeypatch.setattr(guard, "_file_of_database", lambda: "elsewhere")
    assert send(tmp_path / "copy", "b") == 0
    assert why() == Sending.Why.COPIED


def test_under_another_address_it_is_a_copy(tmp_path: Path, settings: object) -> None:
    send(tmp_path, "a")
    settings.BASE_URL = "https://staging.example"  # type: ignore[attr-defined]
    assert send(tmp_path, "b") == 0
    assert why() == Sending.Why.COPIED


def test_the_place_of_a_file_is_another_for_a_copy_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("the database")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(one))
    before = guard._file_of_database()
    assert guard._file_of_database() == before

    other.write_text(one.read_text())
    os.replace(other, one)
    assert guard._file_of_database() != before


def test_another_node_sends_beside_it(tmp_path: Path) -> None:
    assert [send(tmp_path / node, key) for node, key in ("1a", "2b", "1c", "2d")] == [1, 1, 1, 1]


def test_two_workers_of_one_node_send_beside_each_other(tmp_path: Path) -> None:
    send(tmp_path, "a")
    one, other = watchman(tmp_path), watchman(tmp_path)
    sent = [send(tmp_path, key, by=who) for key, who in zip("bcde", (one, one, other, one), strict=True)]  # fmt: skip
    assert sent == [1, 1, 1, 1]
    assert send(tmp_path, "f") == 1


def test_a_claim_that_is_rolled_back_counts_for_nothing(tmp_path: Path) -> None:
    same = watchman(tmp_path)
    send(tmp_path, "a", by=same)
    with transaction.atomic():
        assert same.lets_pass(now=NOW)
        transaction.set_rollback(True)
    assert send(tmp_path, "b", by=same) == 1


def test_a_node_that_died_before_it_remembered_goes_on(tmp_path: Path) -> None:
    send(tmp_path, "a")
    died = watchman(tmp_path)
    assert died.lets_pass(now=NOW)
    assert send(tmp_path, "b") == 1


def test_after_somebody_looked_at_it_mails_leave_and_it_is_watched_anew(tmp_path: Path) -> None:
    same = watchman(tmp_path)
    for key in "abc":
        send(tmp_path, key, by=same)
    SendingNode.objects.update(windows=1)
    assert send(tmp_path, "d", by=same) == 0

    control.go_on(by=INES, now=NOW)
    assert send(tmp_path, "", by=same) == 1
    assert send(tmp_path, "e", by=same) == 1
    SendingNode.objects.update(windows=1)
    assert send(tmp_path, "f", by=same) == 0
    assert why() == Sending.Why.RESTORED


def test_what_is_stopped_by_hand_waits_without_an_attempt(tmp_path: Path) -> None:
    control.stop(by=INES, now=NOW)
    assert send(tmp_path, "a") == 0
    assert Message.objects.get().attempts == 0
    control.go_on(by=INES, now=NOW)
    assert send(tmp_path, "") == 1


def test_those_who_can_mend_it_are_told_once(tmp_path: Path) -> None:
    ines = get_user_model().objects.create(email="ines@brise.example", name="Ines", created_at=NOW)
    control.get_sending()
    Sending.objects.update(place="elsewhere")
    same = Watchman(tmp_path, whom_to_tell=lambda: [ines.pk])
    for key in "ab":
        send(tmp_path, key, by=same)
    assert Notice.objects.filter(user=ines).count() == 1


def test_a_folder_that_cannot_be_written_keeps_nothing_from_leaving(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert send(blocked, "a") == 1


def test_a_window_is_no_larger_than_before(tmp_path: Path) -> None:
    for number in range(WINDOW + 1):
        message(f"test:{number}")
    assert send(tmp_path, "") == WINDOW
