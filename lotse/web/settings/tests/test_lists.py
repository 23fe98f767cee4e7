"""The lists of the settings: entered, changed, switched off, put in order; a name stands once."""

import pytest
from django.test import Client

from lotse.records.catalog.models import LeadSource, LeadType, Product, ProductLine, Reason
from lotse.records.journal.models import Entry
from lotse.records.people.models import User
from lotse.web.tests.cast import a_lead, somebody

pytestmark = pytest.mark.django_db

TYPE = {"opens": "lead", "offer_hours": "24", "first_activity_hours": "24"}


@pytest.fixture
def ines(client: Client) -> User:
    user = somebody("Ines Ihle", "administrator", language="de")
    client.force_login(user)
    return user


def test_the_index_leads_to_every_list(client: Client, ines: User) -> None:
    page = client.get("/settings/").content.decode()

    for word in ("Vertriebsprozesse", "Leadtypen", "Rollen", "Schnittstellen", "/people/"):
        assert word in page


def test_an_entry_is_added_with_a_key_of_its_own(client: Client, ines: User) -> None:
    client.post("/settings/lists/sources/new/", {"name": "Messe Nord"})
    client.post("/settings/lists/sources/new/", {"name": "Messe, Nord"})

    keys = LeadSource.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["messe-nord", "messe-nord-2"]
    assert Entry.objects.filter(kind="list.added").count() == 2


def test_a_name_stands_once_whatever_its_case(client: Client, ines: User) -> None:
    LeadSource.objects.create(key="messe", name="Messe")

    answer = client.post("/settings/lists/sources/new/", {"name": "MESSE"})

    assert answer.status_code == 422
    assert "Name: Diesen Namen gibt es schon." in answer.content.decode()
    assert LeadSource.objects.count() == 1


def test_a_reason_may_have_the_name_of_one_in_the_other_list(client: Client, ines: User) -> None:
    Reason.objects.create(use="lost", key="far", name_de="Zu weit")

    client.post("/settings/lists/reasons-declined/new/", {"name_de": "Zu weit"})

    assert Reason.objects.filter(use="declined", name_de="Zu weit").exists()


def test_a_list_shows_how_often_an_entry_is_used(client: Client, ines: User) -> None:
    product = Product.objects.create(name="Nordwind 8")
    Product.objects.create(name="Südwind 4")
    a_lead(product=product)

    page = client.get("/settings/lists/products/").content.decode()

    assert "1 Mal" in page
    assert "nie" in page


def test_the_lead_types_of_products_are_counted_by_line(client: Client, ines: User) -> None:
    line = ProductLine.objects.create(key="heat", name_de="Wärmepumpen")
    Product.objects.create(name="Nordwind 8", line=line)

    assert "1 Mal" in client.get("/settings/lists/product-lines/").content.decode()


def test_what_is_switched_off_stays_and_can_be_switched_on(client: Client, ines: User) -> None:
    source = LeadSource.objects.create(key="messe", name="Messe")

    client.post(f"/settings/lists/sources/{source.pk}/switch/", {"to": "off"})
    source.refresh_from_db()
    assert not source.is_active

    client.post(f"/settings/lists/sources/{source.pk}/switch/", {"to": "on"})
    source.refresh_from_db()
    assert source.is_active


def test_a_line_of_products_cannot_be_switched_off(client: Client, ines: User) -> None:
    line = ProductLine.objects.create(key="heat", name_de="Wärmepumpen")

    assert client.post(f"/settings/lists/product-lines/{line.pk}/switch/").status_code == 404


def test_the_default_lead_type_gives_way_to_another(client: Client, ines: User) -> None:
    former = LeadType.objects.create(key="quote", name_de="Angebot", is_default=True)
    other = LeadType.objects.create(key="brochure", name_de="Prospekt")

    client.post(
        f"/settings/lists/lead-types/{other.pk}/",
        {"name_de": "Prospekt", "is_default": "on", **TYPE},
    )

    former.refresh_from_db()
    other.refresh_from_db()
    assert (former.is_default, other.is_default) == (False, True)


def test_the_default_lead_type_is_neither_dropped_nor_switched_off(
    client: Client, ines: User
) -> None:
    default = LeadType.objects.create(key="quote", name_de="Angebot", is_default=True)
    at = f"/settings/lists/lead-types/{default.pk}/"

    assert client.post(at, {"name_de": "Angebot", **TYPE}).status_code == 422
    client.post(f"{at}switch/", {"to": "off"})

    default.refresh_from_db()
    assert default.is_default
    assert default.is_active


def test_reasons_change_places(client: Client, ines: User) -> None:
    # Two at the same place, as an import may leave them.
    for key in ("a", "b", "c"):
        Reason.objects.create(use="lost", key=key, name_de=key.upper(), position=0)
    last = Reason.objects.get(key="c")

    client.post(f"/settings/lists/reasons-lost/{last.pk}/place/", {"to": "up"})
    client.post(f"/settings/lists/reasons-lost/{last.pk}/place/", {"to": "up"})
    client.post(f"/settings/lists/reasons-lost/{last.pk}/place/", {"to": "up"})

    keys = Reason.objects.order_by("position").values_list("key", flat=True)
    assert list(keys) == ["c", "a", "b"]


def test_two_who_edit_at_once_are_told(client: Client, ines: User) -> None:
    source = LeadSource.objects.create(key="messe", name="Messe")
    was = client.get(f"/settings/lists/sources/{source.pk}/").context["form"]["was"].value()
    LeadSource.objects.update(name="Messe Süd")

    answer = client.post(
        f"/settings/lists/sources/{source.pk}/", {"name": "Messe Nord", "was": was}
    )

    assert answer.status_code == 409
    source.refresh_from_db()
    assert source.name == "Messe Süd"


def test_a_list_is_searched(client: Client, ines: User) -> None:
    LeadSource.objects.create(key="messe", name="Messe")
    LeadSource.objects.create(key="web", name="Website")

    page = client.get("/settings/lists/sources/?q=mes").content.decode()

    assert "Messe" in page
    assert "Website" not in page


def test_there_is_no_list_of_another_name(client: Client, ines: User) -> None:
    assert client.get("/settings/lists/nothing/").status_code == 404


@pytest.mark.parametrize("kind", ["lead-types", "products", "campaigns", "reasons-lost"])
def test_an_empty_list_says_what_to_do(client: Client, ines: User, kind: str) -> None:
    page = client.get(f"/settings/lists/{kind}/").content.decode()

    assert "Hier ist noch nichts eingetragen" in page


def test_a_campaign_does_not_end_before_it_begins(client: Client, ines: User) -> None:
    values = {"name": "Frühling", "from_on": "2026-05-01", "until_on": "2026-04-01"}

    answer = client.post("/settings/lists/campaigns/new/", values)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"until_on"}
