"""What people do with a lead, done by a machine in their name."""

from datetime import timedelta

from lotse.api.tests.conftest import machine_of
from lotse.kernel import clock
from lotse.records.accounts.models import Contact
from lotse.records.accounts.services import save_contact
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.catalog.models import Reason
from tests.world import World


def asked(world: World, **fields: object) -> Case:
    """A lead that is held out to Anna."""
    now = clock.read()
    values = {
        "first_name": "Jens", "last_name": "Rohde", "email": "jens@rohde.example",
        "stage": Case.Stage.ACCEPTANCE, "lead_type": world.test_drive, "asked_person": world.anna,
        "asked_by_offer": True, "created_at": now, "wake_at": now, **fields,
    }  # fmt: skip
    (case,) = open_cases([Case(**values)])
    world.now = now
    world.go_on(case)
    return case


def test_accepting_a_lead_nobody_knows_makes_a_contact_and_begins_the_process(world: World) -> None:
    case = asked(world)

    response, lead = machine_of(world.anna).post(f"/leads/{case.pk}/acceptance", {})

    assert response.status_code == 200
    assert lead["assignee"]["id"] == world.anna.pk
    assert lead["contact"]["name"] == "Jens Rohde"
    assert lead["phase"]["id"] == world.contacting.pk


def test_accepting_somebody_similar_names_the_candidates(world: World) -> None:
    known = Contact(first_name="Jens", last_name="Rohde", email="jens@rohde.example", phone="+49 40 123456", created_at=world.now, owner=world.anna)  # fmt: skip
    other = Contact(first_name="Jens", last_name="Rohde", email="jens@rohde.example", created_at=world.now, owner=world.anna)  # fmt: skip
    save_contact(known)
    save_contact(other)
    case = asked(world)
    machine = machine_of(world.anna)

    response, problem = machine.post(f"/leads/{case.pk}/acceptance", {})
    chosen, lead = machine.post(f"/leads/{case.pk}/acceptance", {"contact": known.pk})

    assert response.status_code == 409
    assert problem["errors"][0]["field"] == "contact"
    assert {c["id"] for c in problem["errors"][0]["candidates"]} == {known.pk, other.pk}
    assert chosen.status_code == 200
    assert lead["contact"]["id"] == known.pk


def test_fields_that_differ_want_a_decision(world: World) -> None:
    known = Contact(first_name="Jens", last_name="Rohde", email="jens@rohde.example", city="Husum", created_at=world.now, owner=world.anna)  # fmt: skip
    save_contact(known)
    case = asked(world, city="Kiel")
    machine = machine_of(world.anna)

    response, problem = machine.post(f"/leads/{case.pk}/acceptance", {})
    machine.post(f"/leads/{case.pk}/acceptance", {"decisions": {"city": "lead"}})

    assert response.status_code == 409
    assert [e["field"] for e in problem["errors"]] == ["decisions.city"]
    known.refresh_from_db()
    assert known.city == "Kiel"


def test_who_comes_second_is_told_by_whom(world: World) -> None:
    case = asked(world)
    machine_of(world.anna).post(f"/leads/{case.pk}/acceptance", {})

    response, problem = machine_of(world.carla).post(f"/leads/{case.pk}/acceptance", {})

    assert response.status_code == 409
    assert problem["how"] == "accepted"
    assert problem["by"] == world.anna.pk


def test_declining_wants_a_reason_where_the_lead_type_says_so(world: World) -> None:
    case = asked(world)
    reason = Reason.objects.create(use=Reason.Use.DECLINED, key="far", name_de="Zu weit")
    machine = machine_of(world.anna)

    missing, problem = machine.post(f"/leads/{case.pk}/refusal", {})
    wrong, _ = machine.post(f"/leads/{case.pk}/refusal", {"reason": world.not_interested.pk})
    done, _ = machine.post(f"/leads/{case.pk}/refusal", {"reason": reason.pk})

    assert missing.status_code == wrong.status_code == 422
    assert problem["errors"][0]["field"] == "reason"
    assert done.status_code == 200
    case.refresh_from_db()
    assert case.asked_person is None


def test_nobody_declines_what_they_are_not_asked(world: World) -> None:
    case = asked(world)

    response, _ = machine_of(world.carla).post(f"/leads/{case.pk}/refusal", {})

    assert response.status_code == 409


def test_a_case_is_moved_put_off_taken_up_and_closed(world: World) -> None:
    case = world.lead_of(world.anna)
    machine = machine_of(world.anna)
    later = (clock.read() + timedelta(days=3)).isoformat()

    _, moved = machine.post(f"/leads/{case.pk}/phase", {"phase": world.qualifying.pk})
    deferred, _ = machine.ask("PUT", f"/leads/{case.pk}/deferral", {"until": later})
    resumed, _ = machine.ask("DELETE", f"/leads/{case.pk}/deferral")
    unclear, problem = machine.post(f"/leads/{case.pk}/closing", {"outcome": "lost"})
    _, closed = machine.post(
        f"/leads/{case.pk}/closing", {"outcome": "lost", "reason": world.not_interested.pk}
    )

    assert moved["phase"]["id"] == world.qualifying.pk
    assert deferred.status_code == resumed.status_code == 200
    assert unclear.status_code == 409
    assert "reason" in problem["detail"]
    assert closed["outcome"] == "lost"


