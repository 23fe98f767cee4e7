"""The way of a file through the pages: chosen, mapped, checked, started, looked at; and who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lotse.kernel import clock
from lotse.records.cases.models import Case, Inquiry
from lotse.records.people.models import User
from lotse.stages.intake.models import Import
from lotse.web.tests.cast import somebody
from lotse.worker.importing import Importer

pytestmark = pytest.mark.django_db
LEADS = "Name;E-Mail;Stand\nRoth;roth@x.example;A1\n=1+1;kein-mail;B2\n"


@pytest.fixture
def mia(client: Client) -> User:
    user = somebody("Mia Moser", "marketing")
    client.force_login(user)
    return user


def upload(client: Client, data: bytes = LEADS.encode()) -> str:
    """Choose a file; return where one comes out, or what the page says."""
    answer = client.post(reverse("import"), {"file": SimpleUploadedFile("messe.csv", data)})
    if answer.status_code == 302:
        return answer["Location"]
    assert answer.status_code == 422
    return answer.content.decode()


def test_a_file_goes_its_way_and_nothing_is_written_before_the_last_click(
    client: Client, mia: User
) -> None:
    columns = upload(client)
    one = Import.objects.get()
    check = client.post(columns, {"c0": "name", "c1": "email", "c2": ""})["Location"]

    page = client.get(check).content.decode()
    assert "kein-mail" in page
    assert Inquiry.objects.count() == 0

    client.post(reverse("import-start", args=[one.pk]))
    importer = Importer()
    while importer(now=clock.read()):
        pass

    result = client.get(reverse("import-result", args=[one.pk])).content.decode()
    assert "kein-mail" in result
    assert Case.objects.get().email == "roth@x.example"


def test_started_twice_it_runs_once(client: Client, mia: User) -> None:
    upload(client)
    address = reverse("import-start", args=[Import.objects.get().pk])

    first, second = client.post(address), client.post(address)

    assert first["Location"] == second["Location"]
    assert Import.objects.get().state == Import.State.WAITING


@pytest.mark.parametrize(
    ("data", "said"), [(b"%PDF-1.7", "PDF"), (b"", "leer"), (b"Name\n", "keine Zeilen")]
)
def test_what_is_no_table_is_told_on_the_page(
    client: Client, mia: User, data: bytes, said: str
) -> None:
    assert said in upload(client, data)
    assert not Import.objects.exists()


def test_columns_that_say_nobody_are_refused(client: Client, mia: User) -> None:
    answer = client.post(upload(client), {"c0": "", "c1": "", "c2": "city"})

    assert answer.status_code == 422


def test_progress_comes_as_a_part_and_asks_again_until_it_is_done(
    client: Client, mia: User
) -> None:
    upload(client)
    one = Import.objects.get()
    client.post(reverse("import-start", args=[one.pk]))

    part = client.get(reverse("import-result", args=[one.pk]), headers={"HX-Request": "true"})

    assert b"<!doctype" not in part.content
    assert b'hx-trigger="every 1s"' in part.content


def test_who_may_not_import_is_refused_and_sees_no_file(client: Client, mia: User) -> None:
    upload(client)
    pk = Import.objects.get().pk
    client.force_login(somebody("Anna Arndt", "sales_rep"))

    assert client.get(reverse("import")).status_code == 403
    assert client.get(reverse("import-result", args=[pk])).status_code == 404
    assert client.post(reverse("import-start", args=[pk])).status_code == 404


def test_the_file_to_mend_holds_no_formula(client: Client, mia: User) -> None:
    upload(client)
    one = Import.objects.get()
    client.post(reverse("import-start", args=[one.pk]))
    importer = Importer()
    while importer(now=clock.read()):
        pass

    answer = client.get(reverse("import-set-aside", args=[one.pk]))

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[1].startswith("'=1+1;kein-mail;B2;3;")
