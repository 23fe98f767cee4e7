"""Keeping what comes in, once, whatever comes and however often."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotse.kernel.actors import SYSTEM
from lotse.records.cases.models import Case, Inquiry
from lotse.records.catalog.models import Campaign, LeadSource, LeadType, Product
from lotse.records.journal.models import Entry
from lotse.stages.intake import rules
from lotse.stages.intake.services import Arrival, Received, receive

NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)


def an_arrival(key: str = "1", **fields: object) -> Arrival:
    fields = fields or {"last_name": "Petersen"}
    return Arrival(key=key, channel=Inquiry.Channel.API, payload=dict(fields), fields=fields)


def take(*arrivals: Arrival) -> list[Received]:
    return receive(list(arrivals), by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_an_arrival_is_kept_as_it_came_and_opens_a_case() -> None:
    [received] = take(an_arrival(name="Frau Anna Berg", email="anna@berg.example", colour="red"))

    case = Case.objects.get()
    inquiry = Inquiry.objects.get(pk=received.inquiry_id)
    assert received.is_new
    assert (case.first_name, case.last_name, case.stage) == ("Anna", "Berg", "matching")
    assert case.wake_at == NOW
    assert inquiry.case == case
    assert inquiry.payload["colour"] == "red"
    assert Entry.objects.about(case).get().kind == "intake.arrived"


@pytest.mark.django_db
def test_what_can_be_no_lead_is_kept_with_its_faults() -> None:
    [received] = take(an_arrival(city="Kiel", email="none", country="Nowhere"))

    inquiry = Inquiry.objects.get()
    assert received.case_id is None
    assert [f.field for f in received.faults] == ["email", "country"]
    assert inquiry.faults[0] == {"field": "email", "code": rules.EMAIL, "value": "none"}
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_the_same_key_again_changes_nothing_and_answers_with_the_first() -> None:
    [first] = take(an_arrival())
    [again] = take(an_arrival())
    [other] = take(an_arrival(last_name="Somebody else"))

    assert again.case_id == other.case_id == first.case_id
    assert (again.is_new, again.is_same) == (False, True)
    assert (other.is_new, other.is_same) == (False, False)
    assert Case.objects.count() == 1


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.integers(0, 5), max_size=6), max_size=4))
def test_however_keys_repeat_each_makes_one_inquiry(db: None, batches: list[list[int]]) -> None:
    Inquiry.objects.all().delete()
    Case.objects.all().delete()

    found = [take(*(an_arrival(str(key)) for key in keys)) for keys in batches]

    keys = {key for some in batches for key in some}
    assert Inquiry.objects.count() == Case.objects.count() == len(keys)
    assert sum(r.is_new for some in found for r in some) == len(keys)


@pytest.mark.django_db
def test_lists_are_known_by_key_and_by_name_in_either_language() -> None:
    product = Product.objects.create(name="Thermo 9")
    source = LeadSource.objects.create(key="web_form", name="Webformular")
    campaign = Campaign.objects.create(name="Frühjahr")
    lead_type = LeadType.objects.create(key="quote", name_de="Angebotsanfrage", name_en="Quote")

    take(
        an_arrival("1", last_name="A", product="THERMO 9", source="webformular", lead_type="quote"),
        an_arrival("2", last_name="B", campaign="fruehjahr", lead_type="Angebotsanfrage"),
        an_arrival("3", last_name="C", product="Thermo 12"),
    )

    one, two, three = Case.objects.order_by("id")
    assert (one.product, one.source, one.lead_type) == (product, source, lead_type)
    assert (two.campaign, two.lead_type) == (campaign, lead_type)
    assert three.product is None
    assert three.subject == "Thermo 12"
    assert Entry.objects.about(three).get().data["unknown_fields"] == ["product"]


@pytest.mark.django_db
def test_many_take_as_many_queries_as_one() -> None:
    def queries(count: int, prefix: str) -> int:
        some = [an_arrival(f"{prefix}{n}", last_name=f"L{n}", product="X") for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            take(*some)
        return len(captured)

    # SQLite takes so many rows with one statement.
    assert queries(1, "a") == queries(15, "b")


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_the_same_at_once_make_one() -> None:
    begin = threading.Barrier(2)
    found: list[Received] = []

    def bring() -> None:
        begin.wait(10)
        try:
            found.extend(take(*(an_arrival(str(n)) for n in range(20))))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=bring) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)

    assert len(found) == 40
    assert Inquiry.objects.count() == Case.objects.count() == 20
    assert sum(r.is_new for r in found) == 20


@pytest.mark.django_db
def test_what_the_channel_could_not_read_sets_it_aside() -> None:
    unread = {"field": "email", "code": rules.EMAIL, "value": "none"}
    arrival = Arrival(key="1", channel="file", payload={}, fields={"city": "Kiel"}, faults=[unread])

    [received] = take(arrival)

    assert received.case_id is None
    assert [fault.to_data() for fault in received.faults] == [unread]
    assert Inquiry.objects.get().faults == [unread]


@pytest.mark.django_db
def test_a_lead_from_before_is_as_old_as_it_says_and_never_from_tomorrow() -> None:
    take(an_arrival("1", last_name="A", created_at="2026-06-01T10:00:00+02:00"))
    take(an_arrival("2", last_name="B", created_at="2031-01-01"))

    old, new = Case.objects.order_by("id")
    assert old.created_at == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert new.created_at == NOW


@pytest.mark.django_db
def test_signs_that_no_database_keeps_do_no_harm() -> None:
    take(an_arrival(last_name="Pe\x00ter", note="half a sign: \ud83d", rate=float("nan")))

    case = Case.objects.get()
    assert case.last_name == "Pe\ufffdter"
    payload = Inquiry.objects.get().payload
    assert payload == {"last_name": "Pe\ufffdter", "note": "half a sign: \ufffd", "rate": "nan"}
