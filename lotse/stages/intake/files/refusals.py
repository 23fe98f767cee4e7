"""Why a file as a whole can't be read: what it is, and what to do."""

from typing import Any

from lotse.kernel.language import mark
from lotse.kernel.reasons import Reason, because, sentence

EMPTY = sentence(
    "intake.file_empty", mark("The file is empty. Export it again and look into it first.")
)
NO_ROWS = sentence(
    "intake.file_no_rows",
    mark("The file has headers, but no rows below them. There is nothing to import."),
)
TOO_LARGE = sentence(
    "intake.file_too_large",
    mark("The file is larger than %(limit)s MB. Split it, and import the parts."),
)
TOO_MANY_ROWS = sentence(
    "intake.file_too_many_rows",
    mark("The file has more than %(limit)s rows. Split it, and import the parts."),
)
TOO_MANY_COLUMNS = sentence(
    "intake.file_too_many_columns",
    mark(
        "The file has %(columns)s columns; up to %(limit)s can be read. Delete the ones you do not need."
    ),
)
PDF = sentence(
    "intake.file_pdf",
    mark("This is a PDF, not a table. Export the data as CSV or Excel where the PDF came from."),
)
PROTECTED = sentence(
    "intake.file_protected",
    mark(
        "This workbook is protected by a password. Open it in Excel, save it without the password, and import it again."
    ),
)
OLD_EXCEL = sentence(
    "intake.file_old_excel",
    mark(
        "This is a workbook of the old format Excel 97-2003 (.xls). Open it in Excel, save it as .xlsx, and import that."
    ),
)
OPEN_DOCUMENT = sentence(
    "intake.file_open_document",
    mark(
        "This is an OpenDocument file. Open it in LibreOffice, save the table as .xlsx or .csv, and import that."
    ),
)
ARCHIVE = sentence(
    "intake.file_archive",
    mark("This is a compressed archive. Unpack it, and import the table that is in it."),
)
MARKUP = sentence(
    "intake.file_markup",
    mark(
        "This is a %(format)s file, not a table. Export the data as CSV or Excel, and import that."
    ),
)
BINARY = sentence(
    "intake.file_binary",
    mark(
        "This is no table: neither CSV nor Excel. Save it in one of these formats, and import that."
    ),
)
BROKEN = sentence(
    "intake.file_broken",
    mark(
        "The workbook is damaged and can't be opened. Open it in Excel, save it anew, and import it again."
    ),
)
BOMB = sentence(
    "intake.file_bomb",
    mark(
        "Unpacked, this workbook would be far larger than any table. It was not opened. Save the table as CSV, and import that."
    ),
)
OPEN_QUOTE = sentence(
    "intake.file_open_quote",
    mark("In line %(line)s a quotation mark opens that is never closed, so that the rest can't be told apart. Mend that line."),
)  # fmt: skip


class Refused(Exception):
    """The file as a whole can't be read; `reason` says what it is and what to do."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.reason: Reason = because(code, **values)
