"""The file to mend: the rows that were set aside, as they stood in the file, each with its reason."""

import csv
from collections.abc import Iterator

from django.utils.translation import gettext as _

from lotse.stages.intake.files import reading, stored
from lotse.stages.intake.files.queries import get_set_aside
from lotse.stages.intake.files.telling import tell_faults
from lotse.stages.intake.models import Import
from lotse.stages.intake.services import faults_of

# A spreadsheet takes what begins so for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def file_to_mend(one: Import) -> Iterator[str]:
    """Yield the lines of a CSV with all columns of the file, the line and the reason behind them."""
    shape = stored.shape_of(one)
    width = max((c["place"] + 1 for c in one.columns), default=0)
    header = [*shape.header, *[""] * width][: max(width, len(shape.header))]
    writer = csv.writer(_Line(), delimiter=";")
    yield "\ufeff" + writer.writerow(_harmless([*header, _("Line"), _("Reason")]))
    for line, cells, reason in _rows(one):
        filled = [*cells, *[""] * (len(header) - len(cells))]
        yield writer.writerow(_harmless([*filled, str(line), reason]))


def _rows(one: Import) -> Iterator[tuple[int, list[str], str]]:
    wanted = {
        inquiry.row: faults_of(inquiry) for inquiry in get_set_aside(one).only("row", "faults")
    }
    for record in reading.rows(stored.path_of(one), stored.shape_of(one)):
        if record.row in wanted:
            yield record.line, record.cells, tell_faults(wanted[record.row])


def _harmless(cells: list[str]) -> list[str]:
    return [harmless(cell) for cell in cells]


def harmless(cell: str) -> str:
    """Return a cell that every spreadsheet takes for text; a plain number stays one."""
    is_formula = cell.startswith(_FORMULA) and not _is_number(cell)
    return f"'{cell}" if is_formula else cell


def _is_number(cell: str) -> bool:
    return cell[:1] in "+-" and cell[1:].replace(" ", "").isdigit()


class _Line:
    """What csv writes into: hands each line back."""

    def write(self, line: str) -> str:
        return line
