"""Listing by pages, filters, and reading a case with its history."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotse.api.tests.conftest import Machine, machine_of
from lotse.kernel.actors import person
from lotse.records.activities import services as activities
from lotse.records.cases.models import Case
from tests.world import World


def read_all(machine: Machine, path: str) -> list[int]:
    found, following = [], path
    while following:
        _, page = machine.get(following.removeprefix("/api"))
        found += [row["id"] for row in page["items"]]
        following = page["next"]
    return found


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ages=st.lists(st.integers(0, 3), max_size=9), limit=st.integers(1, 4))
def test_every_case_is_on_exactly_one_page(world: World, ages: list[int], limit: int) -> None:
    Case.objects.all().delete()
    cases = world.leads_of(world.anna, len(ages))
    for case, age in zip(cases, ages, strict=True):
        # Some came in at the very same moment.
        Case.objects.filter(pk=case.pk).update(created_at=world.now - timedelta(days=age))

    found = read_all(machine_of(world.anna), f"/leads?limit={limit}")

    newest_first = Case.objects.order_by("-created_at", "-id").values_list("pk", flat=True)
    assert found == list(newest_first)


def test_a_cursor_that_is_none_is_refused_by_its_name(world: World) -> None:
    response, problem = machine_of(world.anna).get("/leads?cursor=abc")

    assert response.status_code == 422
    assert problem["errors"][0]["field"] == "cursor"


def test_lists_are_narrowed_by_assignee_group_and_words(world: World) -> None:
    world.lead_of(world.anna, last_name="Steinmann")
    world.lead_of(world.anna, last_name="Petersen")
    world.lead_of(world.ben, last_name="Steiner")
    machine = machine_of(world.carla)

    def names(query: str) -> list[str]:
        return sorted(row["name"] for row in machine.get(f"/leads?{query}")[1]["items"])

    assert names(f"assignee={world.anna.pk}") == ["Sabine Petersen", "Sabine Steinmann"]
    assert names("q=stein") == ["Sabine Steiner", "Sabine Steinmann"]
    assert names("group=new") == []
    assert len(names("group=active")) == 3
    # The world's leads came in long ago: nobody has called since.
    assert len(names("overdue=true")) == 3
    assert names("overdue=false") == []


def test_an_unknown_filter_is_refused_instead_of_passed_over(world: World) -> None:
    response, problem = machine_of(world.anna).get("/leads?asignee=1")

    assert response.status_code == 422
    assert problem["errors"][0]["field"] == "asignee"


def test_the_history_is_told_with_reasons_and_who(world: World) -> None:
    case = world.lead_of(world.anna)
    activities.write_note(case=case, text="Calls back", by=person(world.anna.pk), now=world.now)

    _, lead = machine_of(world.anna).get(f"/leads/{case.pk}")

    assert lead["name"] == "Sabine Hartwig"
    assert lead["phase"]["name"]
    note = lead["timeline"][-1]
    assert note["by"] == {"kind": "person", "id": world.anna.pk}
    assert "Anna Arndt" in note["text"]


def test_a_partner_reads_only_the_notes_that_are_for_the_partner(world: World) -> None:
    case = world.lead_of(world.ole)
    by = person(world.carla.pk)
    activities.write_note(case=case, text="For us only", by=by, now=world.now)
    activities.write_note(case=case, text="For both", by=by, now=world.now, for_partner=True)

    def notes(machine: Machine) -> int:
        _, lead = machine.get(f"/leads/{case.pk}")
        return sum(line["kind"] == "activities.note_written" for line in lead["timeline"])

    assert notes(machine_of(world.ole)) == 1
    assert notes(machine_of(world.carla)) == 2


def test_reading_takes_as_many_queries_for_a_long_history_as_for_a_short_one(
    world: World,
) -> None:
    case = world.lead_of(world.anna)
    machine = machine_of(world.anna)
    machine.get(f"/leads/{case.pk}")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            machine.get(f"/leads/{case.pk}")
        return len(captured)

    activities.write_note(case=case, text="one", by=person(world.anna.pk), now=world.now)
    few = queries()
    for n in range(20):
        activities.write_note(case=case, text=f"{n}", by=person(world.anna.pk), now=world.now)

    assert queries() == few


def test_why_it_is_overdue_is_told_as_on_the_page_in_the_language_asked_for(world: World) -> None:
    world.process.follow_up_since = world.now
    world.process.save()
    lead = world.lead_of(world.anna)

    # Overdue on Wednesday at nine, reminded on Thursday.
    world.time_passes(until="2026-03-05 12:00")

    machine = machine_of(world.anna)
    told = machine.get(f"/leads/{lead.pk}")[1]["overdue"]
    assert told["is_overdue"] is True
    assert told["text"].startswith("The phase Contact lasts 2 days. Its clock began ")
    reminders = [one["text"] for one in told["reminders"]]
    assert reminders == ["reminder no. 1 sent", "next reminder, 08:00"]
    assert told["ends"] == "on a change of phase, a future appointment or a new task made by you"

    Case.objects.filter(pk=lead.pk).update(overdue_at=None)
    assert machine.get(f"/leads/{lead.pk}")[1]["overdue"] is None
