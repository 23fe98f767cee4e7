"""What a file really is, whatever it is called; and a sentence for what is no table."""

import zipfile
from pathlib import Path

import pytest

from lotse.stages.intake.files import kinds, refusals
from lotse.stages.intake.files.kinds import Kind, kind_of
from lotse.stages.intake.files.reading import look
from lotse.stages.intake.files.refusals import Refused

SAMPLES = Path(__file__).parent / "samples"


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        look(path, zone="Europe/Berlin", country="DE")
    return refused.value.reason.code


def a_file(folder: Path, data: bytes, name: str = "leads.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("protected.xlsx", refusals.PROTECTED),
        ("old-address-book.xls", refusals.OLD_EXCEL),
        ("club-list.ods", refusals.OPEN_DOCUMENT),
        ("partner-feed.csv.gz", refusals.ARCHIVE),
        ("header-only.csv", refusals.NO_ROWS),
    ],
)
def test_real_files_that_are_no_table_are_named(name: str, code: str) -> None:
    assert refusal(SAMPLES / name) == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", refusals.EMPTY),
        (b"\xef\xbb\xbf \r\n\t\r\n", refusals.EMPTY),
        (b";;;\n;;;\n", refusals.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", refusals.PDF),
        (b"<!DOCTYPE html><html></html>", refusals.MARKUP),
        (b'<?xml version="1.0"?><leads/>', refusals.MARKUP),
        (b'[\n  {"name": "Roth"}\n]', refusals.MARKUP),
        (b"From: a@b.example\nTo: c@d.example\n\nHello", refusals.MARKUP),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\x03\x04\x05\x06", refusals.BINARY),
        (b"PK\x03\x04 and then nothing of an archive", refusals.BROKEN),
    ],
)
def test_what_is_called_csv_and_is_none_is_named(tmp_path: Path, data: bytes, code: str) -> None:
    assert refusal(a_file(tmp_path, data)) == code


def test_a_workbook_called_csv_is_a_workbook() -> None:
    assert kind_of(SAMPLES / "partner-list.csv") == Kind.WORKBOOK


def test_a_file_that_is_too_large_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "MOST_BYTES", 10)

    assert refusal(a_file(tmp_path, b"Name;E-Mail\nRoth;a@b.example\n")) == refusals.TOO_LARGE


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)

    assert refusal(path) == refusals.BOMB


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(SAMPLES / "partner-list.csv") as good, zipfile.ZipFile(path, "w") as bad:
        for part in good.infolist():
            data = good.read(part)
            if part.filename == "xl/workbook.xml":
                data = (
                    b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
                    + data.split(b"?>", 1)[-1]
                )
            bad.writestr(part.filename, data)

    assert refusal(path) == refusals.BROKEN


def test_too_many_columns_are_counted(tmp_path: Path) -> None:
    wide = ";".join(["E-Mail", "Name", *(f"Merkmal {n}" for n in range(500))])

    path = a_file(tmp_path, f"{wide}\na@b.example;Roth\n".encode())

    assert refusal(path) == refusals.TOO_MANY_COLUMNS


def test_a_quotation_mark_that_never_closes_is_told_with_its_line(tmp_path: Path) -> None:
    rest = "x" * 1_100_000
    path = a_file(tmp_path, f'Name;E-Mail\nRoth;a@b.example\n"Benz;{rest}\n'.encode())

    with pytest.raises(Refused) as refused:
        look(path, zone="Europe/Berlin", country="DE")

    assert refused.value.reason.to_data() == {"code": refusals.OPEN_QUOTE, "line": 3}
