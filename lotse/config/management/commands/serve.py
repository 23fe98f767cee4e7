"""`lotse serve`: everything that a small company needs, with one command."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lotse.config import serving
from lotse.config.supervisor import Supervisor


class Command(BaseCommand):
    help = "Bring the database up to date, then run the web pages and the worker until stopped."
    group = "Operation"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=serving.default_workers(), help="processes for the web"
        )
        parser.add_argument("--threads", type=int, default=8, help="threads in each of them")
        parser.add_argument(
            "--no-worker", action="store_true", help="web only; `lotse work` runs elsewhere"
        )

    def handle(
        self, *args: Any, host: str, port: int, workers: int, threads: int, **options: Any
    ) -> None:
        plan = serving.Plan(host, port, workers, threads, has_worker=not options["no_worker"])
        try:
            serving.check(plan)
        except serving.CannotServe as trouble:
            raise CommandError(str(trouble)) from None
        if "LOTSE_URL" not in os.environ:
            os.environ["LOTSE_URL"] = settings.BASE_URL = plan.address

        serving.prepare()
        self.stdout.write(f"Lotse is on {settings.BASE_URL}. Ctrl-C stops it.")
        if link := serving.first_link():
            self.stdout.write(f"Nobody is here yet. This link makes the administrator:\n  {link}")
        self.stdout.flush()
        Supervisor(serving.children(plan)).run()
