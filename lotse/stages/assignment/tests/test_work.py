"""A batch of leads is decided like one after the other, written together, and each decision explained."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from lotse.kernel.moves import Leave, Wait
from lotse.records.accounts.models import Account
from lotse.records.cases.holding import ASKED_NOBODY
from lotse.records.cases.models import Case
from lotse.records.catalog.models import LeadSource, SalesArea
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Notice
from lotse.records.people.models import Absence, User
from lotse.stages.assignment import rules
from lotse.stages.assignment.models import Ask, Turn
from lotse.stages.assignment.queries.decisions import replay
from lotse.stages.assignment.tests.cast import (
    NOW,
    asked,
    come,
    held,
    lead,
    leads,
    lost,
    manager,
    partner,
    role,
    rule_for,
    team_of,
    user,
    why,
)
from lotse.stages.assignment.work import work

pytestmark = pytest.mark.django_db


def test_a_lead_is_held_out_to_the_next_in_turn_and_goes_on() -> None:
    team, [anna, _] = team_of("Anna", "Ben")
    rule = rule_for(team, offer_hours=4)
    case = lead()

    moves = come(case)

    assert moves == {case.pk: Leave("assigned")}
    assert (case.asked_person, case.asked_by_offer, case.answer_hours) == (anna, True, 4)
    entry = Entry.objects.about(case).get()
    assert (entry.kind, entry.actor_kind, entry.actor_id) == ("assignment.asked", "rule", rule.pk)
    assert entry.data == {
        "person_id": anna.pk, "rule_id": rule.pk, "version": 1, "attempt": 1, "by_offer": True,
    }  # fmt: skip
    assert Ask.objects.filter(case=case, rule=rule, target_id=anna.pk).exists()


def test_at_once_is_no_offer() -> None:
    anna = user("Anna")
    rule_for(anna, by_offer=False, offer_hours=4)
    case = lead()

    come(case)

    assert (case.asked_person, case.asked_by_offer, case.answer_hours) == (anna, False, None)


def test_who_is_held_or_asked_already_goes_on_untouched() -> None:
    anna = user("Anna")
    assigned, offered = held(anna), lead(asked_person=anna, asked_by_offer=True)

    moves = come(assigned, offered)

    assert moves == {assigned.pk: Leave("assigned"), offered.pk: Leave("assigned")}
    assert not Entry.objects.exists()


def test_thirty_at_once_are_thirty_one_by_one() -> None:
    team, _ = team_of("Anna", "Ben", "Cleo")
    rule_for(team)

    at_once = leads(30)
    come(*at_once)
    one_by_one = leads(30)
    for case in one_by_one:
        come(case)

    for cases in (at_once, one_by_one):
        assert Counter(asked(*cases)) == {"Anna": 10, "Ben": 10, "Cleo": 10}
    assert asked(*at_once) == asked(*one_by_one)
    assert Entry.objects.filter(kind="assignment.asked").count() == 60


def test_the_turns_of_who_left_are_shared_by_all() -> None:
    team, [_, ben, cleo, _] = team_of("Anna", "Ben", "Cleo", "Dora")
    rule_for(team)
    User.objects.filter(pk__in=[ben.pk, cleo.pk]).update(is_active=False)

    cases = leads(8)
    for case in cases:
        come(case)

    assert Counter(asked(*cases)) == {"Anna": 4, "Dora": 4}
    assert why(cases[0]) == [rules.TURN, rules.INACTIVE, rules.INACTIVE]


def test_capacity_counts_open_cases_with_the_deferred_and_no_others() -> None:
    mara = manager()
    team, [anna, ben] = team_of("Anna", "Ben", capacity=4)
    for _ in range(2):
        held(anna)
    held(anna, deferred_until=NOW + timedelta(days=30))
    for _ in range(20):
        held(anna, **lost())
    bens = [held(ben) for _ in range(4)]
    rule_for(team)
    first, second = leads(2)

    moves = come(first, second)

    assert asked(first, second) == ["Anna", ""]
    assert moves[second.pk] == Wait(NOW + timedelta(hours=1))
    assert why(second) == [rules.NOBODY_LEFT, rules.FULL_DEFERRED, rules.FULL]
    entry = Entry.objects.about(second).get()
    assert [(r.values["open"], r.values["capacity"]) for r in entry.because[1:]] == [(4, 4), (4, 4)]
    assert Notice.objects.get().user == mara

    Case.objects.filter(pk=bens[0].pk).update(**lost())
    come(second, now=NOW + timedelta(hours=1))
    assert asked(second) == ["Ben"]


def test_an_offer_takes_the_place_it_will_need() -> None:
    team, [anna] = team_of("Anna", capacity=2)
    rule_for(team)
    held(anna)
    lead(asked_person=anna, asked_by_offer=True, stage="acceptance")
    case = lead()

    come(case)

    assert asked(case) == [""]


def test_no_more_new_ones_a_day_than_somebody_takes_on_their_own_wall() -> None:
    team, _ = team_of("Anna", daily_capacity=1, zone="Asia/Tokyo")
    rule_for(team)
    # 23:30 in Tokyo; half an hour later it is tomorrow there, not here.
    evening = NOW.replace(hour=14, minute=30)
    first, second, third = leads(3)

    come(first, second, now=evening)
    assert asked(first, second) == ["Anna", ""]
    assert why(second) == [rules.NOBODY_LEFT, rules.FULL_TODAY]

    come(third, now=evening + timedelta(hours=1))
    assert asked(third) == ["Anna"]


def test_absent_and_not_permitted_people_are_passed_over() -> None:
    team, [anna, _, _] = team_of("Anna", "Ben", "Cleo")
    Absence.objects.create(user=anna, from_on=NOW.date(), until_on=NOW.date())
    User.objects.get(name="Ben").roles.set([role("none", see="none")])
    rule_for(team)
    case = lead()

    come(case)

    assert asked(case) == ["Cleo"]
    assert why(case) == [rules.ONLY, rules.ABSENT, rules.NOT_PERMITTED]
    come(tomorrow := lead(), now=NOW + timedelta(days=1))
    assert asked(tomorrow) == ["Anna"]


def test_the_owner_of_the_known_account_gets_it_at_once_or_their_substitute() -> None:
    anna, ben = user("Anna", capacity=0), user("Ben")
    account = Account.objects.create(name="Lindner", owner=anna, created_at=NOW)
    rule_for(target="owner", by_offer=False)
    case, stranger = lead(known_account=account), lead()

    come(case, stranger)

    assert asked(case, stranger) == ["Anna", ""]
    assert why(case) == [rules.OWNER_FULL]
    assert why(stranger) == [rules.NOBODY_LEFT, rules.NO_OWNER]

    Absence.objects.create(user=anna, from_on=NOW.date(), until_on=NOW.date(), substitute=ben)
    come(again := lead(known_account=account))
    assert asked(again) == ["Ben"]


def test_who_declined_is_not_asked_again_and_the_next_in_line_is() -> None:
    team, _ = team_of("Anna", "Ben")
    rule_for(team)
    case = lead()

    names = []
    for _ in range(3):
        come(case)
        names += asked(case)
        Case.objects.filter(pk=case.pk).update(**ASKED_NOBODY)

    assert names == ["Anna", "Ben", ""]
    assert why(case) == [rules.NOBODY_LEFT, rules.ASKED, rules.ASKED]


def test_declining_counts_for_the_whole_team_or_partner() -> None:
    team, _ = team_of("Anna", "Ben")
    house = partner("Dressler", "Ole", "Pia")
    for target in (team, house):
        rule_for(target, strategy="whole")
        rule_for(target)
    case = lead()

    names = []
    for _ in range(3):
        come(case)
        names += asked(case)
        Case.objects.filter(pk=case.pk).update(**ASKED_NOBODY)

    assert names == ["North", "Dressler", ""]


def test_a_partner_is_full_by_its_own_capacity() -> None:
    house = partner("Dressler", "Ole", "Pia", capacity=3)
    rule_for(house)
    held(house.members.get(name="Ole"))
    lead(asked_partner=house, asked_by_offer=True, stage="acceptance")
    first, second = leads(2)

    come(first, second)

    assert asked(first, second) == ["Ole", ""]
    assert why(second) == [rules.NOBODY_LEFT, rules.HOUSE_FULL, rules.HOUSE_FULL]


def test_postcodes_are_text_and_of_a_country() -> None:
    areas = {
        "East": ("DE", "01000", "09999"), "North": ("DE", "20000", "29999"),
        "Vienna": ("AT", "1010", "1239"), "Tyrol": ("AT", "6000", "6999"),
    }  # fmt: skip
    for name, (country, low, high) in areas.items():
        house = partner(name, f"Of{name}")
        SalesArea.objects.create(
            partner=house, country=country, postcode_from=low, postcode_until=high
        )
    rule_for(target="area")
    came = {
        ("DE", "01067"): "East", ("AT", "1060"): "Vienna", ("AT", "6020"): "Tyrol",
        ("DE", "1067"): "", ("US", "06902"): "", ("DE", "01067 "): "East", ("DE", "20999"): "North",
        ("", "20999"): "North",
    }  # fmt: skip
    cases = [lead(country=country, postcode=postcode) for country, postcode in came]

    come(*cases)

    assert asked(*cases) == list(came.values())


def test_a_partner_gets_nothing_from_outside_its_area() -> None:
    house = partner("Dressler", "Ole")
    SalesArea.objects.create(partner=house, country="DE", postcode_from="20", postcode_until="29")
    rule_for(house, strategy="whole")
    inside, outside = lead(postcode="20999"), lead(postcode="30159")

    come(inside, outside)

    assert asked(inside, outside) == ["Dressler", ""]
    assert why(outside) == [rules.NOBODY_LEFT, rules.PARTNER_ELSEWHERE]


def test_is_not_holds_for_leads_without_a_source() -> None:
    fair, web = (LeadSource.objects.create(key=k, name=k) for k in ("fair", "web"))
    anna, ben = user("Anna"), user("Ben")
    rule_for(anna, conditions=[{"field": "source", "op": "none_of", "value": [fair.pk, web.pk]}])
    rule_for(ben, conditions=[{"field": "source", "op": "is_not", "value": fair.pk}])
    cases = [lead(source=fair), lead(source=web), lead()]

    come(*cases)

    assert asked(*cases) == ["", "Ben", "Anna"]


def test_the_pool_is_looked_at_again_without_saying_the_same_twice() -> None:
    mara = manager()
    team, [anna] = team_of("Anna", capacity=1)
    held(anna)
    rule_for(team)
    case = lead()

    for hour in range(3):
        come(case, now=NOW + timedelta(hours=hour))
    held(anna)
    come(case, now=NOW + timedelta(hours=4))
    assert Entry.objects.about(case).count() == 1

    Absence.objects.create(user=anna, from_on=NOW.date(), until_on=NOW.date())
    come(case, now=NOW + timedelta(hours=5))
    assert Entry.objects.about(case).count() == 2
    assert Notice.objects.filter(user=mara).count() == 1


def test_the_teams_own_manager_is_told_with_one_notice_for_many() -> None:
    manager()
    team, [anna] = team_of("Anna", capacity=0)
    team.manager = anna
    team.save()
    rule_for(team)

    come(*leads(5))

    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.data) == (anna, "assignment.pool_grew", {"cases": 5})


def test_each_decision_can_be_made_again_from_its_line() -> None:
    manager()
    team, _ = team_of("Anna", "Ben", capacity=3)
    house = partner("Dressler", "Ole")
    rule_for(team)
    rule_for(house, strategy="whole", tries=1)
    cases = leads(9, postcode="20999", value="1200.50")
    come(*cases)
    for other in (team, house):
        rule_for(other)

    for entry in Entry.objects.filter(about_type="case"):
        decision = replay(entry)

        winner = decision.winner
        told = entry.data.get("person_id") or entry.data.get("partner_id")
        assert (winner.id if winner else None) == told
        assert [r.to_data() for r in decision.reasons] == entry.reasons


@pytest.mark.parametrize("stay", [False, True])
def test_it_makes_as_many_queries_for_a_hundred_leads_as_for_ten(stay: bool) -> None:
    manager()
    team, _ = team_of("Anna", "Ben", "Cleo", capacity=0 if stay else 500, daily_capacity=500)
    house = partner("Dressler", "Ole")
    SalesArea.objects.create(partner=house, country="DE", postcode_from="99", postcode_until="99")
    rule_for(target="owner")
    rule_for(target="area")
    rule_for(team)

    counts = []
    for number in (10, 100):
        cases = leads(number, postcode="20999")
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            work(cases, now=NOW)
        counts.append(number_of(queries))

    assert counts[0] == counts[1]
    assert counts[0] < 30
    assert Turn.objects.count() == (0 if stay else 3)


def number_of(queries: CaptureQueriesContext) -> int:
    """Count the statements; one INSERT of many rows is cut by the driver where SQLite's variables end."""
    told = [q["sql"] for q in queries.captured_queries]
    inserts = {sql.split("(")[0] for sql in told if sql.startswith("INSERT")}
    return len(inserts) + sum(not sql.startswith("INSERT") for sql in told)
