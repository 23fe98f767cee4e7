"""What is held out to whoever a key acts for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotse.api.tests.conftest import machine_of
from tests.company import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


def test_a_partner_reads_what_and_where_but_neither_the_lead_nor_whose_it_is(
    company: Company,
) -> None:
    ole = machine_of(company.ole)

    response, [offer] = ole.get("/offers")
    lead, _ = ole.get(f"/leads/{company.offered.pk}")
    _, leads = ole.get("/leads")

    assert response.status_code == 200
    assert (offer["lead_id"], offer["city"], offer["name"]) == (company.offered.pk, "Bremen", "")
    assert "Ehlers" not in response.content.decode()
    assert lead.status_code == 404
    assert company.offered.pk not in {row["id"] for row in leads["items"]}


def test_it_is_accepted_by_the_number_of_the_lead_and_stands_no_more(company: Company) -> None:
    ole = machine_of(company.ole)
    _, [offer] = ole.get("/offers")

    _, lead = ole.post(f"/leads/{offer['lead_id']}/acceptance", {})
    _, offers = ole.get("/offers")

    assert lead["last_name"] == "Ehlers"
    assert offers == []


def test_inside_the_house_the_name_is_known(company: Company) -> None:
    _, [offer] = machine_of(company.ines).get("/offers")

    assert offer["name"] == "Heike Hartwich"


def test_others_are_asked_nothing(company: Company) -> None:
    _, offers = machine_of(company.bernd).get("/offers")

    assert offers == []


def test_many_offers_take_as_many_queries_as_one(company: Company) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            machine_of(company.ole).get("/offers")
        return len(seen)

    few = queries()
    company.leads_arrive("Ahlers", "Behring", "Claasen", "Dirks")

    assert queries() == few
