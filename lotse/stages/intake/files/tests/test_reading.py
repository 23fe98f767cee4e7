"""Reading tables as people really have them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.stages.intake.files.reading import Look, cells_by_field, look, named_cells, rows
from lotse.stages.intake.files.tables import Dialect, dialect_of, records

SAMPLES = Path(__file__).parent / "samples"
LEADS = (
    "Vorname{0}Nachname{0}E-Mail{0}Bemerkung\r\nGünter{0}Groß{0}g@gross.example{0}„schön“ – 5 €\r\n"
)


def look_at(path: Path) -> Look:
    return look(path, zone="Europe/Berlin", country="DE")


def a_file(folder: Path, data: bytes) -> Path:
    path = folder / "leads.csv"
    path.write_bytes(data)
    return path


def fields(found: Look) -> dict[str, str]:
    return {column.header: column.field for column in found.columns if column.field}


def cells(path: Path) -> list[dict[str, str]]:
    found = look_at(path)
    mapping = {c.place: c.field for c in found.columns if c.field}
    return [cells_by_field(record, mapping) for record in rows(path, found.shape)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_and_separators_are_found_out(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = a_file(tmp_path, LEADS.format(separator).encode(encoding))

    assert cells(path) == [
        {
            "first_name": "Günter",
            "last_name": "Groß",
            "email": "g@gross.example",
            "note": "„schön“ – 5 €",
        }
    ]


def test_one_umlaut_far_down_tells_the_encoding(tmp_path: Path) -> None:
    many = "".join(f"Lead {n};{n}@x.example\n" for n in range(5000))
    path = a_file(tmp_path, f"Name;E-Mail\n{many}Groß;g@x.example\n".encode("cp1252"))

    assert cells(path)[-1]["name"] == "Groß"


@pytest.mark.parametrize(
    ("name", "header_row", "count", "expected"),
    [
        ("excel-german.csv", 1, 17, {"PLZ": "postcode", "Firma": "company", "Auftragsvolumen": "value", "Interesse an": "product"}),
        ("espocrm-leads.csv", 1, 10, {"Account Name": "company", "Address Street": "street"}),
        ("trade-fair-scanner.csv", 6, 14, {"Name": "last_name", "Unternehmen": "company", "Badge-ID": "external_id"}),
        ("marketing-list.xlsx", 4, 13, {"Ansprechpartner": "name", "Umsatzerwartung": "value", "PLZ": "postcode"}),
        ("partner-list.csv", 1, 6, {"Land": "country", "Telefon": "phone"}),
        ("meta-lead-ads.csv", 1, 15, {"full_name": "name", "phone_number": "phone", "campaign_name": "campaign"}),
        ("salesforce-report.csv", 1, 21, {"Zip/Postal Code": "postcode", "Lead Source": "source"}),
        ("odoo-crm-lead.csv", 1, 12, {"name": "subject", "contact_name": "name", "partner_name": "company"}),
        ("typeform-results.csv", 1, 9, {"Your company's name": "company", "Which *e-mail* may we write to?": "email"}),
        ("pipedrive-leads.csv", 1, 12, {"Person - Email - Work": "email", "Organization - Name": "company"}),
        ("no-header.tsv", 0, 7, {}),
    ],
)  # fmt: skip
def test_files_of_other_systems_are_understood(
    name: str, header_row: int, count: int, expected: dict[str, str]
) -> None:
    found = look_at(SAMPLES / name)

    assert (found.shape.header_row, found.rows) == (header_row, count)
    assert expected.items() <= fields(found).items()


@pytest.mark.parametrize(
    "name", ["pipedrive-leads.csv", "salesforce-report.csv", "jotform-us.csv", "meta-lead-ads.csv"]
)
def test_owners_and_other_people_s_columns_are_left_alone(name: str) -> None:
    taken = fields(look_at(SAMPLES / name))

    assert not {"Lead - Owner", "Lead Owner", "Preferred Date", "ad_name", "form_id"} & set(taken)


def test_without_headers_columns_are_known_by_what_stands_in_them() -> None:
    found = look_at(SAMPLES / "no-header.tsv")

    by_place = {column.place: column.field for column in found.columns}
    assert (by_place[2], by_place[3], by_place[4]) == ("email", "phone", "postcode")


def test_a_line_break_inside_quotes_is_no_new_row(tmp_path: Path) -> None:
    text = (
        'name,note,email\n"Ali\nValiev","asks for\r\nbrochure, please",ali@v.example\n'
        '"Anna ""Anni"" Zorn",,anna@zorn.example\nBo,,bo@lind.example\n'
    )
    path = a_file(tmp_path, text.encode())

    read = list(rows(path, look_at(path).shape))

    assert [(r.row, r.line) for r in read] == [(2, 2), (3, 5), (4, 6)]
    assert read[0].cells[1] == "asks for\r\nbrochure, please"
    assert read[1].cells[0] == 'Anna "Anni" Zorn'


def test_leading_zeros_and_numbers_of_customers_survive(tmp_path: Path) -> None:
    text = (
        'name,postcode,phone,customer_no\nAnke Roth,"01067","0351 4567890",000123\n'
        "Udo Benz,04103,+49 341 99 88 77,00E5\n"
    )
    path = a_file(tmp_path, text.encode())

    assert [row.get("postcode") for row in cells(path)] == ["01067", "04103"]
    assert [row.get("external_id") for row in cells(path)] == ["000123", "00E5"]


def test_nothing_of_a_row_is_lost_also_under_equal_or_missing_headers(tmp_path: Path) -> None:
    path = a_file(tmp_path, b"Name;E-Mail;E-Mail;\nRoth;a@x.example;b@x.example;more;and more\n")
    found = look_at(path)
    [record] = rows(path, found.shape)

    assert named_cells(record, found.shape.header) == {
        "Name": "Roth", "E-Mail": "a@x.example", "E-Mail #3": "b@x.example", "#4": "more",
        "#5": "and more",
    }  # fmt: skip


def test_reading_goes_on_behind_any_row(tmp_path: Path) -> None:
    path = SAMPLES / "excel-german.csv"
    shape = look_at(path).shape
    whole = list(rows(path, shape))

    assert list(rows(path, shape, after=whole[4].row)) == whole[5:]


def test_day_and_month_are_decided_over_the_whole_column(tmp_path: Path) -> None:
    def notation(*days: str) -> tuple[bool | None, str]:
        path = a_file(tmp_path, ("Name;Datum\n" + "".join(f"R;{d}\n" for d in days)).encode())
        found = look_at(path)
        return found.notation.day_first, found.asks_date

    assert notation("09/01/2026", "15/01/2026") == (True, "")
    assert notation("01/07/2026", "07/30/2026") == (False, "")
    assert notation("09/01/2026", "02/01/2026") == (None, "09/01/2026")
    assert notation("3.4.2026") == (None, "")


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=8),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_stands_in_cells_comes_out_of_them(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    import csv  # noqa: PLC0415 - only the test writes

    path = tmp_path_factory.mktemp("table") / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows(table)

    read = [record.cells for record in records(path, Dialect("utf-8", ";"))]

    assert read == table


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_stumble(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "table.csv"
    path.write_bytes(data)

    for record in records(path, dialect_of(path)):
        assert record.line >= record.row or record.row == 1
