"""What one may not see does not exist: it can't be read, changed, linked, found or told by any way."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from lotse.api.tests.conftest import Machine, machine_of
from lotse.records.accounts.models import Account, Contact
from lotse.records.activities import services as activities
from lotse.records.activities.models import Appointment, Note, Task
from lotse.records.cases.models import Case
from lotse.records.journal.models import Act, Entry
from lotse.records.people.models import Role, User
from lotse.stages.process import services as process
from tests.casebook.arriving import account, contact
from tests.world import World, acting

pytestmark = pytest.mark.django_db

TABLES = (Case, Account, Contact, Task, Appointment, Note, Entry, Act)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def rita(world: World) -> User:
    """Somebody who sees and edits what is theirs, and nothing else."""
    acts = dict.fromkeys(("see", "create", "edit", "delete", "assign"), "own")
    role = Role.objects.create(
        key="own", name_de="Eigene", matrix=dict.fromkeys(("lead", "opportunity", "account"), acts)
    )
    rita = world.person("Rita Roth", "sales_rep")
    rita.roles.set([role])
    return rita


@pytest.fixture
def foreign(world: World) -> Case:
    lead = world.lead_of(
        world.ben, last_name="Geheim", email="chef@zuckerbrot.example", company="Zuckerbrot AG"
    )
    world.task(lead, due_on="2026-03-09")
    world.appointment(lead, starts="2026-03-10 09:00")
    activities.write_note(case=lead, text="Geheimrabatt 17 %", by=acting(world.ben), now=world.now)
    return lead


def everything() -> str:
    """Return all that could have been changed, byte for byte."""
    rows = [row for table in TABLES for row in table.objects.order_by("pk")]
    return str(serializers.serialize("json", rows))


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_machine_can_neither_read_nor_change_nor_link_what_its_person_may_not_see(
    world: World, rita: User, foreign: Case
) -> None:
    """PRM-03, by machine."""
    own = world.lead_of(rita, last_name="Eigen")
    task, visit = foreign.tasks.get(), foreign.appointments.get()
    machine = machine_of(rita)
    before = everything()
    at = f"/leads/{foreign.pk}"
    soon = {"starts_at": "2099-01-01T09:00Z", "ends_at": "2099-01-01T10:00Z"}

    answers = {
        path: machine.ask(method, path, body)[0].status_code
        for method, path, body in (
            ("GET", at, None),
            ("PATCH", at, {"version": foreign.version, "city": "Kiel"}),
            ("POST", f"{at}/acceptance", {}),
            ("POST", f"{at}/refusal", {}),
            ("POST", f"{at}/phase", {"phase": world.qualifying.pk}),
            ("POST", f"{at}/closing", {"outcome": "lost", "reason": world.not_interested.pk}),
            ("POST", f"{at}/reopening", {}),
            ("PUT", f"{at}/deferral", {"until": "2099-01-01T09:00Z"}),
            ("DELETE", f"{at}/deferral", None),
            ("PUT", f"{at}/assignee", {"assignee": rita.pk}),
            ("POST", f"{at}/tasks", {"title": "x", "due_on": "2099-01-01"}),
            ("POST", f"{at}/appointments", {"title": "x", **soon}),
            ("POST", f"{at}/notes", {"text": "x"}),
            ("PUT", f"/tasks/{task.pk}/done", None),
            ("DELETE", f"/appointments/{visit.pk}", None),
        )
    }
    linked, _ = machine.post(f"/leads/{own.pk}/acceptance", {"attach_to": foreign.pk})

    assert set(answers.values()) == {404}, answers
    assert linked.status_code in {404, 409, 422}
    assert everything() == before


def test_the_pages_know_nothing_of_it_either(world: World, rita: User, foreign: Case) -> None:
    """PRM-03, by page and form."""
    act = process.move(case=foreign, phase=world.qualifying, by=acting(world.ben), now=world.now)
    assert act is not None
    client = browser_of(rita)
    before = everything()
    task, visit = foreign.tasks.get(), foreign.appointments.get()
    posts: dict[str, dict[str, Any]] = {
        reverse("lead-notes", args=[foreign.pk]): {"text": "x"},
        reverse("lead-tasks", args=[foreign.pk]): {"title": "x", "due_on": "2099-01-01"},
        reverse("lead-phase", args=[foreign.pk]): {"phase": world.contacting.pk},
        reverse("lead-closing", args=[foreign.pk]): {"outcome": "lost"},
        reverse("lead-reopening", args=[foreign.pk]): {},
        reverse("lead-deferral", args=[foreign.pk]): {"until": "2099-01-01"},
        reverse("lead-assignee", args=[foreign.pk]): {"assignee": rita.pk},
        reverse("lead-fields", args=[foreign.pk]): {"city": "Kiel"},
        reverse("task-completion", args=[task.pk]): {},
        reverse("appointment-cancellation", args=[visit.pk]): {},
        reverse("undo", args=[act.pk]): {},
    }

    assert client.get(reverse("lead", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("lead-history", args=[foreign.pk])).status_code == 404
    found = {path: client.post(path, data).status_code for path, data in posts.items()}

    assert set(found.values()) == {404}, found
    assert everything() == before


def test_no_list_of_the_interface_counts_it(world: World, rita: User, foreign: Case) -> None:
    """PRM-01, by machine: each word of it finds as much as a word that does not exist."""
    account(world, "Zuckerbrot AG", phone="+49 40 777", owner=world.ben)
    contact(world, "Chef", "Zucker", email="chef@zuckerbrot.example", owner=world.ben)
    own = world.lead_of(rita, last_name="Eigen")
    machine = machine_of(rita)

    for word in ("Zuckerbrot", "chef@zuckerbrot.example", "Geheim", "040777", str(foreign.pk)):
        assert _found(machine, f"/leads?q={word}") == []
    assert _found(machine, "/leads") == [own.pk]
    assert _found(machine, f"/leads?assignee={world.ben.pk}") == []


def _found(machine: Machine, path: str) -> list[int]:
    response, told = machine.get(path)
    assert response.status_code == 200
    assert told["next"] is None
    return [item["id"] for item in told["items"]]


def test_a_record_that_is_hidden_is_refused_in_the_guide_like_one_that_does_not_exist(
    world: World, rita: User
) -> None:
    """PRM-07."""
    hidden = account(
        world, "Zuckerbrot AG", postcode="20095", street="Gasse 7", phone="+49 40 777", owner=world.ben,
        team=world.south,
    )  # fmt: skip
    lead = world.lead_of(rita, company="Zuckerbrot AG", postcode="20095", email="neu@x.example")
    machine = machine_of(rita)

    asked, problem = machine.post(f"/leads/{lead.pk}/acceptance", {})
    by_hand, named = machine.post(f"/leads/{lead.pk}/acceptance", {"account": hidden.pk})
    unknown, missing = machine.post(f"/leads/{lead.pk}/acceptance", {"account": 999_999})

    assert asked.status_code == by_hand.status_code == unknown.status_code == 409
    assert named["errors"] == missing["errors"]
    for text in (asked.content, by_hand.content):
        assert b"777" not in text
        assert b"Gasse" not in text
        assert f'"id": {hidden.pk}'.encode() not in text
    assert problem["errors"][0]["field"] == "account"
    created, _ = machine.post(f"/leads/{lead.pk}/acceptance", {"account": "new"})
    assert created.status_code == 200


def test_notes_inside_the_house_stay_inside(world: World) -> None:
    """PRM-09."""
    lead = world.lead_of(world.ole)
    activities.write_note(
        case=lead, text="Kunde zahlt schlecht", by=acting(world.carla), now=world.now
    )

    page = browser_of(world.ole).get(reverse("lead", args=[lead.pk]))
    _, told = machine_of(world.ole).get(f"/leads/{lead.pk}")

    assert page.status_code == 200
    assert "zahlt schlecht" not in page.content.decode()
    assert "zahlt schlecht" not in str(told)
    assert (
        "zahlt schlecht"
        in browser_of(world.carla).get(reverse("lead", args=[lead.pk])).content.decode()
    )


@pytest.mark.parametrize(
    "word", ["Zuckerbrot", "chef@zuckerbrot.example", "Geheimrabatt", "040777"]
)
def test_no_search_and_no_picker_knows_it(
    world: World, rita: User, foreign: Case, word: str
) -> None:
    """PRM-01, by page: the same answer as for a word that nobody ever wrote."""
    account(world, "Zuckerbrot AG", phone="+49 40 777", owner=world.ben)
    contact(world, "Chef", "Zucker", email="chef@zuckerbrot.example", owner=world.ben)
    world.lead_of(rita, last_name="Eigen")
    client = browser_of(rita)
    asking = [
        (reverse("search"), "q", {}),
        (reverse("search"), "q", {"hx-request": "true"}),
        (reverse("leads"), "q", {}),
        (reverse("opportunities"), "q", {}),
        (reverse("accounts"), "q", {}),
        (reverse("contacts"), "q", {}),
        (reverse("lead-new-known"), "company", {"hx-request": "true"}),
        (reverse("lead-new-known"), "email", {"hx-request": "true"}),
        (reverse("lead-new-known"), "phone", {"hx-request": "true"}),
    ]

    for path, name, headers in asking:
        told, nothing = (_asked(client, path, name, w, headers) for w in (word, "Nirgendwort"))
        assert told == nothing, path


def _asked(client: Client, path: str, name: str, word: str, headers: dict[str, str]) -> str:
    """Return what a page says to a word, without the word itself and what is new in each answer."""
    answer = client.get(path, {name: word}, headers=headers)
    assert answer.status_code == 200
    text = answer.content.decode()
    for form in (word, quote(word), quote(word, safe=""), escape(word)):
        text = text.replace(form, "…")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken[^}]+', "", text)
