"""From the plus to a form: which case is it for?"""

import pytest
from django.test import Client
from django.urls import reverse

from tests.company import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company()


@pytest.mark.parametrize(
    ("kind", "page"), [("task", "lead-tasks"), ("appointment", "lead-appointments"), ("note", "lead-notes")]
)  # fmt: skip
def test_each_kind_leads_to_its_form(
    client: Client, company: Company, kind: str, page: str
) -> None:
    client.force_login(company.anna)

    found = client.get(reverse(f"{kind}-new")).content.decode()

    assert reverse(page, args=[company.lead.pk]) in found


def test_only_cases_on_which_one_may_act_are_offered(client: Client, company: Company) -> None:
    client.force_login(company.dora)

    found = client.get(reverse("task-new")).content.decode()

    assert reverse("lead-tasks", args=[company.lead.pk]) not in found


def test_a_search_narrows_them(client: Client, company: Company) -> None:
    client.force_login(company.anna)

    found = client.get(reverse("task-new"), {"q": "xyzzy"}).content.decode()

    assert reverse("lead-tasks", args=[company.lead.pk]) not in found
