"""The editor of processes: durations saved together, two at once, phases, follow-up, and the rehearsal."""

import json

import pytest
from django.test import Client

from lotse.records.catalog.models import Phase, Process
from lotse.records.outbox.models import Message
from lotse.records.people.models import User
from lotse.web.tests.cast import NOW, a_lead, a_process, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(client: Client) -> User:
    user = somebody("Ines Ihle", "administrator", language="de")
    client.force_login(user)
    return user


@pytest.fixture
def process() -> Process:
    return a_process()


def phases_of(process: Process) -> list[Phase]:
    return list(process.phases.filter(kind="open").order_by("position"))


def typed(process: Process, **durations: str) -> dict[str, str]:
    """Return the form as it was filled, with some durations changed: first="3 week"."""
    rows = phases_of(process)
    was = {f"duration-{p.pk}": f"{p.duration_number} {p.duration_unit}" if p.duration_number else "" for p in rows}  # fmt: skip
    mine = {f"duration-{rows[int(n[1:])].pk}": text for n, text in durations.items()}
    return {**was, **mine, "was": json.dumps(was)}


def test_durations_are_saved_together(client: Client, ines: User, process: Process) -> None:
    answer = client.post(f"/settings/processes/{process.pk}/", typed(process, p0="3 week", p1=""))

    assert answer.status_code == 302
    first, second, *_ = phases_of(process)
    assert (first.duration_number, first.duration_unit) == (3, "week")
    assert second.duration is None


@pytest.mark.parametrize("text", ["0 day", "1.5 day", "3 years", "-1 day", "1000 day", "abc"])
def test_what_is_no_duration_is_told_at_its_field_and_nothing_is_saved(
    client: Client, ines: User, process: Process, text: str
) -> None:
    answer = client.post(f"/settings/processes/{process.pk}/", typed(process, p0=text, p1="9 day"))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Eine Dauer" in page
    assert [p.duration_number for p in phases_of(process)][:2] == [2, 5]


def test_two_editors_are_told_field_by_field(client: Client, ines: User, process: Process) -> None:
    mine = typed(process, p0="3 day", p1="8 day")
    client.post(f"/settings/processes/{process.pk}/", typed(process, p0="4 day"))

    answer = client.post(f"/settings/processes/{process.pk}/", mine)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "3 Tage" in page
    assert "4 Tage" in page
    assert "Ines Ihle" in page
    assert [p.duration_number for p in phases_of(process)][:2] == [4, 5]


def test_the_effect_is_told_without_writing(client: Client, ines: User, process: Process) -> None:
    first = phases_of(process)[0]
    a_lead(process=process, phase=first, assignee=ines, clock_from=NOW, overdue_at=None)

    answer = client.post(f"/settings/processes/{process.pk}/effect/", typed(process, p0="1 hour"))

    assert "wird sofort überfällig" in answer.content.decode()
    assert phases_of(process)[0].duration_number == 2


def test_follow_up_is_refused_where_nothing_is_ever_overdue(
    client: Client, ines: User, process: Process
) -> None:
    process.phases.update(duration_number=None, duration_unit="")
    data = {"follow_up": "on", "interval_number": "2", "interval_unit": "week"}

    answer = client.post(f"/settings/processes/{process.pk}/follow-up/", data)

    assert answer.status_code == 422
    assert "Keine Phase hat eine Dauer" in answer.content.decode()
    process.refresh_from_db()
    assert (process.follow_up_since, process.interval_number) == (None, 1)


def test_follow_up_is_switched_on_and_off(client: Client, ines: User, process: Process) -> None:
    data = {"interval_number": "2", "interval_unit": "week", "starts_again": "on"}

    client.post(f"/settings/processes/{process.pk}/follow-up/", {**data, "follow_up": "on"})
    process.refresh_from_db()
    assert process.follow_up_since is not None
    assert process.interval_number == 2
    client.post(f"/settings/processes/{process.pk}/follow-up/", data)

    process.refresh_from_db()
    assert process.follow_up_since is None


def test_a_phase_is_added_changed_placed_and_taken_out(
    client: Client, ines: User, process: Process
) -> None:
    form = {"name_de": "Angebot", "kind": "open", "colour": "5", "duration_number": "2", "duration_unit": "week"}  # fmt: skip
    assert client.post(f"/settings/processes/{process.pk}/phases/new/", form).status_code == 302
    added = phases_of(process)[-1]
    assert (added.name_de, added.duration_number) == ("Angebot", 2)

    client.post(
        f"/settings/phases/{added.pk}/", {**form, "name_de": "Offerte", "duration_number": ""}
    )
    client.post(f"/settings/phases/{added.pk}/place/", {"to": "1"})
    added.refresh_from_db()
    assert (added.name_de, added.duration) == ("Offerte", None)
    assert phases_of(process)[0] == added

    client.post(f"/settings/phases/{added.pk}/removal/")
    assert added not in phases_of(process)


def test_the_rehearsal_writes_nothing(client: Client, ines: User, process: Process) -> None:
    first = phases_of(process)[0]
    a_lead(process=process, phase=first, assignee=ines, clock_from=NOW, overdue_at=NOW)
    data = {"follow_up": "on", "interval_number": "1", "interval_unit": "day", "starts_again": "on"}

    off = client.get(f"/settings/processes/{process.pk}/rehearsal/").content.decode()
    unsaved = client.post(f"/settings/processes/{process.pk}/rehearsal/", data)

    assert "ausgeschaltet" in off
    assert unsaved.context["rehearsal"].mails > 20
    assert Message.objects.count() == 0
    process.refresh_from_db()
    assert process.follow_up_since is None


def test_a_new_process_waits_for_its_phases(client: Client, ines: User) -> None:
    form = {"name_de": "Speicher", "name_en": "Storage", "kind": "lead"}

    answer = client.post("/settings/processes/new/", form, follow=True)

    assert "Speicher" in answer.content.decode()
    assert Process.objects.get().key == "storage"
