"""Reads separated text record by record: in which encoding, by which separator, from which line."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lotse.stages.intake.files import refusals
from lotse.stages.intake.files.kinds import HEAD, UTF_16, looks_like_utf_16
from lotse.stages.intake.files.refusals import Refused

SEPARATORS = (",", ";", "\t", "|")
# A cell that is longer than this is no cell, but the rest of the file behind a quotation mark.
LONGEST_CELL = 1_000_000
SAMPLE = 128 * 1024
CHUNK = 1 << 20
_SEP_LINE = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
_UNDEFINED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True)
class Record:
    """One record of a file: the how-manieth, from which line, and its cells as text."""

    row: int
    line: int
    cells: list[str]

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Dialect:
    encoding: str
    separator: str


def dialect_of(path: Path) -> Dialect:
    """Find out the encoding of a text and what separates its cells."""
    encoding = _encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(SAMPLE)
    return Dialect(encoding, _separator_of(sample))


def records(path: Path, dialect: Dialect) -> Iterator[Record]:
    """
    Yield record after record; an empty line is one, a quoted cell over several lines is in one.

    :raises Refused: if a quotation mark is opened and never closed
    """
    # The limit is one for the whole process; nobody else reads separated text here.
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=dialect.encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=dialect.separator)
        line = 1
        for row in range(1, 1 << 62):
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise Refused(refusals.OPEN_QUOTE, line=line) from None
            yield Record(row, line, [cell.replace("\0", "") for cell in cells])
            line = reader.line_num + 1


def _encoding_of(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(HEAD)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if head.startswith(UTF_16):
            return "utf-16"
        if half := looks_like_utf_16(head):
            return half
        file.seek(0)
        return _encoding_of_bytes(file)


def _encoding_of_bytes(file: io.BufferedReader) -> str:
    # One line far down can be the first with an umlaut, so the whole file is asked.
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf_8, is_1252 = True, True
    while chunk := file.read(CHUNK):
        is_1252 = is_1252 and not _UNDEFINED_IN_1252.search(chunk)
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            is_utf_8 = False
        if not is_utf_8 and not is_1252:
            return "latin-1"
    if is_utf_8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf_8 = False
    return "utf-8" if is_utf_8 else "cp1252"


def _separator_of(sample: str) -> str:
    first = sample.split("\n", 1)[0].lstrip("\ufeff").rstrip("\r")
    if said := _SEP_LINE.match(first):
        return said[1]
    whole_lines = sample.rpartition("\n")[0] or sample
    return max(SEPARATORS, key=lambda sign: _fit(whole_lines, sign))


def _fit(text: str, separator: str) -> tuple[float, int]:
    """Say how well a separator cuts: the share of records of the usual width, and that width."""
    csv.field_size_limit(LONGEST_CELL)
    widths: Counter[int] = Counter()
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if cells:
                widths[len(cells)] += 1
    except csv.Error:
        return (0.0, 0)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return (round(count / widths.total(), 1), width)


def is_separator_line(record: Record, separator: str) -> bool:
    """Say whether a record is the line by which Excel is told the separator."""
    return bool(record.row == 1 and _SEP_LINE.match(separator.join(record.cells)))
