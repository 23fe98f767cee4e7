"""Who may come in, and how errors are told."""

import pytest
from django.test import Client

from lotse.access.policy import PRESETS
from lotse.api.tests.conftest import Machine, machine_of
from lotse.kernel import clock
from lotse.records.people.keys import create_key, revoke_key
from lotse.records.people.models import ApiKey
from tests.world import World


def test_without_a_key_the_answer_is_a_problem_document_that_says_what_to_send(
    world: World,
) -> None:
    response = Client().get("/api/leads", headers={"accept-language": "en"})

    assert response.status_code == 401
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert "Authorization: Bearer" in response.json()["detail"]


def test_a_revoked_key_opens_nothing(world: World) -> None:
    machine = machine_of(world.anna)
    revoke_key(ApiKey.objects.get(), now=clock.read())

    assert machine.get("/leads")[0].status_code == 401


def test_the_key_of_somebody_who_left_opens_nothing(world: World) -> None:
    machine = machine_of(world.anna)
    world.anna.is_active = False
    world.anna.save()

    assert machine.get("/leads")[0].status_code == 401


def test_the_line_of_a_request_names_the_key(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    machine = machine_of(world.anna)

    with caplog.at_level("INFO", logger="lotse.request"):
        machine.get("/leads")

    (line,) = [r.msg for r in caplog.records if r.name == "lotse.request"]
    assert isinstance(line, dict)
    assert line["key"] == ApiKey.objects.get().pk


def test_a_key_with_a_role_sees_what_the_role_sees(world: World) -> None:
    world.lead_of(world.anna)
    _, secret = create_key(name="Data warehouse", role=world.roles["auditor"], now=clock.read())

    response, found = Machine(secret).get("/leads")

    assert response.status_code == 200
    assert [row["name"] for row in found["items"]] == ["Sabine Hartwig"]


def test_a_key_with_a_role_may_not_do_what_the_role_may_not(world: World) -> None:
    case = world.lead_of(world.anna)
    _, secret = create_key(name="Data warehouse", role=world.roles["auditor"], now=clock.read())

    response, problem = Machine(secret).post(f"/leads/{case.pk}/notes", {"text": "Hello"})

    assert response.status_code == 403
    assert problem["status"] == 403


def test_what_one_may_not_see_is_not_there(world: World) -> None:
    case = world.lead_of(world.anna)

    response, problem = machine_of(world.ole).get(f"/leads/{case.pk}")

    assert response.status_code == 404
    assert problem["title"] == "There is nothing here, or you may not see it."


def test_a_body_that_is_wrong_names_each_field(world: World) -> None:
    case = world.lead_of(world.anna)

    response, problem = machine_of(world.anna).post(
        f"/leads/{case.pk}/tasks", {"title": "", "due_on": "soon", "colour": "red"}
    )

    assert response.status_code == 422
    assert {error["field"] for error in problem["errors"]} == {"title", "due_on", "colour"}


def test_a_body_that_is_no_json_is_told_so(world: World) -> None:
    case = world.lead_of(world.anna)
    machine = machine_of(world.anna)

    response = machine._client.post(f"/api/leads/{case.pk}/notes", "{", "application/json")

    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("role", sorted(PRESETS))
def test_the_description_is_for_everybody_who_signed_in(world: World, role: str) -> None:
    client = Client()
    client.force_login(
        world.person("Doris Dorn", role), "django.contrib.auth.backends.ModelBackend"
    )

    page = client.get("/api/docs")
    description = client.get("/api/openapi.json").json()

    assert page.status_code == 200
    assert "http" not in page.content.decode().replace("http://testserver", "")
    assert "/api/leads/{lead_id}/acceptance" in description["paths"]


def test_the_description_is_not_for_strangers(world: World) -> None:
    assert Client().get("/api/docs").status_code == 302
    assert Client().get("/api/openapi.json").status_code == 302
