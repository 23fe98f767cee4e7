"""What the stage does with a case: hold out, remind, let run out, give, let go."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotse.kernel.moves import Leave, Wait
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Message, Notice
from lotse.records.people.models import Partner, Team
from lotse.stages.acceptance.models import Offer, Start
from lotse.stages.acceptance.tests.cast import NOW, a_lead, a_type, hours, somebody
from lotse.stages.acceptance.work import work

pytestmark = pytest.mark.django_db


def kinds(case: Case) -> list[str]:
    return list(Entry.objects.about(case).order_by("id").values_list("kind", flat=True))


def test_a_lead_is_held_out_to_each_member_of_the_team() -> None:
    team = Team.objects.create(name="North", hours=hours())
    ann, ben = somebody("Ann", team=team), somebody("Ben", team=team, language="en")
    somebody("Gone", team=team, is_active=False)
    lead = a_lead(asked_team=team, postcode="24114", city="Kiel", email="s@post.example")

    moves = work([lead], now=NOW)

    offer = Offer.objects.get(case=lead)
    # 6 h 18 min on Tuesday, 8 on Wednesday and Thursday, and the rest on Friday.
    assert offer.deadline_at.isoformat() == "2026-06-12T08:42:00+00:00"
    assert moves == {lead.pk: Wait(offer.remind_at)}
    assert set(Notice.objects.values_list("user", "kind")) == {
        (ann.pk, "acceptance.offered"),
        (ben.pk, "acceptance.offered"),
    }
    mails = {m.to_address: m for m in Message.objects.all()}
    assert {a: (m.kind, m.language) for a, m in mails.items()} == {
        "ann@brise.example": ("offer", "de"),
        "ben@brise.example": ("offer", "en"),
    }
    assert mails["ann@brise.example"].data["place"] == "24114 Kiel"
    assert "post.example" not in str(mails["ann@brise.example"].data)
    assert kinds(lead) == ["acceptance.offered"]


def test_a_second_look_makes_no_second_offer() -> None:
    lead = a_lead(asked_person=somebody("Ann"))

    work([lead], now=NOW)
    work([lead], now=NOW + timedelta(minutes=1))

    assert Offer.objects.count() == Message.objects.count() == 1


def test_a_person_has_the_hours_of_the_partner_they_belong_to() -> None:
    partner = Partner.objects.create(name="Dressler", hours=hours({"1": [["08:00", "17:00"]]}))
    lead = a_lead(asked_person=somebody("Ole", partner=partner))

    work([lead], now=NOW)

    assert Offer.objects.get().deadline_at.isoformat() == "2026-06-23T14:42:00+00:00"


def test_whoever_asked_may_say_how_long_there_is_to_answer() -> None:
    a_type(offer_hours=48)
    by_type = a_lead(asked_person=somebody("Ann"))
    by_rule = a_lead(asked_person=somebody("Ben"), answer_hours=2)

    work([by_type, by_rule], now=NOW)

    ends = dict(Offer.objects.values_list("case", "deadline_at"))
    assert ends == {
        by_type.pk: NOW + timedelta(hours=48),
        by_rule.pk: NOW + timedelta(hours=2),
    }


def test_one_reminder_is_sent_and_then_the_offer_runs_out() -> None:
    ann = somebody("Ann")
    lead = a_lead(asked_person=ann)
    work([lead], now=NOW)

    reminded = work([lead], now=NOW + timedelta(hours=18))
    again = work([lead], now=NOW + timedelta(hours=19))
    over = work([lead], now=NOW + timedelta(hours=24))

    end = NOW + timedelta(hours=24)
    assert reminded == again == {lead.pk: Wait(end)}
    assert over == {lead.pk: Leave("ran_out")}
    assert kinds(lead) == ["acceptance.offered", "acceptance.reminded", "acceptance.ran_out"]
    assert list(Message.objects.order_by("id").values_list("data__is_reminder", flat=True)) == [
        False,
        True,
    ]
    lead.refresh_from_db()
    assert lead.asked_person is None
    offer = Offer.objects.get()
    assert (offer.answer, offer.answered_at) == ("ran_out", end)


def test_the_same_person_may_be_asked_again_by_hand() -> None:
    ann = somebody("Ann")
    lead = a_lead(asked_person=ann)
    work([lead], now=NOW)
    work([lead], now=NOW + timedelta(days=2))
    lead.asked_person, lead.asked_by_offer = ann, True
    lead.save()

    moves = work([lead], now=NOW + timedelta(days=3))

    assert isinstance(moves[lead.pk], Wait)
    assert list(Offer.objects.order_by("id").values_list("answer", flat=True)) == ["ran_out", ""]


def test_somebody_else_asked_by_hand_takes_the_offer_from_the_first() -> None:
    lead = a_lead(asked_person=somebody("Ann"))
    work([lead], now=NOW)
    lead.asked_person = somebody("Ben")

    work([lead], now=NOW + timedelta(hours=1))

    assert list(Offer.objects.order_by("id").values_list("answer", "person__name")) == [
        ("withdrawn", "Ann"),
        ("", "Ben"),
    ]


def test_a_lead_that_was_given_to_somebody_leaves_and_its_offer_is_withdrawn() -> None:
    lead = a_lead(asked_person=somebody("Ann"))
    work([lead], now=NOW)
    lead.assignee = somebody("Ben")
    lead.save()

    moves = work([lead], now=NOW + timedelta(hours=1))

    assert moves == {lead.pk: Leave("accepted")}
    assert Offer.objects.get().answer == "withdrawn"
    assert kinds(lead)[-1] == "acceptance.withdrawn"


def test_whoever_is_asked_without_an_offer_has_it_at_once() -> None:
    team = Team.objects.create(name="North", hours=hours())
    ann = somebody("Ann", team=team)
    lead = a_lead(asked_person=ann, asked_by_offer=False)

    moves = work([lead], now=NOW)

    lead.refresh_from_db()
    assert moves == {lead.pk: Leave("accepted")}
    assert (lead.assignee, lead.team, lead.assigned_at) == (ann, team, NOW)
    assert (lead.asked_person, lead.version) == (None, 2)
    assert Offer.objects.count() == 0
    assert Start.objects.get().due_at.isoformat() == "2026-06-12T08:42:00+00:00"


def test_a_lead_in_the_pool_waits_for_somebody_to_act() -> None:
    lead = a_lead()

    assert work([lead], now=NOW) == {lead.pk: Wait()}


def test_a_hundred_leads_take_as_many_queries_as_ten() -> None:
    team = Team.objects.create(name="North", hours=hours())
    partner = Partner.objects.create(name="Dressler", hours=hours(name="Dressler"))
    people = [somebody(name, team=team) for name in ("Ann", "Ben")]
    somebody("Ole", partner=partner)

    def leads(number: int) -> list[Case]:
        asked: list[dict[str, Any]] = [
            {"asked_team": team},
            {"asked_partner": partner},
            {"asked_person": people[0]},
            {"asked_person": people[1], "asked_by_offer": False},
            {},
        ]
        return [a_lead(f"Lead {i}", **asked[i % 5]) for i in range(number)]

    def queries(cases: list[Case]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            work(cases, now=NOW)
        return len(caught)

    few, many = queries(leads(10)), queries(leads(100))

    # SQLite takes so many values a statement, so that one insert may become two.
    assert many <= few + 6


def test_an_offer_that_nobody_can_answer_any_more_runs_out_at_once() -> None:
    ann, partner = somebody("Ann"), Partner.objects.create(name="Dressler")
    leads = [a_lead(asked_person=ann), a_lead(asked_partner=partner)]
    work(leads, now=NOW)
    ann.is_active = partner.is_active = False
    ann.save()
    partner.save()

    later = NOW + timedelta(minutes=5)
    moves = work(leads, now=later)

    assert moves == {lead.pk: Leave("ran_out") for lead in leads}
    assert set(Offer.objects.values_list("answer", "answered_at")) == {("ran_out", later)}
    for lead in leads:
        [entry] = Entry.objects.about(lead).filter(kind="acceptance.ran_out")
        assert [r.code for r in entry.because] == ["acceptance.inactive"]
