"""Who is known, who is only similar, and that nothing is written before the last answer."""

import pytest

from lotse.records.accounts.alike import Outcome
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case, Inquiry
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Message
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Reservation
from lotse.stages.acceptance.rules.fields import Decision, Source
from tests.casebook.arriving import account, arrive, contact, guide_of
from tests.world import World, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_capital_letters_and_stray_blanks_make_nobody_a_second_time(world: World) -> None:
    """DUP-01."""
    nordlicht = account(world, "Nordlicht Optik GmbH", postcode="18055", city="Rostock")
    jana = contact(
        world, "Jana", "Probst", email="Jana.Probst@Nordlicht-Optik.example", account=nordlicht
    )
    written = {
        "first_name": "jana ", "last_name": " PROBST", "postcode": "18055",
        "email": "  jana.probst@nordlicht-optik.EXAMPLE ", "company": "Nordlicht Optik GmbH",
    }  # fmt: skip

    [lead] = arrive(world, written)

    assert (lead.known_account, lead.known_contact) == (nordlicht, jana)
    guide = guide_of(lead)
    assert guide.account.finding.outcome == guide.contact.finding.outcome == Outcome.SAME
    assert not {b.field for b in guide.differing} & {"first_name", "last_name", "email"}
    assert Inquiry.objects.get(case=lead).payload == written
    accepted = acceptance.accept(
        case=lead,
        choices=acceptance.Choices(assignee=world.anna, account=nordlicht, contact=jana),
        by=acting(world.anna),
        now=world.now,
    )
    assert accepted.case_id == lead.pk
    assert Contact.objects.count() == Account.objects.count() == 1


class Power(Exception):
    """The power goes off."""


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_before_the_last_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DUP-03."""
    uwe = contact(world, "Uwe", "Lenz", email="lenz@kran.example", phone="0371 111")
    [lead] = arrive(
        world,
        {"first_name": "Uwe", "last_name": "Lenz", "email": "lenz@kran.example",
         "phone": "0371 222", "company": "Kranbau Ost GmbH"},
    )  # fmt: skip
    choices = acceptance.Choices(
        assignee=world.anna,
        creates_account=True,
        contact=uwe,
        decisions={"phone": Decision(Source.LEAD)},
    )

    def counts() -> list[int]:
        tables = (Account, Contact, Case, Entry, Message)
        return [table.objects.count() for table in tables]

    def accept() -> None:
        acceptance.accept(case=lead, choices=choices, by=acting(world.anna), now=world.now)

    def run_guide() -> None:
        acceptance.reserve(case=lead, person_id=world.anna.pk, now=world.now)
        assert guide_of(lead).undecided == ("phone",)

    before = counts()
    run_guide()
    acceptance.release(case=lead, person_id=world.anna.pk)
    assert (counts(), Reservation.objects.count()) == (before, 0)

    # The browser is closed: the reservation ends by itself.
    run_guide()
    world.time_passes(until="2026-03-02 09:16")
    acceptance.reserve(case=lead, person_id=world.ben.pk, now=world.now)
    acceptance.release(case=lead, person_id=world.ben.pk)
    assert counts() == before

    # The database fails at the very last statement: the line of the journal.
    def fail(*args: object, **values: object) -> None:
        raise Power

    with monkeypatch.context() as broken:
        broken.setattr("lotse.stages.acceptance.services.accepting.record", fail)
        with pytest.raises(Power):
            accept()
    lead.refresh_from_db()
    assert (counts(), lead.accepted_at) == (before, None)

    # The next request reads what is there.
    for row in (lead, uwe):
        row.refresh_from_db()
    accept()
    assert Account.objects.filter(name="Kranbau Ost GmbH").count() == 1
    assert Contact.objects.count() == 1


@pytest.fixture
def hellweg(world: World) -> dict[str, Account]:
    place = {"postcode": "59494", "city": "Soest"}
    return {form: account(world, f"Hellweg Technik {form}", **place) for form in ("GmbH", "AG")}


def test_the_same_name_with_another_legal_form_is_another_firm(
    world: World, hellweg: dict[str, Account]
) -> None:
    """DUP-06 a."""
    [lead] = arrive(world, {"company": "Hellweg Technik AG", "postcode": "59494"})

    assert lead.known_account == hellweg["AG"]


@pytest.mark.parametrize("company", ["Hellweg Technik", "Hellweg Technik GmbH & Co. KG"])
def test_no_legal_form_or_a_third_one_is_asked(
    world: World, hellweg: dict[str, Account], company: str
) -> None:
    """DUP-06 b and c."""
    [lead] = arrive(world, {"company": company, "postcode": "59494"})

    assert lead.known_account is None
    finding = guide_of(lead).account.finding
    assert finding.outcome == Outcome.SIMILAR
    assert {c.record_id for c in finding.candidates} == {a.pk for a in hellweg.values()}
    assert all("form" in c.differs for c in finding.candidates)


@pytest.mark.parametrize(
    "company",
    [
        "Mueller Gesellschaft mit beschränkter Haftung", "MÜLLER G.m.b.H.", "Müller gmbh",
        "Fa. Müller GmbH",
    ],
)  # fmt: skip
def test_legal_forms_written_out_dotted_or_in_front_are_the_same(
    world: World, company: str
) -> None:
    """NAM-09."""
    mueller = account(world, "Müller GmbH", postcode="70173", street="Königstr. 1")

    [lead] = arrive(world, {"company": company, "postcode": "70173", "street": "Königstraße 1"})

    assert lead.known_account == mueller
    mueller.refresh_from_db()
    assert mueller.name == "Müller GmbH"


@pytest.mark.parametrize(
    "company",
    [
        "Müller GmbH & Co. KG", "Müller UG (haftungsbeschränkt)", "Müller e.K.",
        "Gebr. Müller GmbH",
    ],
)  # fmt: skip
def test_another_firm_of_that_name_is_listed_and_not_taken(world: World, company: str) -> None:
    """NAM-09."""
    mueller = account(world, "Müller GmbH", postcode="70173", street="Königstr. 1")

    [lead] = arrive(world, {"company": company, "postcode": "70173", "street": "Königstraße 1"})

    assert lead.known_account is None
    [candidate] = guide_of(lead).account.finding.candidates
    assert candidate.record_id == mueller.pk
    assert {"form", "company"} & set(candidate.differs)
