"""The command `lotse` as an operator runs it: a process of its own, with a home of its own."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

PATIENCE = 40.0


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return ours without any setting of Lotse, but for the home and what is asked for."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LOTSE_", "DJANGO_"))}
    path = os.pathsep.join(p for p in sys.path if p)
    return {**kept, "PYTHONPATH": path, "LOTSE_HOME": str(home), **more}


def lotse(*arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lotse", *arguments],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


class Served:
    """`lotse serve`, and what it and all its children say in one stream."""

    def __init__(self, home: Path, *arguments: str, **more: str) -> None:
        self.port = _free_port()
        self.said = ""
        self._unread = 0
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lotse", "serve", "--port", str(self.port), *arguments],
            env=environment(home, **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Whatever went wrong, nothing stays behind: each child leads a group of its own.
        self.process.kill()
        self.process.wait()
        for leader in re.findall(r"started, process (\d+)", self.said):
            with suppress(ProcessLookupError):
                os.killpg(int(leader), signal.SIGKILL)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def hear(self, pattern: str) -> str:
        """Read on until something new fits the pattern; return its first group."""
        while (found := re.compile(pattern).search(self.said, self._unread)) is None:
            assert self._read(), f"ended without saying {pattern!r}:\n{self.said}"
        self._unread = found.end()
        return found[1] if found.groups() else found[0]

    def hear_out(self) -> None:
        """Read to the end, which comes when every process that could speak is gone."""
        while self._read():
            pass

    def _read(self) -> bool:
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        assert ready, f"said nothing more for {PATIENCE} seconds:\n{self.said}"
        some = os.read(self.process.stdout.fileno(), 65536)
        self.said += some.decode()
        return bool(some)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
