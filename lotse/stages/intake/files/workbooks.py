"""Reads a sheet of an Excel workbook row by row, every cell as the text a person would read."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from lotse.stages.intake.files import refusals
from lotse.stages.intake.files.refusals import Refused
from lotse.stages.intake.files.tables import Record

_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, DefusedXmlException, KeyError, ValueError,
    TypeError, AttributeError, IndexError, EOFError, OSError,
)  # fmt: skip


def sheets_of(path: Path) -> list[str]:
    """
    Return the names of the sheets that are not hidden.

    :raises Refused: if the workbook can't be opened
    """
    with _opened(path) as book:
        sheets = [s.title for s in book.worksheets if s.sheet_state == "visible"]
        return sheets or book.sheetnames[:1]


def records(path: Path, sheet: str) -> Iterator[Record]:
    """
    Yield row after row of a sheet.

    :raises Refused: if the workbook turns out to be damaged
    """
    with _opened(path) as book:
        table = book[sheet]
        # What the file says about its size is often wrong: rows would be filled up to it.
        table.reset_dimensions()
        for number, cells in enumerate(table.iter_rows(values_only=True), 1):
            texts = [text_of(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            yield Record(number, number, texts)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    # Handed over as an open file: by its path openpyxl would go by the name.
    with path.open("rb") as file:
        try:
            with warnings.catch_warnings():
                # It warns of each ornament that it does not read.
                warnings.simplefilter("ignore")
                book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            yield book
        except _BROKEN:
            raise Refused(refusals.BROKEN) from None


def text_of(cell: Any) -> str:
    """Write the value of a cell as text: numbers without exponent, moments as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _plain(Decimal(repr(cell)))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return str(cell).replace("\0", "")


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
