"""The guide in the browser: its steps, what is skipped and kept, what stays hidden, and who comes too late."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lotse.kernel import clock
from lotse.kernel.actors import person
from lotse.lifecycle import undo
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Process
from lotse.records.journal.models import Act
from lotse.records.people.models import Team, User
from lotse.stages.acceptance.models import Offer, Reservation
from lotse.web.acceptance.tests.cast import a_contact, an_account, an_offered_lead, an_open_case
from lotse.web.tests.cast import BERLIN, a_process, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Team:
    return Team.objects.create(name="Vertrieb Nord")


@pytest.fixture
def jana(north: Team) -> User:
    return somebody("Jana Petersen", "sales_rep", team=north)


@pytest.fixture
def process() -> Process:
    return a_process()


@pytest.fixture
def at_desk(client: Client, jana: User, process: Process) -> Client:
    client.force_login(jana)
    return client


def url(name: str, case: Case) -> str:
    return reverse(name, args=[case.pk])


def text(client: Client, name: str, case: Case) -> str:
    return str(client.get(url(name, case)).content.decode())


def accept(client: Client, lead: Case, holder: User, /, **more: object) -> str:
    answer = client.post(url("guide-case", lead), {"assignee": holder.pk, **more})
    return str(answer.headers.get("Location", answer.status_code))


def test_with_nothing_to_ask_it_leads_at_once_to_the_summary(at_desk: Client, jana: User) -> None:
    case = an_offered_lead(asked_person=jana).case

    answer = at_desk.get(url("guide", case), follow=True)

    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0] == url("guide-case", case)
    # Account and contact are reported as done.
    assert shown.count('data-state="done"') == 3
    assert Reservation.objects.get(case=case).person == jana


def test_nothing_is_written_before_the_last_click(at_desk: Client, jana: User) -> None:
    an_account("Kranbau Ost GmbH", postcode="24114")
    case = an_offered_lead(asked_person=jana, company="Kranbau Ost AG").case

    at_desk.post(url("guide-account", case), {"record": "new"})
    at_desk.get(url("guide-case", case))
    at_desk.post(url("guide-cancellation", case))

    case.refresh_from_db()
    assert (case.assignee, case.account, Account.objects.count()) == (None, None, 1)
    assert not Reservation.objects.exists()


def test_the_last_click_settles_account_contact_and_case_together(
    at_desk: Client, jana: User, process: Process
) -> None:
    case = an_offered_lead(asked_person=jana, company="Neubau Nord GmbH").case

    went_to = accept(at_desk, case, jana)

    case.refresh_from_db()
    assert went_to == url("lead", case)
    assert case.assignee == jana
    assert case.account
    assert case.account.name == "Neubau Nord GmbH"
    assert case.contact
    assert case.contact.account == case.account
    assert case.phase == process.phases.order_by("position").first()


def test_candidates_are_shown_side_by_side_and_one_is_taken(at_desk: Client, jana: User) -> None:
    account = an_account("Kranbau Ost GmbH", postcode="24114", city="Kiel", owner=jana)
    case = an_offered_lead(asked_person=jana, company="Kranbau Ost AG").case

    shown = text(at_desk, "guide-account", case)
    at_desk.post(url("guide-account", case), {"record": account.pk})
    accept(at_desk, case, jana)

    assert "Kranbau Ost GmbH" in shown
    assert 'class="evidence"' in shown
    case.refresh_from_db()
    assert case.account == account


def test_going_back_keeps_what_was_chosen(at_desk: Client, jana: User) -> None:
    an_account("Kranbau Ost GmbH", postcode="24114", owner=jana)
    case = an_offered_lead(asked_person=jana, company="Kranbau Ost AG").case
    at_desk.post(url("guide-account", case), {"record": "new"})

    shown = text(at_desk, "guide-account", case)

    assert 'value="new" checked' in shown


def test_an_answer_that_is_none_is_said_at_the_field(at_desk: Client, jana: User) -> None:
    an_account("Kranbau Ost GmbH", postcode="24114", owner=jana)
    case = an_offered_lead(asked_person=jana, company="Kranbau Ost AG").case

    answer = at_desk.post(url("guide-account", case), {})

    assert answer.status_code == 422
    assert 'id="id_record-error"' in answer.content.decode()


def test_a_hidden_account_is_told_of_by_its_team_and_by_nothing_else(
    at_desk: Client, jana: User
) -> None:
    south = Team.objects.create(name="Süd")
    rival = somebody("Mehmet Yildiz", "sales_rep", team=south)
    hidden = an_account(
        "Zuckerbrot Aktiengesellschaft",
        postcode="24114",
        street="Geheimweg 7",
        team=south,
        owner=rival,
    )
    case = an_offered_lead(asked_person=jana, company="Zuckerbrot AG").case

    shown = text(at_desk, "guide-account", case)
    posted = at_desk.post(url("guide-account", case), {"record": hidden.pk})
    unknown = at_desk.post(url("guide-account", case), {"record": 999_999})

    assert "Süd" in shown
    for secret in ("Aktiengesellschaft", "Geheimweg", "Mehmet", f'value="{hidden.pk}"'):
        assert secret not in shown
    assert posted.status_code == unknown.status_code == 422
    assert posted.content.decode().count('class="error"') == unknown.content.decode().count(
        'class="error"'
    )


def test_beside_a_hidden_one_a_new_account_needs_a_word_and_access_can_be_asked_for(
    at_desk: Client, jana: User
) -> None:
    south = Team.objects.create(name="Süd")
    rival = somebody("Mehmet Yildiz", "sales_rep", team=south)
    an_account("Zuckerbrot AG", postcode="24114", team=south, owner=rival)
    case = an_offered_lead(asked_person=jana, company="Zuckerbrot AG").case

    without = at_desk.post(url("guide-account", case), {"record": "new"})
    asked = at_desk.post(url("guide-request", case))
    with_word = at_desk.post(url("guide-account", case), {"record": "new", "note": "Andere Firma"})

    assert without.status_code == 422
    assert (asked.status_code, with_word.status_code) == (302, 302)
    assert list(rival.notices.values_list("kind", flat=True)) == ["acceptance.access_wanted"]


def a_known_contact(jana: User) -> Contact:
    return a_contact(
        email="s.hartwig@post.example",
        phone="0431 5550142",
        street="Gutenbergstraße 31",
        postcode="24114",
        city="Kiel",
        owner=jana,
    )


def test_each_value_that_differs_is_decided(at_desk: Client, jana: User) -> None:
    contact = a_known_contact(jana)
    contact.title, contact.language = "Dr.", "de"
    contact.save()
    case = an_offered_lead(
        asked_person=jana, title="Prof.", language="en", street="Gutenbergstr. 31"
    ).case
    shown = text(at_desk, "guide-contact", case)

    at_desk.post(
        url("guide-contact", case),
        {
            "version": contact.version,
            "title": "typed",
            "title-typed": "Prof. Dr.",
            "language": "known",
        },
    )
    accept(at_desk, case, jana)

    contact.refresh_from_db()
    case.refresh_from_db()
    assert 'name="title"' in shown
    assert 'name="street"' not in shown
    assert (contact.title, contact.language, case.contact) == ("Prof. Dr.", "de", contact)


@pytest.mark.parametrize(("side", "kept"), [("lead", "Prof."), ("known", "Dr.")])
def test_all_can_be_decided_at_once(at_desk: Client, jana: User, side: str, kept: str) -> None:
    contact = a_known_contact(jana)
    contact.title = "Dr."
    contact.save()
    case = an_offered_lead(asked_person=jana, title="Prof.").case

    at_desk.post(url("guide-contact", case), {"all": side})
    accept(at_desk, case, jana)

    contact.refresh_from_db()
    assert contact.title == kept


def test_a_value_to_be_typed_that_is_empty_is_said_at_the_field(
    at_desk: Client, jana: User
) -> None:
    contact = a_known_contact(jana)
    contact.title = "Dr."
    contact.save()
    case = an_offered_lead(asked_person=jana, title="Prof.").case

    answer = at_desk.post(url("guide-contact", case), {"title": "typed", "title-typed": " "})

    assert answer.status_code == 422
    assert 'id="id_title-error"' in answer.content.decode()


def test_a_contact_that_somebody_saved_meanwhile_is_asked_anew(at_desk: Client, jana: User) -> None:
    contact = a_known_contact(jana)
    contact.title = "Dr."
    contact.save()
    case = an_offered_lead(asked_person=jana, title="Prof.").case
    at_desk.post(url("guide-contact", case), {"version": contact.version, "title": "lead"})
    Contact.objects.update(title="Dr. h. c.", version=contact.version + 1)

    went_to = accept(at_desk, case, jana)

    case.refresh_from_db()
    assert went_to == url("guide-contact", case)
    assert case.assignee is None


def test_the_lead_can_be_attached_to_an_open_case(at_desk: Client, jana: User) -> None:
    contact = a_known_contact(jana)
    mine = an_open_case(contact, jana, subject="Wartung Ölheizung")
    case = an_offered_lead(asked_person=jana).case

    shown = text(at_desk, "guide-case", case)
    went_to = accept(at_desk, case, jana, case=mine.pk)

    case.refresh_from_db()
    assert "Wartung Ölheizung" in shown
    assert went_to == url("lead", mine)
    assert (case.outcome, case.joined_to) == (Case.Outcome.JOINED, mine)


def test_a_process_is_asked_for_only_where_there_is_a_choice(
    at_desk: Client, jana: User, process: Process
) -> None:
    case = an_offered_lead(asked_person=jana).case
    with_one = text(at_desk, "guide-case", case)
    other = Process.objects.create(key="new-building", name_de="Neubau", kind="lead", position=5)
    other.phases.create(position=0, name_de="Anruf")

    with_two = text(at_desk, "guide-case", case)
    accept(at_desk, case, jana, process=other.pk)

    case.refresh_from_db()
    assert 'name="process"' not in with_one
    assert 'name="process"' in with_two
    assert case.process == other


def test_a_colleague_is_told_for_whom_it_is_reserved_and_until_when(
    at_desk: Client, jana: User, north: Team
) -> None:
    ben = somebody("Ben Brandt", "sales_rep", team=north)
    case = an_offered_lead(asked_team=north).case
    at_desk.get(url("guide-case", case))
    colleague = Client()
    colleague.force_login(ben)

    answer = colleague.get(url("guide-case", case))
    offer = colleague.get(reverse("offer", args=[Offer.objects.get(case=case).pk]))
    own = at_desk.get(reverse("offer", args=[Offer.objects.get(case=case).pk]))

    assert (answer.status_code, offer.status_code) == (409, 200)
    until = f"{Reservation.objects.get().until_at.astimezone(BERLIN):%H:%M}"
    for page in (answer, offer):
        assert "Jana Petersen" in page.content.decode()
        assert until in page.content.decode()
    assert until not in own.content.decode()


def test_of_two_with_the_last_step_open_one_wins_and_the_other_reads_who(
    at_desk: Client, jana: User, north: Team
) -> None:
    ben = somebody("Ben Brandt", "sales_rep", team=north)
    case = an_offered_lead(asked_team=north).case
    at_desk.get(url("guide-case", case))
    colleague = Client()
    colleague.force_login(ben)

    accept(colleague, case, ben)
    lost = at_desk.post(url("guide-case", case), {"assignee": jana.pk})

    case.refresh_from_db()
    assert case.assignee == ben
    assert lost.status_code == 409
    assert "Ben Brandt" in lost.content.decode()


def test_a_second_click_shows_the_result_of_the_first(at_desk: Client, jana: User) -> None:
    case = an_offered_lead(asked_person=jana).case

    first, second = accept(at_desk, case, jana), accept(at_desk, case, jana)

    assert first == second == url("lead", case)
    assert Act.objects.filter(kind="accept").count() == 1


def test_an_offer_that_runs_out_while_the_guide_is_open_is_not_won(
    at_desk: Client, jana: User
) -> None:
    case = an_offered_lead(asked_person=jana).case
    at_desk.get(url("guide-case", case))
    Offer.objects.update(deadline_at=clock.read() - timedelta(seconds=1))

    looked = at_desk.get(url("guide-case", case))
    posted = at_desk.post(url("guide-case", case), {"assignee": jana.pk})

    case.refresh_from_db()
    assert case.assignee is None
    assert (looked.status_code, posted.status_code) == (200, 409)
    assert 'name="assignee"' not in looked.content.decode()


def test_the_acceptance_is_taken_back_as_one(at_desk: Client, jana: User) -> None:
    case = an_offered_lead(asked_person=jana, company="Neubau Nord GmbH").case
    accept(at_desk, case, jana)
    act = Act.objects.get(kind="accept")

    toast = at_desk.get(reverse("profile")).content.decode()
    undo.undo(act=act, by=person(jana.pk), now=clock.read())

    case.refresh_from_db()
    assert reverse("undo", args=[act.pk]) in toast
    assert (case.assignee, Account.objects.count(), Contact.objects.count()) == (None, 0, 0)
    assert Offer.objects.unanswered().filter(case=case).exists()


def test_whoever_is_not_asked_finds_no_guide(at_desk: Client, jana: User) -> None:
    case = an_offered_lead(asked_person=somebody("Ben Brandt", "sales_rep")).case

    for name in ("guide", "guide-account", "guide-contact", "guide-case"):
        assert at_desk.get(url(name, case)).status_code == 404
    assert at_desk.post(url("guide-case", case), {"assignee": jana.pk}).status_code == 404


def test_an_auditor_sees_the_lead_but_not_the_guide(client: Client, jana: User) -> None:
    client.force_login(somebody("Ruth Sander", "auditor"))
    case = an_offered_lead(asked_person=jana).case

    assert client.get(url("guide", case)).status_code == 403


def test_names_full_of_signs_are_written_and_not_run(at_desk: Client, jana: User) -> None:
    an_account("<script>alert(1)</script> GmbH", postcode="24114", owner=jana)
    case = an_offered_lead(asked_person=jana, company="<script>alert(1)</script> AG").case

    shown = text(at_desk, "guide-account", case)

    assert "<script>alert" not in shown
