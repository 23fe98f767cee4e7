"""People: found, invited with a link that works once, changed by two at once, deactivated with work in hand."""

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.people.models import Absence, Membership, Partner, Role, Team, User
from lotse.web.shared.slices import SIZE
from lotse.web.tests.cast import NOW, a_lead, a_process, somebody

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def north() -> Team:
    return Team.objects.create(name="Nord")


@pytest.fixture
def ines(client: Client) -> User:
    user = somebody("Ines Ihle", "administrator", language="de")
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def jana(north: Team) -> User:
    return somebody("Jana Petersen", "sales_rep", team=north, capacity=2)


def filled(client: Client, user: User) -> dict[str, object]:
    """Return what a browser would send if nothing were changed on the page of this person."""
    form = client.get(f"/people/{user.pk}/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def test_the_list_says_who_is_away_and_who_is_full(client: Client, ines: User, jana: User) -> None:
    today = date.today()  # noqa: DTZ011, TID251 - the page reads the clock itself
    Absence.objects.create(user=jana, from_on=today, until_on=today + timedelta(days=3))
    a_lead("Eins", holder=jana)
    a_lead("Zwei", holder=jana)

    page = client.get("/people/").content.decode()

    assert "abwesend bis" in page
    assert "ausgelastet" in page
    assert "2 von 2" in page


def test_people_are_found_by_name_and_address(client: Client, ines: User, jana: User) -> None:
    def names(**query: str) -> list[str]:
        return [row.user.name for row in client.get("/people/", query).context["page"].rows]

    assert names(q="pet") == ["Jana Petersen"]
    assert names(q="ines.ihle@") == ["Ines Ihle"]
    assert names(q="nobody") == []
    User.objects.filter(pk=jana.pk).update(is_active=False)
    assert names() == ["Ines Ihle"]
    assert names(show="inactive") == ["Jana Petersen"]
    assert names(show="all") == ["Ines Ihle", "Jana Petersen"]


def test_a_list_is_narrowed_to_a_team_a_partner_or_a_role(
    client: Client, ines: User, jana: User, north: Team
) -> None:
    partner = Partner.objects.create(name="Dressler")
    ole = somebody("Ole Dressler", "partner_user", partner=partner)

    def names(**query: str | int) -> list[str]:
        return [row.user.name for row in client.get("/people/", query).context["page"].rows]

    assert names(house=f"team-{north.pk}") == [jana.name]
    assert names(house=f"partner-{partner.pk}") == [ole.name]
    assert names(role=ines.roles.get().pk) == [ines.name]
    assert names(role=ines.roles.get().pk, house=f"team-{north.pk}") == []
    assert names(house="team-x", role="y") == [ines.name, jana.name, ole.name]


def test_a_long_list_goes_on_page_by_page_and_keeps_what_was_chosen(
    client: Client, ines: User
) -> None:
    User.objects.bulk_create(
        User(name=f"Neu {n:03}", email=f"neu{n}@brise.example", created_at=NOW)
        for n in range(SIZE + 5)
    )

    first = client.get("/people/", {"q": "neu"})
    [way] = re.findall(r'href="(/people/\?[^"]*after=\d+)"', first.content.decode())
    second = client.get(html.unescape(way))

    assert [r.user.name for r in first.context["page"].rows] == [f"Neu {n:03}" for n in range(SIZE)]
    assert [r.user.name for r in second.context["page"].rows] == [
        f"Neu {n:03}" for n in range(SIZE, SIZE + 5)
    ]


def test_htmx_gets_the_rows_alone(client: Client, ines: User) -> None:
    part = client.get("/people/", {"q": "ines"}, headers={"HX-Request": "true"}).content.decode()

    assert "Ines Ihle" in part
    assert "<html" not in part


def test_somebody_new_gets_a_link_that_sets_a_password_once(
    client: Client, ines: User, north: Team
) -> None:
    rep = somebody("Ole Beck", "sales_rep").roles.get()

    answer = client.post(
        "/people/new/",
        {
            "name": "Neele Voss", "email": "Neele.Voss@brise.example", "language": "de", "weight": "1",
            "roles": [str(rep.pk)], "teams": [str(north.pk)], "main_team": str(north.pk),
        },
    )  # fmt: skip

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    neele = User.objects.get(email="neele.voss@brise.example")
    assert Membership.objects.get(user=neele).is_main
    link = answer.context["link"]
    visitor = Client()
    step = visitor.get(link, follow=True)
    visitor.post(
        step.redirect_chain[-1][0],
        {"new_password1": "ein ruhiger Hafen", "new_password2": "ein ruhiger Hafen"},
    )
    neele.refresh_from_db()
    assert neele.check_password("ein ruhiger Hafen")
    assert (
        "form" not in (Client().get(link, follow=True).context or {})
        or not (Client().get(link, follow=True).context["validlink"])
    )


def test_an_address_is_given_once(client: Client, ines: User, jana: User) -> None:
    answer = client.post(
        "/people/new/",
        {"name": "Neu", "email": jana.email.upper(), "language": "de", "weight": "1"},
    )

    assert answer.status_code == 422
    assert "email" in answer.context["form"].errors


def test_nobody_is_of_a_partner_and_in_a_team(client: Client, ines: User, jana: User) -> None:
    partner = Partner.objects.create(name="Dressler")

    answer = client.post(f"/people/{jana.pk}/", {**filled(client, jana), "partner": partner.pk})

    assert answer.status_code == 422
    jana.refresh_from_db()
    assert jana.partner is None


def test_whoever_holds_something_changes_house_only_after_handing_it_over(
    client: Client, ines: User, jana: User
) -> None:
    partner = Partner.objects.create(name="Dressler")
    a_lead(holder=jana)
    moved = {**filled(client, jana), "partner": partner.pk, "teams": [], "main_team": ""}

    answer = client.post(f"/people/{jana.pk}/", moved)

    assert answer.status_code == 422
    assert answer.context["form"].errors["partner"] == [
        "Hat 1 offenen Vorgang. Erst übergeben, dann umziehen."
    ]


def test_a_zone_that_does_not_exist_is_refused_at_its_field(
    client: Client, ines: User, jana: User
) -> None:
    answer = client.post(f"/people/{jana.pk}/", {**filled(client, jana), "zone": "Europe/Kiel"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["zone"]


def test_the_history_says_who_changed_what(client: Client, ines: User, jana: User) -> None:
    client.post(f"/people/{jana.pk}/", {**filled(client, jana), "capacity": "9", "zone": "Etc/UTC"})

    page = client.get(f"/people/{jana.pk}/").content.decode()

    assert "geändert: offene Vorgänge höchstens, Zeitzone" in page


def test_roles_are_told_in_the_readers_language(client: Client, jana: User) -> None:
    client.force_login(somebody("Carla Claus", "sales_manager", language="en"), backend=BACKEND)

    assert "Sales rep" in client.get("/people/").content.decode()


def test_a_page_saved_as_it_was_filled_writes_nothing(
    client: Client, ines: User, jana: User
) -> None:
    client.post(f"/people/{jana.pk}/", filled(client, jana))

    assert not Entry.objects.filter(kind="people.changed").exists()
    assert list(jana.teams.values_list("name", flat=True)) == ["Nord"]
    assert jana.roles.count() == 1


def test_nobody_needs_a_team(client: Client, ines: User) -> None:
    client.post(f"/people/{ines.pk}/", {**filled(client, ines), "phone": "0431 7"})

    ines.refresh_from_db()
    assert ines.phone == "0431 7"


def test_two_who_change_other_fields_lose_nothing(client: Client, ines: User, jana: User) -> None:
    mine = filled(client, jana)
    User.objects.filter(pk=jana.pk).update(phone="0431 1")

    client.post(f"/people/{jana.pk}/", {**mine, "name": "Jana Thoms"})

    jana.refresh_from_db()
    assert (jana.name, jana.phone) == ("Jana Thoms", "0431 1")


def test_two_who_change_the_same_are_asked(client: Client, ines: User, jana: User) -> None:
    mine = filled(client, jana)
    User.objects.filter(pk=jana.pk).update(phone="0431 1")

    answer = client.post(f"/people/{jana.pk}/", {**mine, "phone": "0431 2"})

    assert answer.status_code == 409
    jana.refresh_from_db()
    assert jana.phone == "0431 1"
    was = answer.context["form"]["was"].value()
    client.post(f"/people/{jana.pk}/", {**mine, "phone": "0431 2", "was": was})
    jana.refresh_from_db()
    assert jana.phone == "0431 2"


def test_the_last_administrator_keeps_the_role(client: Client, ines: User) -> None:
    rep = somebody("Ole Beck", "sales_rep").roles.get()

    answer = client.post(f"/people/{ines.pk}/", {**filled(client, ines), "roles": [rep.pk]})

    assert list(answer.context["form"].errors) == ["roles"]
    assert [r.key for r in ines.roles.all()] == ["administrator"]


def test_the_last_administrator_is_not_deactivated(client: Client, ines: User) -> None:
    answer = client.post(f"/people/{ines.pk}/deactivation/")

    assert answer.status_code == 422
    ines.refresh_from_db()
    assert ines.is_active


def test_whoever_leaves_hands_over_what_they_hold(
    client: Client, ines: User, jana: User, north: Team
) -> None:
    a_process()
    ole = somebody("Ole Beck", "sales_rep", team=north)
    lead = a_lead("Steinmann", holder=jana)
    assert client.get(f"/people/{jana.pk}/deactivation/").context["left"].cases == 1

    unsaid = client.post(f"/people/{jana.pk}/deactivation/", {"cases": "person"})
    assert unsaid.status_code == 422
    client.post(f"/people/{jana.pk}/deactivation/", {"cases": "person", "to": ole.pk})

    jana.refresh_from_db()
    assert not jana.is_active
    assert Case.objects.get(pk=lead.pk).assignee == ole
    client.post(f"/people/{jana.pk}/activation/")
    jana.refresh_from_db()
    assert jana.is_active


def test_handing_over_what_somebody_held_can_be_taken_back(
    client: Client, ines: User, jana: User, north: Team
) -> None:
    a_process()
    ole = somebody("Ole Beck", "sales_rep", team=north)
    lead = a_lead("Steinmann", holder=jana)
    told = client.post(
        f"/people/{jana.pk}/deactivation/", {"cases": "person", "to": ole.pk}, follow=True
    ).content.decode()
    assert "1 Vorgang ging an Ole Beck." in told
    [undo] = re.findall(r'action="(/undo/\d+/)"', told)

    client.post(f"/people/{jana.pk}/activation/")
    client.post(undo)

    assert Case.objects.get(pk=lead.pk).assignee == jana


def test_into_the_pool_what_somebody_held_waits_for_a_hand(
    client: Client, ines: User, jana: User
) -> None:
    lead = a_lead("Steinmann", holder=jana)

    client.post(f"/people/{jana.pk}/deactivation/", {"cases": "pool"})

    assert Case.objects.get(pk=lead.pk).assignee is None


def test_who_manages_cases_says_when_somebody_is_away_and_changes_nothing_else(
    client: Client, jana: User
) -> None:
    client.force_login(somebody("Carla Claus", "sales_manager"), backend=BACKEND)
    client.post(f"/people/{jana.pk}/absences/", {"from_on": "2099-07-01", "until_on": "2099-07-05"})
    absence = Absence.objects.get(user=jana)

    page = client.get(f"/people/{jana.pk}/").content.decode()

    assert f"/absences/{absence.pk}/removal/" in page
    assert 'name="email"' not in page
    assert client.post(f"/people/{jana.pk}/deactivation/").status_code == 403


def test_an_absence_is_entered_and_taken_out(client: Client, ines: User, jana: User) -> None:
    client.post(f"/people/{jana.pk}/absences/", {"from_on": "2026-07-01", "until_on": "2026-07-05"})
    absence = Absence.objects.get(user=jana)
    assert Entry.objects.filter(kind="people.absence_entered").exists()

    client.post(f"/absences/{absence.pk}/removal/")

    assert not Absence.objects.exists()
    wrong = client.post(
        f"/people/{jana.pk}/absences/", {"from_on": "2026-07-05", "until_on": "2026-07-01"}
    )
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("role", "list_", "page", "act"),
    [
        ("sales_rep", 403, 403, 403),
        ("marketing", 403, 403, 403),
        ("sales_manager", 200, 200, 403),
        ("auditor", 200, 200, 403),
    ],
)
def test_who_may_look_people_up(  # noqa: PLR0917
    client: Client, ines: User, jana: User, role: str, list_: int, page: int, act: int
) -> None:
    client.force_login(somebody("Other One", role), backend=BACKEND)

    assert client.get("/people/").status_code == list_
    assert client.get(f"/people/{jana.pk}/").status_code == page
    assert client.post(f"/people/{jana.pk}/", {"name": "X"}).status_code == act
    assert client.post(f"/people/{jana.pk}/link/").status_code == act


def test_a_partners_user_finds_no_people(client: Client, ines: User, jana: User) -> None:
    partner = Partner.objects.create(name="Dressler")
    # Whatever other role they were given.
    paul = somebody("Paul Dressler", "partner_manager", "administrator", partner=partner)
    client.force_login(paul, backend=BACKEND)

    for path in ("/people/", "/partners/", f"/people/{jana.pk}/", "/people/new/"):
        assert client.get(path).status_code == 403
    assert Role.objects.filter(key="administrator").exists()
    assert paul.created_at == NOW


def test_a_fault_in_what_is_ticked_stands_beside_it(client: Client, ines: User) -> None:
    rep = somebody("Ole Beck", "sales_rep").roles.get()

    answer = client.post(f"/people/{ines.pk}/", {**filled(client, ines), "roles": [rep.pk]})

    page = answer.content.decode()
    assert 'href="#id_roles"' in page
    assert '<fieldset class="fieldset" id="id_roles" aria-describedby="id_roles-error">' in page
    assert page.count("Jemand muss bleiben, der Rollen vergeben kann.") == 2
