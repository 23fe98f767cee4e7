"""The page of processes: phases in their order, durations in words, counts of what the viewer sees."""

import pytest
from django.test import Client

from lotse.records.people.models import Role, User
from lotse.web.tests.cast import NOW, a_lead, a_process, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(client: Client) -> User:
    user = somebody("Ines Ihle", "administrator", language="de")
    client.force_login(user)
    return user


def test_a_process_shows_its_phases_and_what_is_in_them(client: Client, ines: User) -> None:
    process = a_process()
    first, second, _third = process.phases.order_by("position")
    a_lead(process=process, phase=first, assignee=ines)
    a_lead(process=process, phase=second, assignee=ines, overdue_at=NOW)

    answer = client.get("/settings/processes/")

    lines = [(one.duration, one.open, one.overdue) for one in answer.context["lines"]]
    assert lines == [("2 Tage", 1, 0), ("5 Tage", 1, 1), ("", 0, 0)]
    page = answer.content.decode()
    assert "Nachfassen aus" in page
    assert "nie überfällig" in page
    assert "2 offen" in page


def test_the_counts_hold_only_what_the_viewer_sees(client: Client) -> None:
    user = somebody("Sven Ahrens", language="de")
    user.roles.add(Role.objects.create(key="lists", name_de="L", name_en="L", rights=["settings"]))
    client.force_login(user)
    process = a_process()
    a_lead(process=process, phase=process.phases.first())

    answer = client.get(f"/settings/processes/{process.pk}/")

    assert sum(one.open for one in answer.context["lines"]) == 0
    assert [tile.open for tile in answer.context["tiles"]] == [0]


def test_without_a_process_the_page_says_so(client: Client, ines: User) -> None:
    assert "Noch kein Prozess" in client.get("/settings/processes/").content.decode()
