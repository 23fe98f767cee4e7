"""The two workers: started, killed at a moment or at a commit, and started again."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tools.chaos.worker import CLOCK, DIES_AT, SABOTAGE

WORKERS = 2
# A random death comes within so many seconds after a worker has begun, one at a commit within so many.
SECONDS, STEPS = 0.8, 24
# A worker that is to die at a commit and comes to none is killed after all.
PATIENCE = 10.0
DYING = -signal.SIGKILL


@dataclass
class Crew:
    """Keeps two workers running; of them so many are killed, by turns at any moment and at a commit."""

    kills: int
    port: int
    clock: Path
    sabotage: str
    rng: random.Random
    killed: dict[str, int] = field(default_factory=lambda: {"at a moment": 0, "at a commit": 0})
    _planned: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _end: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _faults: list[str] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._keep_one) for _ in range(WORKERS)]
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        self._end.set()
        for one in self._threads:
            one.join()

    def check(self) -> None:
        """
        Look whether the workers died only of us.

        :raises RuntimeError: if one ended by itself
        """
        if self._faults:
            raise RuntimeError(self._faults[0])

    @property
    def is_done(self) -> bool:
        """Whether everybody who is to be killed was."""
        return sum(self.killed.values()) >= self.kills

    def _keep_one(self) -> None:
        while not self._end.is_set() and not self._faults:
            how = self._next_death()
            process = self._begin(how)
            if how == "at a moment":
                time.sleep(self.rng.uniform(0, SECONDS))
                process.kill()
            self._bury(process, how)

    def _next_death(self) -> str:
        with self._lock:
            if self._planned >= self.kills:
                return ""
            self._planned += 1
            return "at a commit" if self._planned % 2 else "at a moment"

    def _begin(self, how: str) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "LOTSE_SMTP_URL": f"smtp://127.0.0.1:{self.port}",
            CLOCK: str(self.clock),
            SABOTAGE: self.sabotage,
            DIES_AT: str(self.rng.randrange(STEPS)) if how == "at a commit" else "",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.chaos.worker"],
            env=environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if process.stdout:
            process.stdout.readline()
        return process

    def _bury(self, process: subprocess.Popen[str], how: str) -> None:
        began = time.monotonic()
        while process.poll() is None:
            late = how == "at a commit" and time.monotonic() - began > PATIENCE
            if late:
                process.kill()
            elif self._end.wait(0.02) and not how:
                process.terminate()
                process.wait(30)
        if process.stdout:
            process.stdout.close()
        if how and process.returncode == DYING:
            with self._lock:
                self.killed[how] += 1
        elif process.returncode != 0:
            self._faults.append(f"a worker ended by itself with {process.returncode}")
