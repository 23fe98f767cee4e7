"""`lotse work`: does what is due, now and from now on."""

import signal
import sys
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from lotse.kernel import clock
from lotse.worker.jobs import JOBS
from lotse.worker.loop import Loop


class Command(BaseCommand):
    help = "Do what is due, now and from now on; any number of workers may run on PostgreSQL."
    group = "Operation"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        loop = Loop(JOBS, clock.read, _until_told())
        if not once:
            loop.run()
        elif not loop.run_once():
            sys.exit(1)


def _until_told() -> Any:
    end = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: end.set())

    def wait(seconds: float) -> bool:
        # A connection that the server closed in the meantime is given up, not used.
        if seconds:
            close_old_connections()
        return end.wait(seconds) if seconds else end.is_set()

    return wait
