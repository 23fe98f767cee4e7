"""My profile: what I set for myself, and when I am away."""

import pytest
from django.test import Client

from lotse.records.journal.models import Entry
from lotse.records.people.models import Absence, User
from lotse.web.tests.cast import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def jana(client: Client) -> User:
    user = somebody("jana", "sales_rep")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def profile(**changes: str) -> dict[str, str]:
    return {
        "name": "Jana Petersen", "phone": "", "language": "de", "zone": "Europe/Berlin",
        "theme": "system", "single_keys": "on", **changes,
    }  # fmt: skip


def test_a_profile_is_saved(client: Client, jana: User) -> None:
    client.post("/profile/", profile(phone="0431 555"))

    jana.refresh_from_db()
    assert (jana.name, jana.phone, jana.zone) == ("Jana Petersen", "0431 555", "Europe/Berlin")


def test_a_zone_that_does_not_exist_is_refused_at_the_field(client: Client, jana: User) -> None:
    answer = client.post("/profile/", profile(zone="Europe/Kiel"))

    assert answer.status_code == 422
    assert 'aria-describedby="id_zone-hint id_zone-error"' in answer.content.decode()
    jana.refresh_from_db()
    assert jana.name != "Jana Petersen"


def test_an_absence_is_entered_and_taken_out(client: Client, jana: User) -> None:
    client.post("/profile/absences/", {"from_on": "2026-06-10", "until_on": "2026-06-12"})
    absence = Absence.objects.get(user=jana)

    client.post(f"/profile/absences/{absence.pk}/removal/")

    assert not Absence.objects.exists()


def test_an_absence_that_ends_before_it_begins_is_refused(client: Client, jana: User) -> None:
    answer = client.post("/profile/absences/", {"from_on": "2026-06-12", "until_on": "2026-06-10"})

    assert answer.status_code == 422
    assert not Absence.objects.exists()


def test_nobody_takes_out_the_absence_of_another(client: Client, jana: User) -> None:
    other = Absence.objects.create(
        user=somebody("ole", "sales_rep"), from_on="2026-06-10", until_on="2026-06-12"
    )

    assert client.post(f"/profile/absences/{other.pk}/removal/").status_code == 404
    assert Absence.objects.filter(pk=other.pk).exists()


def test_what_i_set_and_when_i_am_away_stands_in_my_history(client: Client, jana: User) -> None:
    client.post("/profile/", profile(phone="0431 555"))
    client.post("/profile/", profile(phone="0431 555"))
    client.post("/profile/absences/", {"from_on": "2026-06-10", "until_on": "2026-06-12"})

    first, second = Entry.objects.about(jana).order_by("id")
    assert first.data["fields"] == ["name", "phone", "zone"]
    assert (second.kind, second.actor_id) == ("people.absence_entered", jana.pk)
