"""Two people edit one case at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.cases.models import Case
from lotse.records.people.models import Team, User
from lotse.web.tests.cast import somebody

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[Any]]


def test_two_who_edit_at_once_lose_nothing(client: Client, jana: User, case: Case) -> None:
    client.force_login(jana)
    url = reverse("lead-fields", args=[case.pk])
    hers, his = (fill(client.get(url)) for _ in range(2))

    client.post(url, {**hers, "phone": "0421 2"})
    client.post(url, {**his, "city": "Bonn"})

    case.refresh_from_db()
    assert (case.phone, case.city) == ("0421 2", "Bonn")


def test_the_same_field_is_decided_and_what_was_typed_stays(
    client: Client, north: Team, jana: User, case: Case
) -> None:
    client.force_login(jana)
    url = reverse("lead-fields", args=[case.pk])
    mine = fill(client.get(url))
    boss = somebody("Tobias Brandt", "sales_manager", language="en")
    other = Client()
    other.force_login(boss)
    other.post(url, {**fill(other.get(url)), "subject": "Roof"})

    clash = client.post(url, {**mine, "subject": "Cellar", "city": "Bonn"})

    page = clash.content.decode()
    assert clash.status_code == 422
    assert "Tobias Brandt, today" in page
    assert 'value="Cellar"' in page
    case.refresh_from_db()
    assert (case.subject, case.city) == ("Roof", "")

    again = {**fill(clash), "keep-subject": "theirs"}
    client.post(url, again)
    case.refresh_from_db()
    assert (case.subject, case.city) == ("Roof", "Bonn")


def fill(response: Any) -> dict[str, str]:
    """Return the values that the form on a page would send."""
    form = response.context["form"]
    return {field.html_name: field.value() or "" for field in form}