def test_a_stale_version_is_refused(world: World) -> None:
    case = world.lead_of(world.anna)
    machine = machine_of(world.anna)
    machine.post(f"/leads/{case.pk}/phase", {"phase": world.qualifying.pk})

    response, _ = machine.post(
        f"/leads/{case.pk}/phase", {"phase": world.contacting.pk, "version": case.version}
    )

    assert response.status_code == 409


def test_a_moment_that_has_passed_is_named(world: World) -> None:
    case = world.lead_of(world.anna)
    past = (clock.read() - timedelta(days=1)).isoformat()

    response, problem = machine_of(world.anna).ask(
        "PUT", f"/leads/{case.pk}/deferral", {"until": past}
    )

    assert response.status_code == 422
    assert problem["errors"][0]["field"] == "until"


def test_a_won_lead_opens_an_opportunity_for_a_colleague(world: World) -> None:
    case = world.lead_of(world.anna)
    machine = machine_of(world.anna)

    _, won = machine.post(
        f"/leads/{case.pk}/closing", {"outcome": "won", "hand_over_to": world.ben.pk}
    )
    _, opened = machine_of(world.ben).get(f"/leads/{won['opened']}")

    assert won["outcome"] == "won"
    assert opened["kind"] == "opportunity"
    assert opened["assignee"]["id"] == world.ben.pk


def test_only_managers_reopen(world: World) -> None:
    case = world.lead_of(world.anna)
    anna, carla = machine_of(world.anna), machine_of(world.carla)
    anna.post(f"/leads/{case.pk}/closing", {"outcome": "lost", "reason": world.not_interested.pk})

    assert anna.post(f"/leads/{case.pk}/reopening", {})[0].status_code == 403
    _, opened = carla.post(f"/leads/{case.pk}/reopening", {})
    assert opened["closed_at"] is None


def test_handing_over_is_for_those_who_may_assign(world: World) -> None:
    case = world.lead_of(world.anna)

    refused, _ = machine_of(world.ole).ask("PUT", f"/leads/{case.pk}/assignee", {"assignee": 1})
    done, _ = machine_of(world.carla).ask(
        "PUT", f"/leads/{case.pk}/assignee", {"assignee": world.ben.pk, "note": "Yours now"}
    )
    unknown, problem = machine_of(world.carla).ask(
        "PUT", f"/leads/{case.pk}/assignee", {"assignee": 999_999}
    )

    assert refused.status_code == 404
    assert done.status_code == 200
    case.refresh_from_db()
    assert case.assignee == world.ben
    assert unknown.status_code == 422
    assert problem["errors"][0]["field"] == "assignee"


def test_fields_are_changed_by_version_and_the_former_value_is_kept(world: World) -> None:
    case = world.lead_of(world.anna, city="Husum")
    machine = machine_of(world.anna)

    changed, lead = machine.ask(
        "PATCH", f"/leads/{case.pk}", {"version": case.version, "city": "Kiel"}
    )
    stale, _ = machine.ask("PATCH", f"/leads/{case.pk}", {"version": case.version, "city": "Bonn"})

    assert changed.status_code == 200
    assert lead["city"] == "Kiel"
    assert stale.status_code == 409


def test_tasks_appointments_and_notes_are_created_ticked_and_cancelled(world: World) -> None:
    case = world.lead_of(world.anna)
    machine = machine_of(world.anna)
    start = clock.read() + timedelta(days=2)
    visit = {
        "title": "Visit",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=1)).isoformat(),
    }

    _, task = machine.post(
        f"/leads/{case.pk}/tasks", {"title": "Call", "due_on": start.date().isoformat()}
    )
    _, appointment = machine.post(f"/leads/{case.pk}/appointments", visit)
    note, _ = machine.post(f"/leads/{case.pk}/notes", {"text": "Friendly", "kind": "call"})
    ticked, _ = machine.ask("PUT", f"/tasks/{task['id']}/done")
    cancelled, _ = machine.ask("DELETE", f"/appointments/{appointment['id']}")
    backwards, problem = machine.post(
        f"/leads/{case.pk}/appointments", {**visit, "ends_at": clock.read().isoformat()}
    )

    assert note.status_code == 201
    assert ticked.status_code == cancelled.status_code == 204
    assert case.tasks.get().done_at is not None
    assert case.appointments.get().cancelled_at is not None
    assert backwards.status_code == 422
    assert problem["errors"][0]["field"] == "ends_at"
