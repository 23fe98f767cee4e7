"""That `lotse bench` measures what it says: every figure is there, and the parts add up. Never a time."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lotse.worker.management.commands.bench import BENCHES

LEADS = 200
MEASURED = ("lead", "tick", "assignment", "api", "import")
Report = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Run the benchmarks once, in a process and a database of their own."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith("LOTSE_")}
    root = str(Path(__file__).parents[3])
    environment = {**keep, "PYTHONPATH": root, "DJANGO_SETTINGS_MODULE": "lotse.config.settings"}
    ended = subprocess.run(
        [sys.executable, "-m", "lotse", "bench", *MEASURED, "--leads", str(LEADS)],
        cwd=tmp_path_factory.mktemp("bench"),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    heading, *rows = [line for line in ended.stdout.splitlines() if line.startswith("|")]
    columns = cells(heading)[1:]
    return {cells(row)[0]: dict(zip(columns, cells(row)[1:], strict=True)) for row in rows[1:]}


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def row(report: Report, begins: str) -> tuple[str, dict[str, str]]:
    [found] = [name for name in report if name.startswith(begins)]
    return found, report[found]


@pytest.mark.parametrize(
    ("begins", "figures"),
    [
        ("lead page", ("p50 ms", "p95 ms", "queries")),
        ("tick: 10 due", ("p50 ms", "queries")),
        ("tick: 0 due", ("p50 ms", "queries")),
        ("assignment", ("leads/s to assigned", "CPU ms/lead", "queries")),
        ("api", ("requests/s", "leads/s to assigned", "CPU ms/lead")),
        ("import", ("leads/s to assigned", "CPU ms/lead")),
    ],
)
def test_each_benchmark_tells_its_figures(
    report: Report, begins: str, figures: tuple[str, ...]
) -> None:
    _, told = row(report, begins)

    assert all(float(told[name]) > 0 for name in figures)


def test_all_who_wait_are_assigned_and_nobody_gets_a_whole_lead_more(report: Report) -> None:
    name, _ = row(report, "assignment")

    match = re.fullmatch(r"assignment: (\d+) to (\d+), (\d+) left, shares (\d+) to (\d+)", name)

    assert match
    waiting, people, left, fewest, most = map(int, match.groups())
    assert (waiting, left) == (LEADS, 0)
    assert fewest * people <= waiting <= most * people
    assert most - fewest <= 1


def test_every_row_of_the_file_is_accounted_for(report: Report) -> None:
    name, _ = row(report, "import")

    match = re.fullmatch(r"import: (\d+) rows, (\d+) joined", name)

    assert match
    assert int(match[1]) >= LEADS
    assert int(match[2]) < int(match[1])


def test_a_benchmark_that_does_not_exist_is_refused() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "lotse", "bench", "nonsense"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode != 0
    assert all(name in ended.stderr for name in BENCHES)
