"""Reading a file of leads: a first look at the whole of it, then its rows one after another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from lotse.stages.intake.files import headings, refusals, tables, workbooks
from lotse.stages.intake.files.columns import Column, recognise
from lotse.stages.intake.files.kinds import Kind, kind_of
from lotse.stages.intake.files.refusals import Refused
from lotse.stages.intake.files.tables import Record
from lotse.stages.intake.files.values import Notation, notation_of

MOST_ROWS = 1_000_000
MOST_COLUMNS = 400
# By so many rows a column without a telling header is recognised.
SAMPLES = 100
# Of every column the signs of numbers and dates are looked at in so many rows.
TELLING = 20_000


@dataclass(frozen=True)
class Shape:
    """How a file is to be read: all that is needed to read it again and find the same rows."""

    kind: str
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header_row: int = 0  # 0: there are no headers
    header: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """What a first look at the whole file told."""

    shape: Shape
    columns: tuple[Column, ...]
    rows: int
    notation: Notation
    # Whether day and month can't be told apart, with the first date that could be either.
    asks_date: str = ""


def look(path: Path, *, zone: str, country: str) -> Look:
    """
    Read the whole file once: what it is, where its headers are, what its columns hold, how many rows.

    :raises Refused: if it can't be imported
    """
    shape, head = _shape_of(path)
    samples = [r.cells for r in head if r.row > shape.header_row and not r.is_blank][:SAMPLES]
    width = max([len(shape.header), *(len(cells) for cells in samples)], default=0)
    if width > MOST_COLUMNS:
        raise Refused(refusals.TOO_MANY_COLUMNS, columns=width, limit=MOST_COLUMNS)
    headers = [*shape.header, *[""] * (width - len(shape.header))]
    columns = tuple(c for c in recognise(headers, samples) if c.header or c.samples)
    rows, cells = _count(path, shape, columns)
    if not rows:
        raise Refused(refusals.NO_ROWS)
    notation = notation_of(cells["value"], cells["created_at"], zone=zone, country=country)
    return Look(shape, columns, rows, notation, _asked(cells["created_at"], notation))


def rows(path: Path, shape: Shape, *, after: int = 0) -> Iterator[Record]:
    """Yield the rows with data behind the record `after`; what is blank is no row."""
    first = max(after, shape.header_row)
    for record in _records(path, shape):
        if record.row <= first or record.is_blank:
            continue
        if shape.kind == Kind.TABLE and tables.is_separator_line(record, shape.separator):
            continue
        yield record


def cells_by_field(record: Record, mapping: Mapping[int, str]) -> dict[str, str]:
    """Return the cells of a row by field; where several columns are one field, the first that is filled."""
    found: dict[str, str] = {}
    for place, field in mapping.items():
        cell = record.cells[place].strip() if place < len(record.cells) else ""
        if cell and not found.get(field):
            found[field] = cell
    return found


def named_cells(record: Record, headers: Sequence[str]) -> dict[str, str]:
    """Return all filled cells of a row by their header, so that nothing is lost; equal headers are numbered."""
    named: dict[str, str] = {}
    for place, cell in enumerate(record.cells):
        if not cell.strip():
            continue
        header = (headers[place].strip() if place < len(headers) else "") or f"#{place + 1}"
        named[header if header not in named else f"{header} #{place + 1}"] = cell
    return named


def _shape_of(path: Path) -> tuple[Shape, list[Record]]:
    kind = kind_of(path)
    if kind == Kind.WORKBOOK:
        candidates = [Shape(kind, sheet=name) for name in workbooks.sheets_of(path)]
    else:
        dialect = tables.dialect_of(path)
        candidates = [Shape(kind, dialect.encoding, dialect.separator)]
    found = [_with_header(path, shape) for shape in candidates]
    filled = [one for one in found if any(not record.is_blank for record in one[1])]
    if not filled:
        raise Refused(refusals.EMPTY)
    # Of several sheets the one whose headers are known best; covers come first and say little.
    return max(filled, key=lambda one: _known(one[0]))


def _with_header(path: Path, shape: Shape) -> tuple[Shape, list[Record]]:
    head = list(islice(_records(path, shape), SAMPLES + headings.LOOKED_AT))
    if shape.kind == Kind.TABLE and head and tables.is_separator_line(head[0], shape.separator):
        head = head[1:]
    header = headings.header_in(head)
    if header is None:
        return shape, head
    names = tuple(" ".join(cell.split()) for cell in header.cells)
    return replace(shape, header_row=header.row, header=names), head


def _known(shape: Shape) -> int:
    return sum(bool(column.field) for column in recognise(shape.header, []))


def _records(path: Path, shape: Shape) -> Iterator[Record]:
    if shape.kind == Kind.WORKBOOK:
        return workbooks.records(path, shape.sheet)
    return tables.records(path, tables.Dialect(shape.encoding, shape.separator))


def _count(path: Path, shape: Shape, columns: Sequence[Column]) -> tuple[int, dict[str, list[str]]]:
    telling = {c.place: c.field for c in columns if c.field in {"value", "created_at"}}
    cells: dict[str, list[str]] = defaultdict(list)
    count = 0
    for record in rows(path, shape):
        count += 1
        if count > MOST_ROWS:
            raise Refused(refusals.TOO_MANY_ROWS, limit=MOST_ROWS)
        if count <= TELLING:
            for field, cell in cells_by_field(record, telling).items():
                cells[field].append(cell)
    return count, cells


def _asked(cells: Sequence[str], notation: Notation) -> str:
    if notation.day_first is not None:
        return ""
    return next((cell for cell in cells if "/" in cell or "-" in cell[1:3]), "")
