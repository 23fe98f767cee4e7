"""`lotse demo`: a company to look at, in an empty database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lotse.config import serving
from lotse.kernel import clock
from lotse.records.people.models import User
from lotse.worker.demo.company import PASSWORD, PEOPLE
from lotse.worker.demo.history import AT_LEAST, live

MANY = 100_000


class Command(BaseCommand):
    help = (
        "Fill an empty database with a company that lived for two months; keep one that is there."
    )
    group = "Data"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--leads", type=int, default=400, help="how many inquiries reached it")

    def handle(self, *args: Any, leads: int, **options: Any) -> None:
        if not AT_LEAST <= leads <= MANY:
            raise CommandError(f"--leads must be between {AT_LEAST} and {MANY}.")
        serving.prepare()
        if not User.objects.exists():
            self.stdout.write("Sixty days of Brise Wärmetechnik are lived …")
            self.stdout.flush()
            live(now=clock.read(), leads=leads)
        elif not User.objects.filter(email=PEOPLE[0].email).exists():
            raise CommandError(
                "There are people here who are not of the demo; it wants an empty database."
            )
        self.stdout.write(f"Log in with the password {PASSWORD} as one of:")
        for one in PEOPLE:
            where = one.partner or one.team
            self.stdout.write(
                f"  {one.email:<30} {one.name}, {one.role}{', ' + where if where else ''}"
            )
