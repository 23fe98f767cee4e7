"""Finds the record that holds the headers: below title lines, in any of the first records, or nowhere."""

from collections.abc import Sequence

from lotse.stages.intake.files.columns import field_of_header, looks_like_email, looks_like_phone
from lotse.stages.intake.files.tables import Record

# Titles and cover lines end somewhere above this.
LOOKED_AT = 40


def header_in(records: Sequence[Record]) -> Record | None:
    """Return the record with the headers; None if the first record is data already."""
    first = [record for record in records[:LOOKED_AT] if not record.is_blank]
    if not first:
        return None
    known = {record.row: _known(record) for record in first}
    best = max(known.values())
    if best >= 2 or (best == 1 and _widest(first) == 1):
        return next(record for record in first if known[record.row] == best)
    # Nothing we know: the first line that is as wide as the table, unless it is somebody's data.
    candidate = next(record for record in first if _width(record) == _widest(first))
    return None if _is_data(candidate) else candidate


def _known(record: Record) -> int:
    return len({field for cell in record.cells if (field := field_of_header(cell))})


def _width(record: Record) -> int:
    return sum(bool(cell.strip()) for cell in record.cells)


def _widest(records: Sequence[Record]) -> int:
    return max(_width(record) for record in records)


def _is_data(record: Record) -> bool:
    return any(looks_like_email(cell) or looks_like_phone(cell) for cell in record.cells)


def is_repeated(record: Record, header: Sequence[str]) -> bool:
    """Say whether a record is the header once more."""
    filled = [" ".join(cell.split()) for cell in record.cells if cell.strip()]
    return bool(header) and filled == [cell for cell in header if cell]
