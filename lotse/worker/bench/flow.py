"""Measuring what moves leads: requests to the interface, imports, assignment, and the worker's tick."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from socket import socket

from django.db import connection

from lotse.kernel import clock
from lotse.lifecycle import loop
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.people.keys import create_key
from lotse.worker.bench.company import Company
from lotse.worker.bench.leads import Lead, leads
from lotse.worker.bench.measure import (
    Row,
    children_of,
    count_queries,
    cpu_of,
    database_cpu,
    measured,
)
from lotse.worker.bench.vocabulary import FIELDS

# Never more than there are cases: a small company is measured with little.
REQUESTS, CALLERS, WARM_UP = 2000, 8, 20
IMPORTED = 4000
WAITING = 10_000
DUE = 10
# The fields that the interface takes.
SENT = ("first_name", "last_name", "company", "email", "phone", "postcode", "city", "country", "product", "source")  # fmt: skip
PATIENCE = 120.0


def measure_api(company: Company, *, now: datetime) -> list[Row]:
    """Send one lead per request to running processes, until the last one is assigned."""
    _, secret = create_key(name="bench", user=company.manager, now=now)
    wanted = min(REQUESTS, company.size) + WARM_UP
    sent = [{f: lead[f] for f in SENT} for lead in leads(wanted, seed=5, dup_rate=0, end=now)]
    with _served() as (port, pid):
        _send(port, secret, sent[:WARM_UP])
        _until_assigned()
        database, cpu, began = database_cpu(), cpu_of(children_of(pid)), time.perf_counter()
        _send(port, secret, sent[WARM_UP:])
        answered = time.perf_counter() - began
        _until_assigned()
        wall = time.perf_counter() - began
        cpu = cpu_of(children_of(pid)) - cpu
        database = database_cpu() - database
    count = len(sent) - WARM_UP
    return [
        Row(
            "api: one lead per request",
            {
                "requests/s": f"{count / answered:.0f}",
                "leads/s to assigned": f"{count / wall:.0f}",
                "CPU ms/lead": f"{cpu / count * 1000:.1f}",
                "database CPU ms/lead": f"{database / count * 1000:.1f}",
            },
        )
    ]


@contextmanager
def _served() -> Iterator[tuple[int, int]]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "lotse", "serve", "--port", str(port), "--workers", "2"]
    environment = {**os.environ, "LOTSE_LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603
    try:
        _until_open(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _until_open(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the server did not start")


def _send(port: int, secret: str, bodies: Sequence[dict[str, str]]) -> None:
    faults: list[str] = []

    def call(some: Sequence[dict[str, str]]) -> None:
        door = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        for body in some:
            door.request("POST", "/api/leads", json.dumps(body), headers)
            answer = door.getresponse()
            text = answer.read()
            if answer.status != 201:
                faults.append(f"{answer.status} {text[:200]!r}")
        door.close()

    callers = [threading.Thread(target=call, args=(bodies[n::CALLERS],)) for n in range(CALLERS)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    if faults:
        raise RuntimeError(f"{len(faults)} leads were refused: {faults[0]}")


def _until_assigned() -> None:
    end = time.monotonic() + PATIENCE
    on_the_way = Case.objects.filter(stage__in=["matching", "assignment", "acceptance"], wake_at__lte=clock.read() + timedelta(minutes=1))  # fmt: skip
    while on_the_way.exists():
        if time.monotonic() > end:
            raise TimeoutError("the worker did not keep up")
        time.sleep(0.05)


def measure_import(company: Company, *, now: datetime) -> list[Row]:
    """Import a file by the command, until all leads are assigned."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leads.csv"
        _write(path, leads(min(IMPORTED, company.size), seed=6, end=now))
        database = database_cpu()
        with measured() as figures:
            ended = subprocess.run(  # noqa: S603
                [sys.executable, "-m", "lotse", "import", str(path), "--json"],
                capture_output=True,
                text=True,
                check=True,
            )
        database = database_cpu() - database
    told = json.loads(ended.stdout.strip().splitlines()[-1])
    return [
        Row(
            f"import: {told['rows']} rows, {told['joined']} joined",
            {
                "leads/s to assigned": f"{told['rows'] / figures.wall:.0f}",
                "CPU ms/lead": f"{figures.cpu / told['rows'] * 1000:.1f}",
                "database CPU ms/lead": f"{database / told['rows'] * 1000:.1f}",
            },
        )
    ]


def _write(path: Path, rows: Iterator[Lead]) -> None:
    left_out = {"stage", "owner", "next_action_at", "duplicate_of", "created_at"}
    names = [name for name in FIELDS if name not in left_out]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def measure_assignment(company: Company, *, now: datetime) -> list[Row]:
    """Assign leads that wait, all at once, to the people of a team by turns."""
    waiting = min(WAITING, company.size)
    _let_wait(company, waiting, now=now)

    def assign() -> None:
        while loop.advance_due(now=now):
            pass

    with measured(count_queries=True) as figures:
        assign()
    left = Case.objects.filter(stage=Case.Stage.ASSIGNMENT).count()
    shares = [
        Case.objects.filter(assigned_at=now, assignee=person).count() for person in company.people
    ]
    return [
        Row(
            f"assignment: {waiting} to {len(company.people)}, {left} left, shares {min(shares)} to {max(shares)}",
            {
                "leads/s to assigned": f"{waiting / figures.wall:.0f}",
                "CPU ms/lead": f"{figures.cpu / waiting * 1000:.2f}",
                "database CPU ms/lead": f"{figures.database_cpu / waiting * 1000:.2f}",
                "queries": str(figures.queries),
            },
        )
    ]


def _let_wait(company: Company, count: int, *, now: datetime) -> None:
    rows = leads(count, seed=7, dup_rate=0, end=now)
    while some := list(islice(rows, 5000)):
        open_cases([company.case(r, stage=Case.Stage.ASSIGNMENT, wake_at=now) for r in some])


def measure_tick(company: Company, *, now: datetime) -> list[Row]:
    """Let the worker look once, with a handful of cases due among all others, and with none."""
    ids = list(Case.objects.filter(stage=Case.Stage.PROCESS, wake_at__gt=now).order_by("id").values_list("pk", flat=True)[:DUE])  # fmt: skip
    Case.objects.filter(pk__in=ids).update(wake_at=now)

    found = []
    with measured(count_queries=True) as due:
        found.append(loop.advance_due(now=now))
    with measured() as idle:
        found.append(loop.advance_due(now=now))
    queries = count_queries(lambda: loop.advance_due(now=now))
    return [
        Row(f"tick: {found[0]} due", {"p50 ms": f"{due.wall * 1000:.1f}", "queries": str(due.queries)}),
        Row(f"tick: {found[1]} due", {"p50 ms": f"{idle.wall * 1000:.1f}", "queries": str(queries)}),
    ]  # fmt: skip


def name_of_database() -> str:
    """Return the database and its version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
        )
        version = cursor.fetchone()[0]
    return f"{connection.display_name} {version.split()[0]}"
