"""That a laptop has a secret key of its own, and only one."""

import os
import stat
import threading
from pathlib import Path

from lotse.config.secret import read_or_make


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret-key"

    made = read_or_make(path)

    assert len(made) > 50
    assert read_or_make(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["secret-key"]


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert read_or_make(tmp_path / "a") != read_or_make(tmp_path / "b")


def test_all_who_start_at_the_same_time_get_the_same_key(tmp_path: Path) -> None:
    barrier, found = threading.Barrier(8), []

    def start() -> None:
        barrier.wait()
        found.append(read_or_make(tmp_path / "secret-key"))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert len(set(found)) == 1
