"""Teams and partners: kept, with where they sell; not deleted while anything names them."""

import pytest
from django.test import Client

from lotse.records.catalog.models import SalesArea
from lotse.records.journal.models import Entry
from lotse.records.people.models import Partner, Team, User
from lotse.stages.assignment.models import AssignmentRule
from lotse.web.tests.cast import NOW, a_lead, somebody
from tests.company import Company
from tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(client: Client) -> User:
    user = somebody("Ines Ihle", "administrator", language="de")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def dressler() -> Partner:
    return Partner.objects.create(name="Dressler")


def test_a_team_is_made_and_changed(client: Client, ines: User) -> None:
    client.post("/teams/new/", {"name": "Nord", "manager": ines.pk})
    north = Team.objects.get()
    client.post(f"/teams/{north.pk}/", {"name": "Norden", "manager": ines.pk})

    north.refresh_from_db()
    assert (north.name, north.manager) == ("Norden", ines)
    assert [e.kind for e in Entry.objects.about(north).order_by("id")] == [
        "list.added",
        "list.changed",
    ]


def test_a_partner_is_made_with_its_areas(client: Client, ines: User) -> None:
    client.post("/partners/new/", {"name": "Dressler", "is_active": "on", "capacity": "5"})
    partner = Partner.objects.get()
    client.post(
        f"/partners/{partner.pk}/areas/",
        {"country": "de", "postcode_from": "20000", "postcode_until": "29999"},
    )

    area = SalesArea.objects.get()
    assert (area.partner, area.country) == (partner, "DE")
    page = client.get("/partners/").content.decode()
    assert "DE 20000–29999" in page
    assert "0 von 5" in page
    client.post(f"/areas/{area.pk}/removal/")
    assert not SalesArea.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"country": "Germany", "postcode_from": "20", "postcode_until": "29"},
        {"country": "DE", "postcode_from": "29", "postcode_until": "20"},
        {"country": "DE", "postcode_from": "29", "postcode_until": ""},
    ],
)
def test_what_is_no_area_is_refused(
    client: Client, ines: User, dressler: Partner, typed: dict[str, str]
) -> None:
    assert client.post(f"/partners/{dressler.pk}/areas/", typed).status_code == 422
    assert not SalesArea.objects.exists()


def test_the_page_shows_the_people_of_a_partner(
    client: Client, ines: User, dressler: Partner
) -> None:
    somebody("Ole Dressler", "partner_user", partner=dressler)

    assert "Ole Dressler" in client.get(f"/partners/{dressler.pk}/").content.decode()


def test_what_is_named_elsewhere_is_not_deleted(
    client: Client, ines: User, dressler: Partner
) -> None:
    north = Team.objects.create(name="Nord")
    AssignmentRule.objects.create(position=1, target="team", target_team=north, switched_at=NOW)
    a_lead(partner=dressler)

    client.post(f"/teams/{north.pk}/removal/")
    client.post(f"/partners/{dressler.pk}/removal/")

    assert Team.objects.exists()
    assert Partner.objects.exists()


def test_what_nothing_names_is_deleted(client: Client, ines: User, dressler: Partner) -> None:
    SalesArea.objects.create(partner=dressler, country="DE", postcode_from="2", postcode_until="3")

    client.post(f"/partners/{dressler.pk}/removal/")

    assert not Partner.objects.exists()
    assert Entry.objects.filter(kind="list.removed").exists()


def test_a_team_with_a_member_is_not_deleted(client: Client, ines: User) -> None:
    north = Team.objects.create(name="Nord")
    somebody("Jana Petersen", "sales_rep", team=north)

    client.post(f"/teams/{north.pk}/removal/")

    assert Team.objects.exists()


def test_somebody_joins_a_team_and_leaves_it_again(client: Client, ines: User) -> None:
    north = Team.objects.create(name="Nord")
    jana = somebody("Jana Petersen", "sales_rep")

    client.post(f"/teams/{north.pk}/members/", {"person": jana.pk})
    assert jana.memberships.get().is_main
    # Whoever is in the team is not offered once more.
    assert client.post(f"/teams/{north.pk}/members/", {"person": jana.pk}).status_code == 422
    client.post(f"/teams/{north.pk}/members/{jana.pk}/removal/")

    assert not jana.memberships.exists()
    page = client.get(f"/teams/{north.pk}/").content.decode()
    assert "ins Team" in page
    assert "aus dem Team" in page


def test_whoever_leaves_the_main_team_has_another_one(client: Client, ines: User) -> None:
    north, south = (Team.objects.create(name=name) for name in ("Nord", "Süd"))
    jana = somebody("Jana Petersen", "sales_rep", team=north)
    jana.teams.add(south)

    client.post(f"/teams/{north.pk}/members/{jana.pk}/removal/")

    membership = jana.memberships.get()
    assert (membership.team, membership.is_main) == (south, True)


def test_what_a_partner_was_asked_goes_on_when_it_is_switched_off() -> None:
    company = Company()
    offer = company.offer_of(company.offered)
    asked = company.offered.asked_partner
    assert asked is not None
    client = client_of(company, "ines")
    form = client.get(f"/partners/{asked.pk}/").context["form"]
    values = {name: form[name].value() or "" for name in form.fields if name != "is_active"}

    client.post(f"/partners/{asked.pk}/", values)

    offer.refresh_from_db()
    company.offered.refresh_from_db()
    assert offer.answer == "ran_out"
    assert company.offered.asked_partner is None


def test_partners_are_found_by_name(client: Client, ines: User, dressler: Partner) -> None:
    Partner.objects.create(name="Tietjen")

    page = client.get("/partners/", {"q": "dress"})
    nothing = client.get("/partners/", {"q": "xyz"})

    assert [p.name for p in page.context["page"].rows] == ["Dressler"]
    assert "Alle Vertriebspartner zeigen" in nothing.content.decode()
