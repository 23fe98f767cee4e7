"""`lotse generate`: write invented leads to a CSV file, the same bytes for the same seed."""

import csv
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

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
        stream = (
            nullcontext(sys.stdout)
            if output == "-"
            else Path(output).open("w", newline="", encoding="utf-8")
        )
        with stream as out:
            writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(leads(count, seed=seed))
