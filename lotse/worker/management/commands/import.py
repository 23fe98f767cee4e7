"""`lotse import FILE`: reads leads from a CSV or Excel file, and lets them go their way at once."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lotse.kernel import clock
from lotse.kernel.actors import SYSTEM, Actor, person
from lotse.records.catalog.models import LeadSource
from lotse.records.people.models import User
from lotse.stages.intake.files import mending, queries
from lotse.stages.intake.files.refusals import Refused
from lotse.stages.intake.files.telling import tell, tell_faults
from lotse.stages.intake.models import Import
from lotse.stages.intake.services import faults_of
from lotse.worker import import_command
from lotse.worker.import_command import CannotMap

SHOWN = 20


class Command(BaseCommand):
    help = "Import leads from a CSV or Excel file; the same file again makes no second lead."
    group = "Data"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADER=FIELD",
            help="say what a column is; an empty FIELD leaves it out",
        )  # fmt: skip
        parser.add_argument("--source", default="", help="key or name of the source of all rows")
        parser.add_argument("--as", dest="user", default="", help="e-mail of who imports")
        parser.add_argument("--set-aside", type=Path, help="write rows to mend into this file")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        began = clock.read()
        try:
            one = import_command.begin(
                file,
                fields=_fields(options["map"]),
                source=_source(options["source"]),
                by=_actor(options["user"]),
                now=began,
            )
            self._run(one)
        except Refused as refused:
            raise CommandError(tell(refused.reason)) from None
        except (CannotMap, OSError) as trouble:
            raise CommandError(str(trouble)) from None
        seconds = (clock.read() - began).total_seconds()
        self._report(one, seconds=round(seconds, 2), **options)

    def _run(self, one: Import) -> None:
        for rows in import_command.run(one, clock=clock.read):
            self.stderr.write(_("%(rows)s of %(total)s rows") % {"rows": rows, "total": one.total})
            self.stderr.flush()

    def _report(self, one: Import, *, seconds: float, **options: Any) -> None:
        one.refresh_from_db()
        counts = queries.get_counts([one])[one.pk]
        self._list_set_aside(one, counts.set_aside)
        if out := options["set_aside"]:
            with out.open("w", encoding="utf-8", newline="") as file:
                file.writelines(mending.file_to_mend(one))
        if options["json"]:
            self.stdout.write(json.dumps({**vars(counts), "seconds": seconds}))
            return
        said = _(
            "%(rows)s rows in %(seconds)s seconds: %(cases)s leads, %(joined)s joined to something "
            "known, %(set_aside)s set aside, %(already_there)s there already"
        )
        self.stdout.write(said % {**vars(counts), "seconds": seconds})

    def _list_set_aside(self, one: Import, count: int) -> None:
        for inquiry in queries.get_set_aside(one)[:SHOWN]:
            said = _("Line %(line)s: %(reason)s")
            reason = tell_faults(faults_of(inquiry))
            self.stderr.write(said % {"line": inquiry.line, "reason": reason})
        if count > SHOWN:
            more = _("and %(count)s more; --set-aside FILE writes them all into a file to mend")
            self.stderr.write(more % {"count": count - SHOWN})


def _fields(mapped: list[str]) -> dict[str, str]:
    pairs = [text.rpartition("=") for text in mapped]
    if wrong := [text for text in mapped if "=" not in text]:
        raise CommandError(_("--map wants HEADER=FIELD, not “%(text)s”") % {"text": wrong[0]})
    return {header.strip(): field.strip() for header, _sign, field in pairs}


def _source(name: str) -> LeadSource | None:
    if not name:
        return None
    found = (
        LeadSource.objects.filter(key=name).first() or LeadSource.objects.filter(name=name).first()
    )
    if found is None:
        known = ", ".join(LeadSource.objects.order_by("key").values_list("key", flat=True))
        raise CommandError(
            _("There is no source “%(name)s”. There are: %(known)s")
            % {"name": name, "known": known}
        )
    return found


def _actor(email: str) -> Actor:
    if not email:
        return SYSTEM
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(_("Nobody here has the address %(email)s") % {"email": email})
    return person(user.pk)
