"""Opening hours: weeks as people write them, merged when two edit at once, kept as long as somebody has them."""

from datetime import date

import pytest
from django.test import Client

from lotse.records.journal.models import Entry
from lotse.records.people.models import ClosedDay, OpeningHours, Team, User
from lotse.web.tests.cast import somebody

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def ines(client: Client) -> User:
    user = somebody("Ines Ihle", "administrator", language="de")
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def office() -> OpeningHours:
    return OpeningHours.objects.create(
        name="Büro", zone="Europe/Berlin", week={"0": [["09:00", "17:00"]]}
    )


def filled(client: Client, hours: OpeningHours) -> dict[str, str]:
    """Return what a browser would send if nothing were changed on this page."""
    form = client.get(f"/settings/hours/{hours.pk}/").context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_a_week_is_written_as_people_write_it(client: Client, ines: User) -> None:
    client.post(
        "/settings/hours/new/",
        {
            "name": "Kiel",
            "zone": "Europe/Berlin",
            "day_0": "8-12 und 13 bis 17 Uhr",
            "day_5": "10-14",
        },
    )

    hours = OpeningHours.objects.get()
    assert hours.week == {"0": [["08:00", "12:00"], ["13:00", "17:00"]], "5": [["10:00", "14:00"]]}
    page = client.get(f"/settings/hours/{hours.pk}/").content.decode()
    assert "08:00–12:00, 13:00–17:00" in page
    assert "Montag" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("mittags", "Zeiten bitte so schreiben: 09:00–12:00, 13:00–17:00."),
        ("17–9", "Das endet, bevor es beginnt."),
        ("9–13, 12–17", "Diese Zeiten überschneiden sich."),
    ],
)
def test_hours_that_cannot_be_are_refused_at_their_day(
    client: Client, ines: User, office: OpeningHours, typed: str, told: str
) -> None:
    answer = client.post(
        f"/settings/hours/{office.pk}/", {**filled(client, office), "name": "Neu", "day_1": typed}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"day_1": [told]}
    assert typed in answer.content.decode()
    office.refresh_from_db()
    assert office.name == "Büro"


def test_two_who_change_other_days_lose_nothing(
    client: Client, ines: User, office: OpeningHours
) -> None:
    mine = filled(client, office)
    OpeningHours.objects.update(week={"0": [["09:00", "17:00"]], "4": [["09:00", "13:00"]]})

    client.post(f"/settings/hours/{office.pk}/", {**mine, "day_1": "9-17"})

    office.refresh_from_db()
    assert sorted(office.week) == ["0", "1", "4"]
    [entry] = Entry.objects.about(office)
    assert entry.data["fields"] == ["day_1"]


def test_two_who_change_the_same_day_are_asked(
    client: Client, ines: User, office: OpeningHours
) -> None:
    mine = filled(client, office)
    client.post(f"/settings/hours/{office.pk}/", {**mine, "day_0": "8-16"})

    answer = client.post(f"/settings/hours/{office.pk}/", {**mine, "day_0": "10-18"})

    assert answer.status_code == 409
    [clash] = answer.context["form"].clashes
    assert (clash.mine, clash.now, clash.before) == ("10:00–18:00", "08:00–16:00", "09:00–17:00")
    assert clash.by == "Ines Ihle"


def test_a_day_without_hours_is_closed(client: Client, ines: User, office: OpeningHours) -> None:
    client.post(f"/settings/hours/{office.pk}/", {**filled(client, office), "day_0": ""})

    office.refresh_from_db()
    assert office.week == {}


def test_a_closed_day_is_entered_once_and_taken_out(
    client: Client, ines: User, office: OpeningHours
) -> None:
    christmas = {"day": "2099-12-25", "name": "Weihnachten"}
    client.post(f"/settings/hours/{office.pk}/closed-days/", christmas)
    again = client.post(f"/settings/hours/{office.pk}/closed-days/", christmas)
    assert again.status_code == 422
    assert again.context["day_form"].errors == {"day": ["Dieser Tag ist schon eingetragen."]}
    day = ClosedDay.objects.get()
    assert day.day == date(2099, 12, 25)

    client.post(f"/settings/closed-days/{day.pk}/removal/")

    assert not ClosedDay.objects.exists()
    told = [e.data["fields"] for e in Entry.objects.about(office)]
    assert told == [["closed_days"], ["closed_days"]]


def test_hours_that_a_team_has_are_not_deleted(
    client: Client, ines: User, office: OpeningHours
) -> None:
    team = Team.objects.create(name="Nord", hours=office)
    refused = client.post(f"/settings/hours/{office.pk}/removal/", follow=True)
    assert "gilt noch für Teams oder Partner" in refused.content.decode()
    assert OpeningHours.objects.exists()

    team.delete()
    client.post(f"/settings/hours/{office.pk}/removal/")

    assert not OpeningHours.objects.exists()


def test_a_manager_reads_them_and_changes_nothing(client: Client, office: OpeningHours) -> None:
    client.force_login(somebody("Carla Claus", "sales_manager", language="de"), backend=BACKEND)

    page = client.get(f"/settings/hours/{office.pk}/")

    assert "09:00–17:00" in page.content.decode()
    assert "geschlossen" in page.content.decode()
    assert client.post(f"/settings/hours/{office.pk}/", {"name": "X"}).status_code == 403
