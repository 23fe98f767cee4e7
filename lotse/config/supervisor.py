"""Starts processes, watches them, starts again what dies, and leaves none behind."""

import contextlib
import logging
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

# What dies is started again after this, doubled each time it dies young.
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# Whoever lived as long as this had a good start, and the pauses begin anew.
GROWN_UP = 60.0
# How long the processes may take to finish what they do when all is to end.
GRACE = 30.0

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass
class Child:
    """One process to keep alive; it leads a group, so that what it starts can be ended with it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, now: float) -> None:
        # In a session of its own, so that Ctrl-C reaches us alone and we end everything in order.
        self.process = subprocess.Popen(  # noqa: S603
            self.command, env={**os.environ, **self.environment}, start_new_session=True
        )
        self.started_at = now
        log.info("%s started, process %d", self.name, self.process.pid)

    def bury(self, now: float) -> None:
        """Note that the process is gone, and when to start the next."""
        process, self.process = self.process, None
        assert process is not None  # noqa: S101
        # What it had started itself finishes its work and frees the port.
        _signal_group(process.pid, signal.SIGTERM)
        if now - self.started_at >= GROWN_UP:
            self.pause = FIRST_PAUSE
        self.start_at = now + self.pause
        log.error(
            "%s ended with %d, starting again in %.1f s", self.name, process.returncode, self.pause
        )
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


class Supervisor:
    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        # How often we were told to stop; the second time means now.
        self.told = 0
        # Signals ring this bell, so that waiting ends at once without asking again and again.
        self._bell, self._rope = socket.socketpair()
        self._bell.setblocking(False)
        self._rope.setblocking(False)

    def run(self) -> None:
        """Keep the children alive until we are told to stop; then end them all."""
        signal.set_wakeup_fd(self._rope.fileno())
        for number in STOPPING:
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            while not self.told:
                self._look(time.monotonic())
                self._wait(self._next_start(time.monotonic()))
        finally:
            self._end_all()

    def _stop(self, *_: object) -> None:
        self.told += 1

    def _look(self, now: float) -> None:
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                child.bury(now)
            if child.process is None and child.start_at <= now:
                child.start(now)

    def _next_start(self, now: float) -> float | None:
        waiting = [c.start_at - now for c in self.children if c.process is None]
        return max(0.0, min(waiting)) if waiting else None

    def _wait(self, seconds: float | None) -> None:
        ready, _, _ = select.select([self._bell], [], [], seconds)
        if ready:
            self._bell.recv(4096)

    def _end_all(self) -> None:
        running = [c.process for c in self.children if c.process is not None]
        for process in running:
            process.terminate()

        latest = time.monotonic() + GRACE
        while (
            any(p.poll() is None for p in running) and time.monotonic() < latest and self.told < 2
        ):
            self._wait(min(1.0, max(0.0, latest - time.monotonic())))
        # Whoever has not finished by now, or was left behind by its own parent, is ended.
        for process in running:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()


def _signal_group(leader: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, number)
