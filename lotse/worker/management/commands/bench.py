"""`lotse bench [NAME]`: measures Lotse in a database of its own, and prints what it found."""

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lotse.kernel import clock
from lotse.records.people.models import User
from lotse.worker.bench import company, flow, pages, reminders
from lotse.worker.bench.measure import Row, table

# Set for the process that measures, whose database is its own.
INSIDE = "LOTSE_BENCH"
# In this order, for what comes later adds cases.
BENCHES: dict[str, Callable[..., list[Row]]] = {
    "lists": pages.measure_lists,
    "board": pages.measure_board,
    "lead": pages.measure_lead,
    "tick": flow.measure_tick,
    "assignment": flow.measure_assignment,
    "api": flow.measure_api,
    "import": flow.measure_import,
    "follow-ups": reminders.measure_follow_ups,
}


class Command(BaseCommand):
    help = "Measure Lotse with generated leads in a database of its own; prints a table."
    group = "Development"
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}")
        parser.add_argument(
            "--leads", type=int, default=100_000, help="cases that are there before"
        )
        parser.add_argument(
            "--database",
            default="",
            help="address of an empty database; else SQLite in a temporary folder",
        )

    def handle(
        self, *args: Any, names: list[str], leads: int, database: str, **options: Any
    ) -> None:
        unknown = sorted(set(names) - set(BENCHES))
        if unknown:
            raise CommandError(
                f"There is no benchmark {unknown[0]}; there are {', '.join(BENCHES)}."
            )
        if os.environ.get(INSIDE):
            self._measure(names or list(BENCHES), leads)
            return
        with tempfile.TemporaryDirectory(prefix="lotse-bench-") as home:
            environment = {
                **os.environ,
                INSIDE: "1",
                "LOTSE_HOME": home,
                "LOTSE_LOG_LEVEL": "ERROR",
            }
            environment["LOTSE_DATABASE_URL"] = database or f"sqlite:///{home}/lotse.sqlite3"
            command = [sys.executable, "-m", "lotse", "bench", *names, "--leads", str(leads)]
            ended = subprocess.run(command, env=environment, check=False)  # noqa: S603
        if ended.returncode:
            raise CommandError("The benchmark failed.")

    def _measure(self, names: list[str], leads: int) -> None:
        call_command("migrate", verbosity=0)
        if User.objects.exists():
            raise CommandError("This database is in use; the benchmark wants an empty one.")
        now = clock.read()
        one = company.found(now=now)
        company.fill(one, leads, now=now)
        self.stdout.write(
            f"{leads} cases, {flow.name_of_database()}, Python {platform.python_version()}, "
            f"{os.cpu_count()} cores\n"
        )
        self.stdout.flush()
        rows = [row for name, run in BENCHES.items() if name in names for row in run(one, now=now)]
        self.stdout.write(table(rows))
