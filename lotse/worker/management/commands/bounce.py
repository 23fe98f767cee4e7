"""`lotse bounce`: takes one mail that came back from the mail server, on standard input."""

import os
import sys
from email import message_from_bytes
from email.utils import getaddresses
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from lotse.access.holders import get_holders
from lotse.access.policy import Right
from lotse.kernel import clock
from lotse.mails.table import KINDS
from lotse.records.outbox.bounces import Taken, read_return_path, take

# Where mail servers write the address a mail was delivered to, the most telling first.
HEADERS = ("X-Original-To", "Delivered-To", "Envelope-To", "To")


class Command(BaseCommand):
    help = (
        "Take a mail that came back, on standard input; the mail server calls it for the address in"
        " LOTSE_MAIL_BOUNCES."
    )
    group = "Operation"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", default="", help="the address it was delivered to, if no header says so"
        )

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        raw = sys.stdin.buffer.read()
        try:
            taken = take(
                raw,
                to=to or _delivered_to(raw),
                kinds=KINDS,
                tell=get_holders(Right.SETTINGS),
                now=clock.read(),
            )
        except DatabaseError as error:
            self.stderr.write(f"The database can't be reached, so the mail is to be kept: {error}")
            # The mail server keeps it and calls again.
            sys.exit(os.EX_TEMPFAIL)
        if taken == Taken.FOREIGN:
            self.stderr.write("It was not sent to an address that Lotse made.")
            sys.exit(os.EX_NOUSER)
        self.stdout.write(taken.value)


def _delivered_to(raw: bytes) -> str:
    parsed = message_from_bytes(raw)
    written = (str(value) for name in HEADERS for value in parsed.get_all(name, []))
    found = (address for value in written for _name, address in getaddresses([value]))
    return next((one for one in found if read_return_path(one) is not None), "")
