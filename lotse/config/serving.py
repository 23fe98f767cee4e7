"""What `lotse serve` does before it starts its processes, and which ones it starts."""

import errno
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lotse.access import presets
from lotse.config.supervisor import Child
from lotse.records.people.models import User
from lotse.web.first import links

MOST_WORKERS = 32
# Every thread may hold a connection to the database; beyond this they only wait for each other.
MOST_THREADS = 64
# Any number will do, as long as it is always the same.
MIGRATING = 4_711_001


class CannotServe(Exception):
    """Why it makes no sense to start, in a sentence for the operator."""


@dataclass(frozen=True)
class Plan:
    host: str
    port: int
    workers: int
    threads: int
    has_worker: bool = True

    @property
    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host)  # noqa: S104
        return f"http://{shown}:{self.port}" if shown else f"http://{self.bind}"


def default_workers() -> int:
    return min(os.cpu_count() or 1, 4)


def check(plan: Plan) -> None:
    """
    Look whether the plan can work.

    :raises CannotServe: if a number is out of bounds, or the port is not to be had
    """
    if not 1 <= plan.workers <= MOST_WORKERS:
        raise CannotServe(f"--workers must be between 1 and {MOST_WORKERS}.")
    if not 1 <= plan.threads <= MOST_THREADS:
        raise CannotServe(f"--threads must be between 1 and {MOST_THREADS}.")
    _try_port(plan)


def _try_port(plan: Plan) -> None:
    family = socket.AF_INET6 if ":" in plan.host else socket.AF_INET
    with socket.socket(family) as door:
        # As the web server does: a port that was in use a moment ago may be taken over.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((plan.host, plan.port))
        except OSError as trouble:
            if trouble.errno == errno.EADDRINUSE:
                raise CannotServe(
                    f"Port {plan.port} is taken; choose another one with --port."
                ) from None
            raise CannotServe(f"Cannot listen on {plan.bind}: {trouble.strerror}.") from None


def prepare() -> None:
    """Bring tables, roles and static files up to date; doing it again changes nothing."""
    _prepare_tables()
    call_command("collectstatic", verbosity=0, interactive=False)


def _prepare_tables() -> None:
    with _one_at_a_time():
        call_command("migrate", verbosity=0, interactive=False)
        presets.install()


def prepare_if_new() -> None:
    """
    Bring a database that has no tables yet to life, so that any command may be the first one.

    One with older tables is left alone: when to change them is for the operator to say.

    :raises CannotServe: if the tables are older than the code
    """
    if not connection.introspection.table_names():
        _prepare_tables()
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CannotServe(
            "The tables are older than this version of Lotse: make a backup, then run lotse migrate."
        )


def first_link() -> str | None:
    """Return the link that makes the administrator, if nobody is there yet."""
    if User.objects.exists():
        return None
    return settings.BASE_URL + links.make_path()


def children(plan: Plan) -> list[Child]:
    environment = _numbers()
    web = ["--bind", plan.bind, "--workers", str(plan.workers), "--threads", str(plan.threads)]
    found = [Child("web", _command("web", *web), environment)]
    if plan.has_worker:
        found.append(Child("worker", _command("work"), environment))
    return found


def _command(what: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "lotse.config.child", str(os.getpid()), what, *arguments]


def _numbers() -> dict[str, str]:
    """Return where the processes write their numbers, so that any of them can tell the sum."""
    if not settings.METRICS_TOKEN:
        return {}
    folder = settings.HOME / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder)}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one of several nodes that start together change the tables; the others then find it done."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
