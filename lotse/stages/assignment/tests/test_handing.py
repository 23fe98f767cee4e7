"""Handing out by hand: one or many, one person or spread, with the reason told, and undone as one act."""

from collections import Counter
from datetime import timedelta

import pytest

from lotse.kernel.moves import Leave, Wait
from lotse.records.activities.models import Note
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Notice
from lotse.records.people.models import User
from lotse.stages.assignment import rules, services
from lotse.stages.assignment.tests.cast import (
    NOW,
    acting,
    asked,
    come,
    held,
    lead,
    leads,
    lost,
    manager,
    role,
    rule_for,
    team_of,
    user,
    why,
)

pytestmark = pytest.mark.django_db


def test_thirty_are_spread_over_three_with_thirty_explanations() -> None:
    team, people = team_of("Anna", "Ben", "Cleo")
    mara = manager()
    cases = leads(30)

    act = services.distribute(cases=cases, to=people, by=acting(mara), now=NOW)

    moves = come(*cases)
    assert Counter(asked(*cases)) == {"Anna": 10, "Ben": 10, "Cleo": 10}
    assert set(moves.values()) == {Leave("assigned")}
    assert {c.team_id for c in cases} == {team.pk}
    assert act.entries.count() == 30
    assert why(cases[0]) == [rules.BY_HAND_TURN]
    told = Notice.objects.filter(kind="assignment.distributed")
    assert sorted(n.data["cases"] for n in told) == [10, 10, 10]


def test_a_closed_one_among_them_is_left_alone() -> None:
    anna, mara = user("Anna"), manager()
    opened, closed = lead(), lead(**lost())

    act = services.distribute(cases=[opened, closed], to=[anna], by=acting(mara), now=NOW)

    assert [e.about_id for e in act.entries.all()] == [opened.pk]
    closed.refresh_from_db()
    assert closed.assignee is None
    with pytest.raises(services.NothingToDistribute):
        services.distribute(cases=[closed], to=[anna], by=acting(mara), now=NOW)


def test_who_is_full_gets_it_by_hand_all_the_same_and_it_is_said() -> None:
    anna, mara = user("Anna", capacity=1), manager()
    held(anna)
    case = lead()

    services.distribute(cases=[case], to=[anna], by=acting(mara), now=NOW)

    assert why(case) == [rules.BY_HAND, rules.FULL]


def test_nobody_inactive_and_nobody_without_the_right_is_given_a_lead() -> None:
    mara = manager()
    gone, stranger = user("Gone", is_active=False), user("Stranger", roles=[role("no", see="none")])

    for person, code in [(gone, rules.INACTIVE), (stranger, rules.NOT_PERMITTED)]:
        with pytest.raises(services.CannotHold) as refused:
            services.distribute(cases=[lead()], to=[person], by=acting(mara), now=NOW)
        assert refused.value.reason.code == code
    assert not Entry.objects.exists()


def test_handing_over_keeps_the_note_and_says_from_whom() -> None:
    anna, ben = user("Anna"), user("Ben")
    case = held(anna)

    services.assign(case=case, to=ben, by=acting(anna), now=NOW, note="Bitte morgen anrufen.")

    assert case.assignee == ben
    note = Note.objects.get()
    entry = Entry.objects.about(case).get()
    assert (note.text, note.written_by) == ("Bitte morgen anrufen.", anna)
    assert entry.data == {
        "person_id": ben.pk, "from_person_id": anna.pk, "note_id": note.pk,
    }  # fmt: skip
    assert entry.fact.say() == "%(actor)s handed it over from %(from_person)s to %(person)s"
    assert Notice.objects.get().user == ben


def test_a_closed_case_is_not_assigned() -> None:
    anna = user("Anna")

    with pytest.raises(services.CaseClosed):
        services.assign(case=lead(**lost()), to=anna, by=acting(anna), now=NOW)


def test_a_case_without_a_holder_is_not_overdue_and_gets_its_due_date_again() -> None:
    anna, ben = user("Anna"), user("Ben")
    process = Process.objects.create(key="leads", kind="lead", name_de="Leads")
    phase = Phase.objects.create(
        process=process, position=1, name_de="Neu", duration_number=1, duration_unit="day"
    )
    due = NOW + timedelta(days=1)
    case = held(anna, process=process, phase=phase, clock_from=NOW, due_at=due, overdue_at=due)

    services.to_pool(cases=[case], by=acting(anna), now=NOW)
    case.refresh_from_db()
    assert (case.assignee, case.overdue_at) == (None, None)

    services.assign(case=case, to=ben, by=acting(anna), now=NOW)
    assert (case.assignee, case.overdue_at) == (ben, due)


def test_the_rules_leave_alone_what_was_put_into_the_pool_on_purpose() -> None:
    team, [anna] = team_of("Anna")
    rule_for(team)
    case = lead()

    services.to_pool(cases=[case], by=acting(anna), now=NOW, note="Kein Fall für uns.")

    assert come(case) == {case.pk: Wait()}
    assert asked(case) == [""]
    services.assign(case=case, to=anna, by=acting(anna), now=NOW)
    Case.objects.filter(pk=case.pk).update(assignee=None)
    # Handed back later, it is a lead like any other; only Anna was asked already.
    ben = user("Ben", team=team)
    come(case)
    assert asked(case) == [ben.name]


def test_deactivating_says_what_somebody_has_in_hand() -> None:
    anna, ben, mara = user("Anna"), user("Ben"), manager()
    for late in (True, True, False):
        held(ben, overdue_at=NOW - timedelta(days=1) if late else None)
    held(ben, **lost())
    offered = lead(asked_person=ben, asked_by_offer=True, stage="acceptance", wake_at=None)

    left = services.count_work_of(ben, now=NOW)
    assert (left.cases, left.overdue, left.offers) == (3, 2, 1)

    services.deactivate(user=ben, cases_to=anna, by=acting(mara), now=NOW)

    ben.refresh_from_db()
    offered.refresh_from_db()
    assert (ben.is_active, ben.deactivated_at) == (False, NOW)
    assert Case.objects.open().filter(assignee=anna).count() == 3
    assert offered.wake_at == NOW
    assert Entry.objects.filter(kind="people.deactivated", about_id=ben.pk).exists()


def test_left_alone_the_cases_stay_with_who_is_gone_and_rules_pass_over_them() -> None:
    team, [ben, cleo] = team_of("Ben", "Cleo")
    mara = manager()
    kept = held(ben)
    rule_for(team)

    services.deactivate(user=ben, by=acting(mara), now=NOW)

    kept.refresh_from_db()
    assert kept.assignee == ben
    come(case := lead())
    assert asked(case) == [cleo.name]
    assert why(case) == [rules.ONLY, rules.INACTIVE]


def test_into_the_pool_they_wait_for_somebodys_hand() -> None:
    ben, mara = user("Ben"), manager()
    case = held(ben)

    services.deactivate(user=ben, into_pool=True, by=acting(mara), now=NOW)

    case.refresh_from_db()
    assert case.assignee is None
    assert User.objects.get(pk=ben.pk).is_active is False
