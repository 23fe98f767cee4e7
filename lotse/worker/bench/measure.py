"""Measuring: wall time, CPU of this process and of the database, queries, percentiles; and saying it."""

import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Figures:
    """What one measurement found; seconds, unless the name says otherwise."""

    wall: float = 0.0
    cpu: float = 0.0
    database_cpu: float = 0.0
    queries: int = 0


@dataclass(frozen=True)
class Row:
    """One line of the report: what was measured, and its figures by the name of their column."""

    name: str
    figures: dict[str, str] = field(default_factory=dict)


@contextmanager
def measured(*, count_queries: bool = False) -> Iterator[Figures]:
    """Measure what is done inside: this process and its ended children, and PostgreSQL's processes."""
    figures = Figures()
    database = database_cpu()
    cpu, wall = own_cpu(), time.perf_counter()
    if count_queries:
        reset_queries()
        with CaptureQueriesContext(connection) as captured:
            yield figures
        figures.queries = len(captured)
    else:
        yield figures
    figures.wall = time.perf_counter() - wall
    figures.cpu = own_cpu() - cpu
    figures.database_cpu = database_cpu() - database


def own_cpu() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in usages)


def database_cpu() -> float:
    """Return the CPU seconds of all PostgreSQL processes of this machine; 0 on SQLite, which has none."""
    if connection.vendor != "postgresql":
        return 0.0
    return cpu_of(_processes("postgres"))


def cpu_of(pids: Sequence[int], *, with_ended_children: bool = True) -> float:
    """Return the CPU seconds that these processes have used, as Linux counts them."""
    total = 0.0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        last = 15 if with_ended_children else 13
        total += sum(int(n) for n in fields[11:last]) / TICKS
    return total


def children_of(pid: int) -> list[int]:
    """Return a process and everything it started, as it stands now."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            waiting += [int(child) for child in path.read_text().split()]
    return found


def repeat(what: Callable[[], object], *, times: int) -> tuple[float, float]:
    """Do something so many times after one warm-up; return the median and the 95th percentile in ms."""
    what()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        what()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent), percentile(spent, 95)


def percentile(values: Sequence[float], rank: int) -> float:
    """Return the smallest value that `rank` percent do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * rank // 100) - 1)]


def count_queries(what: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        what()
    return len(captured)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table with a column for each name of a figure."""
    columns = list(dict.fromkeys(name for row in rows for name in row.figures))
    lines = [f"| what | {' | '.join(columns)} |", f"| --- |{' ---: |' * len(columns)}"]
    lines += [
        f"| {row.name} | {' | '.join(row.figures.get(name, '') for name in columns)} |"
        for row in rows
    ]
    return "\n".join(lines)


def _processes(name: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/comm"):
        try:
            if path.read_text().strip() == name:
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found
