"""Names, addresses, phones and mails as the world writes them."""

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.accounts.alike import Outcome
from lotse.records.accounts.models import Contact
from lotse.records.cases.models import Case
from tests.casebook.arriving import account, arrive, contact, guide_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_a_domain_with_umlauts_is_one_with_its_ascii_form(world: World) -> None:
    """NAM-01."""
    known = contact(world, "Ute", "Groß", email="info@müller-kälte.de")

    [lead] = arrive(
        world,
        {"first_name": "Ute", "last_name": "Groß", "email": "INFO@xn--mller-klte-w5a5z.de"},
    )

    assert lead.known_contact == known
    assert known.email == "info@müller-kälte.de"
    assert not guide_of(lead).differing


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_two_kinds_of_apostrophe_make_no_second_amy(world: World, apostrophe: str) -> None:
    """NAM-03."""
    garden = account(world, "Queen's Garden Ltd", postcode="20095")
    amy = contact(world, "Amy", "D'Unger", email="amy@garden.example", account=garden)

    [lead] = arrive(
        world,
        {"first_name": "Amy", "last_name": f"D{apostrophe}Unger", "email": "amy@garden.example",
         "company": f"Queen{apostrophe}s Garden Ltd", "postcode": "20095"},
    )  # fmt: skip

    assert (lead.known_account, lead.known_contact) == (garden, amy)
    assert not {b.field for b in guide_of(lead).differing} & {"first_name", "last_name"}


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"name": "Sukarno"}, "Sukarno"),
        ({"email": "kontakt@x.example"}, "kontakt@x.example"),
        ({"phone": "+49 351 4567890"}, "+49 351 4567890"),
        ({"company": "Bau AG"}, "Bau AG"),
    ],
)
def test_one_name_is_enough(world: World, fields: dict[str, str], shown: str) -> None:
    """NAM-05."""
    [lead] = arrive(world, fields)

    assert str(lead) == shown
    client = Client()
    client.force_login(world.ines)
    assert shown in client.get(reverse("lead", args=[lead.pk])).content.decode()


def test_sukarno_is_at_most_similar_to_sukarno_putra(world: World) -> None:
    """NAM-05."""
    contact(world, "Sukarno", "Putra", postcode="20095")

    [lead] = arrive(world, {"name": "Sukarno", "postcode": "20095"})

    assert lead.known_contact is None
    assert guide_of(lead).contact.finding.outcome != Outcome.SAME


EIGHT_WAYS = [
    "+49 171 6783154", "+49 (0) 171 / 678 31 54", "0049 171 6783154", "0171-6783154",
    "(0171) 678 31 54", "0171.678.31.54", "+49171 678 31 54\u00a0", "Tel.: 0171 6783154",
]  # fmt: skip


def test_one_number_in_eight_spellings_leads_to_one_person(world: World) -> None:
    """NAM-07."""
    known = contact(world, "Kai", "Voss", phone="+491716783154", country="DE")

    leads = [
        arrive(world, {"first_name": "Kai", "last_name": "Voss", "phone": phone, "subject": f"Nr. {n}"})[0]
        for n, phone in enumerate(EIGHT_WAYS)
    ]  # fmt: skip

    assert {lead.known_contact for lead in leads} == {known}
    assert [lead.phone for lead in leads] == [phone.strip() for phone in EIGHT_WAYS]
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("country", "written", "number"),
    [("AT", "0664 1234567", "+436641234567"), ("CH", "044 668 18 00", "+41446681800")],
)
def test_the_country_decides_which_number_it_is(
    world: World, country: str, written: str, number: str
) -> None:
    """NAM-07."""
    known = contact(world, "Kai", "Voss", phone=number)

    [lead] = arrive(
        world, {"first_name": "Kai", "last_name": "Voss", "phone": written, "country": country}
    )

    assert lead.known_contact == known


def test_without_a_country_the_number_is_one_of_the_house(world: World) -> None:
    """NAM-07."""
    [lead] = arrive(world, {"name": "Kai Voss", "phone": "0171 6783154"})

    assert Case.objects.get(pk=lead.pk).country == ""
    [again] = arrive(world, {"name": "Kai Voss", "phone": "+49 171 6783154"})
    again.refresh_from_db()
    assert again.joined_to == lead
