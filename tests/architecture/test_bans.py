"""That what ruff bans is really refused, and only there."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUFF = Path(sys.executable).with_name("ruff")
CLOCK = "lotse/kernel/clock.py"
ANYWHERE = "lotse/stages/closing/services.py"


def faults(code: str, *, as_file: str = ANYWHERE) -> set[str]:
    """Return the rules that this code breaks if it stands in that file."""
    told = subprocess.run(
        [str(RUFF), "check", "--output-format", "concise", "--stdin-filename", as_file, "-"],
        cwd=ROOT,
        input=f'"""A module."""\n\n{code}\n',
        capture_output=True,
        text=True,
        check=False,
    )
    return {line.split()[1] for line in told.stdout.splitlines() if ".py:" in line}


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)",
        "from datetime import date\n\nTODAY = date.today()",
        "from django.utils import timezone\n\nNOW = timezone.now()",
        "from django.utils.timezone import now\n\nNOW = now()",
    ],
)
def test_nobody_asks_the_system_for_the_time(code: str) -> None:
    assert "TID251" in faults(code)


@pytest.mark.parametrize(
    "code",
    [
        "from django.db.models.signals import post_save\n\nHEARD = post_save",
        "from django.dispatch import receiver\n\nHEARD = receiver",
        "from django.db.models import signals\n\nHEARD = signals",
    ],
)
def test_nobody_listens_to_signals(code: str) -> None:
    assert "TID251" in faults(code)


def test_the_clock_may_ask() -> None:
    assert "TID251" not in faults((ROOT / CLOCK).read_text(), as_file=CLOCK)


def test_a_moment_without_a_zone_is_refused() -> None:
    assert "DTZ001" in faults("from datetime import datetime\n\nTHEN = datetime(2026, 3, 2)")
