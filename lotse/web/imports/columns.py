"""How a file and its columns are told on the page of the mapping."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from lotse.stages.intake.files.columns import Column
from lotse.stages.intake.files.reading import Shape
from lotse.stages.intake.files.telling import RECOGNISED_BY
from lotse.stages.intake.files.values import Impossible, Notation, moment_of
from lotse.web.imports.forms import ColumnsForm

LONGEST = 80
_ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}


@dataclass(frozen=True)
class Row:
    """One line of the mapping: a column, samples of it, the choice of its field, and why that one."""

    name: str
    samples: str
    choice: forms.BoundField
    by: str
    is_recognised: bool


def rows_of(form: ColumnsForm) -> list[Row]:
    return [_row(form, column) for column in form.columns]


def _row(form: ColumnsForm, column: Column) -> Row:
    number = _("Column %(number)s") % {"number": column.place + 1}
    return Row(
        name=Truncator(column.header or number).chars(LONGEST),
        samples=Truncator(" · ".join(column.samples)).chars(LONGEST),
        choice=form.choice_of(column),
        by=str(RECOGNISED_BY[column.by]),
        is_recognised=bool(column.field),
    )


def read_as(shape: Shape) -> str:
    """Say as what a file was read: "recognised: UTF-8, semicolon"."""
    if shape.sheet:
        return _("Excel, sheet “%(sheet)s”") % {"sheet": shape.sheet}
    separators = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar")}
    return _("recognised: %(encoding)s, %(separator)s") % {
        "encoding": _ENCODINGS.get(shape.encoding, shape.encoding.upper()),
        "separator": separators.get(shape.separator, shape.separator),
    }


def readings_of(text: str) -> list[tuple[str, date]]:
    """Return what a date means with the day first and with the month first; nothing if none is asked."""
    read = [("yes", _read(text, True)), ("no", _read(text, False))]
    return [(value, on) for value, on in read if on is not None]


def _read(text: str, is_day_first: bool) -> date | None:
    try:
        return moment_of(text, Notation(day_first=is_day_first)).date()
    except Impossible:
        return None
