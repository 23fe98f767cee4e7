"""A process that kills itself with `kill -9` at a step of its work; only tests have such a thing."""

import os
import signal
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

WRITES = ("INSERT", "UPDATE", "DELETE")


class Steps:
    """
    Counts the moments at which a death makes a difference: after each commit that changes something.

    Whatever happens between two commits is forgotten, so dying there is dying after the first; but for
    the mails that have left, so a commit of what became of them counts before, too.
    """

    def __init__(self, *, last: int | None) -> None:
        self.taken, self.last = 0, last
        self._is_dirty = self._is_of_mails = False

    def watch(self) -> None:
        """Watch the connection of this process."""
        self._commit = connection.commit
        connection.commit = self._committing  # type: ignore[method-assign]
        connection.execute_wrappers.append(self._executing)

    def _executing(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        is_write = sql.lstrip().upper().startswith(WRITES)
        answer = execute(sql, *rest)
        self._is_dirty |= is_write
        self._is_of_mails |= is_write and '"outbox_message"' in sql
        if is_write and not connection.in_atomic_block:
            self._rest()
        return answer

    def _committing(self) -> None:
        if self._is_of_mails:
            self._take()
        self._commit()
        if self._is_dirty:
            self._rest()

    def _rest(self) -> None:
        self._is_dirty = self._is_of_mails = False
        self._take()

    def _take(self) -> None:
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.taken += 1


def killed_at(step: int | None, work: Callable[[Callable[[int], None]], None]) -> int | None:
    """
    Do `work` in a process of its own that dies at this step; return what it noted last, None if it lived.

    `work` is handed a function with which it notes how far it is.
    """
    # Two processes on one connection would speak over each other.
    connections.close_all()
    noted, note = os.pipe()
    child = os.fork()
    if child == 0:
        _work(step, work, note)
    os.close(note)
    _, status = os.waitpid(child, 0)
    with os.fdopen(noted, "rb") as read:
        last = read.read()
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        _wait_until_the_database_has_noticed()
        return last[-1]
    assert os.waitstatus_to_exitcode(status) == 0, "the work failed by itself; see above"
    return None


def _work(step: int | None, work: Callable[[Callable[[int], None]], None], note: int) -> None:
    try:
        Steps(last=step).watch()
        work(lambda number: _note_down(note, number))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _note_down(note: int, number: int) -> None:
    os.write(note, bytes([number]))


def _wait_until_the_database_has_noticed() -> None:
    """On PostgreSQL the dead one's transaction holds its locks until its server reads the end."""
    if connection.vendor != "postgresql":
        return
    others = """
        SELECT pg_sleep(0.005), count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
    """
    with connection.cursor() as cursor:
        while cursor.execute(others) is None or cursor.fetchone()[1]:
            pass
