"""`lotse import` as somebody types it: what is understood, what is told, what is refused."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lotse.records.cases.models import Case, Inquiry
from lotse.records.catalog.models import LeadSource
from lotse.records.people.models import User
from lotse.stages.intake.models import Import

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "messe.csv"
    path.write_text(
        "Wer;E-Mail;Haarfarbe\nRoth;roth@x.example;rot\n=1+1;kein-mail;blond\nBenz;benz@y.example;\n"
    )
    return path


def imported(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import", *arguments, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def test_the_last_line_is_one_object_whose_parts_add_up(file: Path) -> None:
    out, err = imported(str(file), "--json", "--map", "Wer=name")

    said = json.loads(out.splitlines()[-1])
    assert said.pop("seconds") >= 0
    assert said == {"rows": 3, "cases": 2, "joined": 0, "set_aside": 1, "already_there": 0}
    assert "3" in err.splitlines()[0]
    assert "„kein-mail“" in err
    assert ("Zeile 3" in err, out.count("\n")) == (True, 1)


def test_what_is_not_mapped_stays_with_the_inquiry(file: Path) -> None:
    imported(str(file), "--map", "wer=last_name")

    case = Case.objects.get(last_name="Roth")
    assert case.inquiries.get().payload["Haarfarbe"] == "rot"


def test_rows_that_were_set_aside_come_out_mendable_and_harmless(
    file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "mend.csv"

    imported(str(file), "--map", "Wer=name", "--set-aside", str(out))

    header, row = out.read_text(encoding="utf-8-sig").splitlines()
    assert header == "Wer;E-Mail;Haarfarbe;Zeile;Grund"
    assert row.startswith("'=1+1;kein-mail;blond;3;")


def test_a_mended_file_brings_just_the_rows_that_were_missing(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "mend.csv"
    imported(str(file), "--map", "Wer=name", "--set-aside", str(out))
    out.write_text(out.read_text(encoding="utf-8-sig").replace("kein-mail", "neu@z.example"))

    said, _ = imported(str(out), "--json", "--map", "Wer=name")

    assert json.loads(said)["cases"] == 1
    assert Case.objects.get(email="neu@z.example").last_name == "=1+1"


def test_source_and_person_hold_for_all_rows(file: Path) -> None:
    source = LeadSource.objects.create(key="fair", name="Messe")
    mia = User.objects.create_user(
        "mia@x.example", None, name="Mia", created_at="2026-01-01T00:00Z"
    )

    imported(str(file), "--map", "Wer=name", "--source", "Messe", "--as", "mia@x.example")

    assert {case.source for case in Case.objects.all()} == {source}
    assert Import.objects.get().by == mia


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--map", "Name=name"], "Wer, E-Mail, Haarfarbe"),
        (["--map", "Wer=nachname"], "last_name"),
        (["--map", "Wer"], "Wer"),
        (["--source", "nobody-knows"], "nobody-knows"),
        (["--as", "nobody@x.example"], "nobody@x.example"),
    ],
)
def test_what_does_not_fit_is_told_before_anything_is_written(
    file: Path, arguments: list[str], told: str
) -> None:
    with pytest.raises(CommandError, match=told):
        imported(str(file), *arguments)

    assert (Inquiry.objects.count(), Import.objects.count()) == (0, 0)


def test_a_file_that_is_not_there_or_no_table_is_told(tmp_path: Path) -> None:
    pdf = tmp_path / "leads.csv"
    pdf.write_bytes(b"%PDF-1.7")

    with pytest.raises(CommandError, match="PDF"):
        imported(str(pdf))
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        imported(str(tmp_path / "nowhere.csv"))
