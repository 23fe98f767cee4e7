"""The list as a file: what the list shows, to those who may, and harmless in a spreadsheet."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.people.models import Role
from tests.company import Company
from tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


def exported(client: Client, **query: str) -> list[dict[str, str]]:
    answer: Any = client.get(reverse("leads-export"), query)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_zeros_and_signs_of_what_came_in_go_out_again(company: Company) -> None:
    """Casebook IMP-01, on the way out."""
    company.lead_of(company.anna, last_name="Roth", postcode="01067", phone="0351 4567890", external_id="000123")  # fmt: skip

    [row] = exported(client_of(company, "carla"), group="active", q="Roth")

    assert (row["PLZ"], row["Telefon"]) == ("01067", "0351 4567890")
    assert "000123" in row.values()


def test_the_filter_of_the_list_holds_for_the_file(company: Company) -> None:
    """Casebook IMP-09."""
    kran = [company.lead_of(company.anna, last_name=f"Kran {n}") for n in range(3)]

    found = exported(client_of(company, "carla"), group="active", q="Kran")

    assert sorted(row["Nachname"] for row in found) == [c.last_name for c in kran]


def test_no_cell_leaves_as_a_formula(company: Company) -> None:
    """Casebook SEC-01."""
    name = "=10+20+cmd|' /C calc'!A0"
    lead = company.lead_of(
        company.anna, last_name=name, company='=HYPERLINK("http://evil.example")'
    )

    [row] = exported(client_of(company, "carla"), group="active", q="cmd")

    assert row["Nachname"] == f"'{name}"
    assert row["Firma"].startswith("'=")
    lead.refresh_from_db()
    assert lead.last_name == name


def test_the_right_to_export_is_a_right_of_its_own(company: Company) -> None:
    """Casebook PRM-05: sees the team's, takes along one's own; or sees all and takes nothing."""
    company.leads_of(company.ben, 4)
    mine = company.leads_of(company.anna, 2)

    found = exported(client_of(company, "anna"), group="active")

    assert len(found) == len(mine) + 1  # and the lead she held already
    Role.objects.filter(key="sales_manager").update(matrix={"lead": {"see": "all"}})
    client = client_of(company, "carla")
    assert client.get(reverse("leads-export")).status_code == 403
    assert reverse("leads-export") not in client.get(reverse("leads")).content.decode()
