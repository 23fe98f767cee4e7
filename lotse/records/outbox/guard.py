"""
Keeps a restored or copied database from sending what was sent already.

Two things betray it. Each node remembers outside of the database how many windows it has sent: a
database that knows of fewer is an earlier state. And the outbox remembers where it stands, the file
or the table itself, and the address of Lotse: elsewhere it is a copy. Both are looked at with every
window, for a database may be put back while the worker runs.
"""

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.db.models import F

from lotse.records.outbox import control
from lotse.records.outbox.models import Message, Sending, SendingNode

log = logging.getLogger(__name__)

FILE = "sending.json"


class Guard(Protocol):
    """Asked before a window leaves."""

    def lets_pass(self, *, now: datetime) -> bool:
        """Say, in the transaction that claims a window, whether it may leave."""

    def passed(self) -> None:
        """Hear that the claim is committed; the first byte has not left yet."""


@dataclass(frozen=True)
class Memory:
    """What a node has sent: so many windows since somebody last let mails leave again."""

    node: str
    epoch: int
    windows: int

    def is_before(self, other: "Memory") -> bool:
        return (self.epoch, self.windows) < (other.epoch, other.windows)


class Watchman:
    """
    The guard of a node.

    `home` is the folder in which it remembers what it has sent; `whom_to_tell` returns the numbers of
    those who are told when sending is locked.
    """

    def __init__(self, home: Path, *, whom_to_tell: Callable[[], Iterable[int]]) -> None:
        self._file = home / FILE
        self._whom_to_tell = whom_to_tell
        self._memory = _recall(self._file)
        self._counted = self._memory

    def lets_pass(self, *, now: datetime) -> bool:
        sending = control.get_sending()
        if sending.stopped_at:
            return False
        why = self._betrayed_by(sending)
        if why is None:
            return True
        log.error("sending is locked: %s", why.value)
        control.lock(why, now=now, tell=self._whom_to_tell())
        return False

    def passed(self) -> None:
        self._memory = self._counted
        _remember(self._file, self._memory)

    def _betrayed_by(self, sending: Sending) -> Sending.Why | None:
        here = place()
        if not sending.place:
            control.settle(here)
        elif sending.place != here:
            return Sending.Why.COPIED
        return None if self._count(sending.epoch) else Sending.Why.RESTORED

    def _count(self, epoch: int) -> bool:
        """Count a window; say no if the database knows of fewer than were sent from here."""
        mine = SendingNode.objects.filter(key=self._memory.node)
        known = mine.values_list("windows", flat=True).first()
        there = Memory(self._memory.node, epoch, known or 0)
        if there.is_before(self._memory):
            return False
        if known is None:
            SendingNode.objects.create(key=there.node, windows=1)
        else:
            mine.update(windows=F("windows") + 1)
        self._counted = replace(there, windows=there.windows + 1)
        return True


def place() -> str:
    """Return what tells this outbox from a copy of it: where its table lies, and the address of Lotse."""
    found = _table() if connection.vendor == "postgresql" else _file_of_database()
    return hashlib.sha256(f"{settings.BASE_URL}|{found}".encode()).hexdigest()


def _table() -> str:
    # A table that was put back from a dump has another number than the one that was dumped.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system()),"
            " (SELECT oid FROM pg_database WHERE datname = current_database()), %s::regclass::oid",
            [Message._meta.db_table],
        )
        return "|".join(map(str, cursor.fetchone()))


def _file_of_database() -> str:
    path = Path(str(connection.settings_dict["NAME"]))
    return f"{path.resolve()}|{path.stat().st_ino if path.is_file() else 0}"


def _recall(file: Path) -> Memory:
    try:
        kept = json.loads(file.read_text())
        return Memory(str(kept["node"]), int(kept["epoch"]), int(kept["windows"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Memory(secrets.token_hex(16), 0, 0)


def _remember(file: Path, memory: Memory) -> None:
    mine = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        mine.write_text(json.dumps(asdict(memory)))
        mine.replace(file)
    except OSError:
        log.warning("%s can't be written: a restored database would not be noticed here", file)
