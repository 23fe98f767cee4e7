"""The command that kills workers while they remind: a short day of it, and that it notices what it is there for."""

import os
import re
import subprocess
import sys

import pytest

from tests import databases

pytestmark = pytest.mark.races
LAST = re.compile(r"mails=(\d+) doubled=(\d+) lost=(\d+) open=(\d+) resent_in_doubt=(\d+)")


def chaos(*said: str) -> tuple[int, list[int]]:
    """Run it on the database of the tests; return how it ended, and its last line as numbers."""
    kind = "postgres" if databases.on_postgres() else "sqlite"
    databases.url()
    ended = subprocess.run(
        [sys.executable, "-m", "tools.chaos", kind, *said],
        capture_output=True, text=True, check=False, env={**os.environ}, timeout=300,
    )  # fmt: skip
    found = LAST.fullmatch(ended.stdout.strip().splitlines()[-1]) if ended.stdout else None
    assert found, ended.stdout + ended.stderr
    return ended.returncode, [int(number) for number in found.groups()]


def test_whoever_is_killed_no_mail_comes_twice_or_is_lost() -> None:
    code, (mails, doubled, lost, still_open, _resent) = chaos("--mails", "200", "--kills", "4")

    assert (code, doubled, lost, still_open) == (0, 0, 0, 0)
    # Ten go to somebody who refuses all, a few are refused for good.
    assert 180 <= mails <= 190


@pytest.mark.skipif(
    databases.on_postgres(), reason="what it notices does not depend on the database"
)
@pytest.mark.parametrize(("sabotage", "column"), [("forget-doubt", 1), ("drop", 2)])
def test_it_notices_a_rule_that_is_broken(sabotage: str, column: int) -> None:
    code, counted = chaos("--mails", "200", "--kills", "2", "--seed", "1", "--sabotage", sabotage)

    assert code == 1
    assert counted[column] > 0
