"""`lotse generate`: write invented leads to a CSV file, the same bytes for the same seed."""

import csv
import sys
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandParser

from lotse.worker.bench.leads import leads
from lotse.worker.bench.vocabulary import FIELDS


class Command(BaseCommand):
    help = "Write invented leads to a CSV file, the same bytes for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-n", "--count", type=int, default=10_000)
        parser.add_argument("-o", "--output", default="-", help="a file, or - for standard output")
        parser.add_argument("--seed", type=int, default=20260101)

    def handle(self, *_args: Any, count: int, output: str, seed: int, **_options: Any) -> None:
        if output == "-":
            self._write(sys.stdout, count, seed)
            return
        with Path(output).open("w", newline="", encoding="utf-8") as file:
            self._write(file, count, seed)

    def _write(self, out: TextIO, count: int, seed: int) -> None:
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(leads(count, seed=seed))
