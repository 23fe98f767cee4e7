"""Notes, calls, tasks and appointments, entered on the page of a case."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.activities.models import Note, Task
from lotse.records.cases.models import Case
from lotse.records.people.models import Partner, Team, User
from lotse.web.tests.cast import a_lead, somebody

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[Any]]


def get(client: Client, user: User, case: Case, **more: Any) -> Any:
    client.force_login(user)
    return client.get(reverse("lead", args=[case.pk]), **more)


def test_a_note_and_a_call_stand_in_the_history(client: Client, jana: User, case: Case) -> None:
    client.force_login(jana)
    url = reverse("lead-notes", args=[case.pk])

    client.post(url, {"text": "</script><script>window.pwned=1</script>", "kind": "note"})
    client.post(url, {"text": "No answer", "kind": "call"})

    assert list(Note.objects.order_by("id").values_list("kind", flat=True)) == ["note", "call"]
    page = get(client, jana, case).content.decode()
    assert "&lt;/script&gt;&lt;script&gt;window.pwned=1" in page
    assert "<b>Jana Petersen</b> called" in page


def test_an_empty_note_is_asked_for_again(client: Client, jana: User, case: Case) -> None:
    client.force_login(jana)

    response = client.post(reverse("lead-notes", args=[case.pk]), {"text": ""})

    assert response.status_code == 422
    assert not Note.objects.exists()


def test_a_task_is_created_put_off_and_done(client: Client, jana: User, case: Case) -> None:
    client.force_login(jana)
    url = reverse("lead-tasks", args=[case.pk])

    client.post(url, {"title": "Ring again", "due_on": "2030-01-02", "assignee": jana.pk})
    task = Task.objects.get()
    client.post(reverse("task-due-day", args=[task.pk]), {"due_on": "2030-01-05"})
    client.post(reverse("task-completion", args=[task.pk]))

    task.refresh_from_db()
    assert task.due_on.isoformat() == "2030-01-05"
    assert task.done_by == jana
    assert "Ring again" in get(client, jana, case).content.decode()


def test_an_appointment_is_entered_on_the_clock_of_the_person_and_cancelled(
    client: Client, north: Team
) -> None:
    ana = somebody("Ana", "sales_rep", team=north, zone="America/Sao_Paulo")
    case = a_lead(holder=ana)
    client.force_login(ana)
    wanted = {
        "title": "Visit",
        "on": "2030-03-04",
        "starts": "22:30",
        "ends": "23:30",
        "assignee": ana.pk,
    }

    client.post(reverse("lead-appointments", args=[case.pk]), wanted)

    appointment = case.appointments.get()
    assert appointment.starts_at.isoformat() == "2030-03-05T01:30:00+00:00"
    client.post(reverse("appointment-cancellation", args=[appointment.pk]))
    appointment.refresh_from_db()
    assert appointment.cancelled_at is not None


def test_an_appointment_that_ends_before_it_starts_is_explained(
    client: Client, jana: User, case: Case
) -> None:
    client.force_login(jana)
    wanted = {
        "title": "Visit",
        "on": "2030-03-04",
        "starts": "12:30",
        "ends": "11:30",
        "assignee": jana.pk,
    }

    response = client.post(reverse("lead-appointments", args=[case.pk]), wanted)

    assert response.status_code == 422
    assert "It must end after it starts." in response.content.decode()
    assert not case.appointments.exists()


def test_a_task_is_given_only_to_those_who_are_there_to_choose(
    client: Client, jana: User, case: Case
) -> None:
    gone = somebody("Gone", "sales_rep", is_active=False)
    outside = somebody("Lars", "partner_user", partner=Partner.objects.create(name="Küstenwärme"))
    client.force_login(jana)

    for user in (gone, outside):
        wanted = {"title": "x", "due_on": "2030-01-02", "assignee": user.pk}
        response = client.post(reverse("lead-tasks", args=[case.pk]), wanted)
        assert response.status_code == 422
    assert not Task.objects.exists()
