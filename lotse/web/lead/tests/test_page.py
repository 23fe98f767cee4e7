"""The page of a case: as its holder, a teammate, a stranger and a visitor; the page and its parts."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lotse.kernel import actors
from lotse.records.accounts.editing import create
from lotse.records.accounts.models import Contact
from lotse.records.activities import services as activities
from lotse.records.activities.models import Task
from lotse.records.cases.models import Case, Inquiry
from lotse.records.cases.services import change
from lotse.records.journal.models import Entry
from lotse.records.people.models import Team, User
from lotse.web.tests.cast import NOW, a_lead, a_process, somebody

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[Any]]
EVIL = '"><img src=x onerror=window.pwned=1>'


def get(client: Client, user: User, case: Case, **more: Any) -> Any:
    client.force_login(user)
    return client.get(reverse("lead", args=[case.pk]), **more)


def test_the_holder_reads_the_lead_and_may_act(client: Client, jana: User, case: Case) -> None:
    page = get(client, jana, case).content.decode()

    assert "<h1>Rolf Steinmann</h1>" in page
    assert 'href="tel:+49421555017"' in page
    assert "Change phase" in page


def test_a_teammate_reads_it_and_is_offered_no_act(client: Client, north: Team, case: Case) -> None:
    ole = somebody("Ole", "sales_rep", team=north, language="en")

    page = get(client, ole, case)

    assert page.status_code == 200
    assert "Change phase" not in page.content.decode()
    assert client.post(reverse("lead-notes", args=[case.pk]), {"text": "x"}).status_code == 403


def test_a_stranger_finds_nothing_and_changes_nothing(client: Client, case: Case) -> None:
    stranger = somebody("Far", "sales_rep", team=Team.objects.create(name="Süd"))
    before = Case.objects.filter(pk=case.pk).values().get(), Entry.objects.count()
    assert case.assignee_id
    task = Task.objects.create(
        case=case, title="x", due_on=NOW.date(), assignee_id=case.assignee_id, created_at=NOW
    )

    assert get(client, stranger, case).status_code == 404
    for name in (
        "notes", "tasks", "appointments", "phase", "closing", "deferral", "resumption", "assignee", "fields",
    ):  # fmt: skip
        url = reverse(f"lead-{name}", args=[case.pk])
        assert client.post(url, {"text": "x", "title": "x"}).status_code == 404, name
    for name in ("completion", "reopening", "due-day"):
        assert client.post(reverse(f"task-{name}", args=[task.pk])).status_code == 404, name
    assert (Case.objects.filter(pk=case.pk).values().get(), Entry.objects.count()) == before


def test_a_visitor_is_asked_to_log_in(client: Client, case: Case) -> None:
    response = client.get(reverse("lead", args=[case.pk]))

    assert response.status_code == 302
    assert "next=" in response["Location"]


def test_htmx_gets_the_part_alone(client: Client, jana: User, case: Case) -> None:
    whole = get(client, jana, case).content.decode()
    part = get(client, jana, case, headers={"HX-Request": "true"}).content.decode()

    assert "<html" in whole
    assert "<html" not in part
    assert 'id="matter"' in part


def test_markup_in_every_name_stays_text(client: Client, north: Team) -> None:
    evil = somebody(EVIL, "sales_rep", team=north, language="en")
    process = a_process()
    process.phases.update(name_de=EVIL, name_en=EVIL)
    case = a_lead(
        EVIL, holder=evil, first_name=EVIL, company=EVIL, subject=EVIL, city=EVIL, phone=EVIL[:60]
    )
    change(case, process=process, phase=process.phases.first(), clock_from=NOW)
    Inquiry.objects.create(
        key="1",
        channel="form",
        received_at=NOW,
        case=case,
        payload={EVIL: EVIL, "list": [EVIL, {"a": EVIL}]},
    )
    activities.create_task(
        case=case, title=EVIL, due_on=NOW.date(), assignee=evil, by=actors.person(evil.pk), now=NOW
    )

    page = get(client, evil, case).content.decode()

    assert "<img src=x" not in page
    assert page.count("&lt;img src=x") > 10


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"last_name": "Sukarno"}, "Sukarno"),
        ({"last_name": "", "email": "kontakt@x.example"}, "kontakt@x.example"),
        ({"last_name": "", "phone": "0421 1"}, "0421 1"),
        ({"last_name": "", "company": "Bau AG"}, "Bau AG"),
        ({"first_name": "Amy", "last_name": "D'Unger"}, "Amy D&#x27;Unger"),
    ],
)
def test_one_name_is_enough(client: Client, jana: User, fields: dict[str, str], shown: str) -> None:
    case = a_lead(holder=jana, **fields)

    assert f"<h1>{shown}</h1>" in get(client, jana, case).content.decode()


def test_a_joined_case_leads_to_where_it_went(client: Client, jana: User, case: Case) -> None:
    joined = a_lead("Twin", holder=jana)
    Case.objects.filter(pk=joined.pk).update(
        joined_to=case, outcome="joined", closed_at=NOW, stage="done"
    )

    response = get(client, jana, joined, follow=True)

    assert response.redirect_chain == [(reverse("lead", args=[case.pk]), 302)]
    assert "The inquiry of Twin was joined to this case." in response.content.decode()


def test_the_page_costs_the_same_however_much_happened(
    client: Client, jana: User, case: Case, django_assert_max_num_queries: Queries
) -> None:
    contact = Contact(last_name="Steinmann")
    create(contact, by=actors.person(jana.pk), now=NOW)
    change(case, contact_id=contact.pk)
    for number in range(30):
        user = somebody(f"Person {number}", "sales_rep")
        activities.write_note(case=case, text="x", by=actors.person(user.pk), now=NOW)
        activities.create_task(
            case=case,
            title="x",
            due_on=NOW.date(),
            assignee=user,
            by=actors.person(user.pk),
            now=NOW,
        )
    client.force_login(jana)

    with django_assert_max_num_queries(34):
        client.get(reverse("lead", args=[case.pk]))
