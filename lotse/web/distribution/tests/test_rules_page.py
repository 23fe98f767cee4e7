"""The page of the rules: told as sentences, ordered, switched, edited by two at once, tried without a trace."""

from typing import Any

import pytest
from django.test import Client

from lotse.access.viewer import get_viewer
from lotse.records.cases.models import Case
from lotse.records.catalog.models import LeadSource, Product
from lotse.records.journal.models import Entry
from lotse.records.people.models import Team, User
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import Ask, AssignmentRule, RuleVersion, Turn
from lotse.web.tests.cast import NOW, somebody

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def north() -> Team:
    return Team.objects.create(name="Nord")


@pytest.fixture
def carla(client: Client) -> User:
    user = somebody("Carla Thoms", "sales_manager", language="de")
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def heat_pump() -> Product:
    return Product.objects.create(name="Thermo 9")


def kept(carla: User, team: Team, **fields: Any) -> AssignmentRule:
    rule = AssignmentRule(target="team", target_team=team, **fields)
    return assignment.save_rule(rule=rule, by=get_viewer(carla), now=NOW)


def typed(team: Team, **changes: Any) -> dict[str, Any]:
    return {"whom": f"team:{team.pk}", "strategy": "round_robin", "by_offer": "yes", **changes}


def order() -> list[int]:
    return list(AssignmentRule.objects.order_by("position").values_list("pk", flat=True))


def test_a_rule_is_told_as_one_sentence(
    client: Client, carla: User, north: Team, heat_pump: Product
) -> None:
    kept(
        carla,
        north,
        offer_hours=4,
        tries=3,
        conditions=[
            {"field": "product", "op": "one_of", "value": [heat_pump.pk]},
            {"field": "postcode", "op": "between", "value": ["20", "29"]},
            {"field": "is_company", "op": "is", "value": False},
        ],
    )

    page = client.get("/rules/").content.decode()

    words = " ".join(page.split())
    for told in ("Thermo 9", "20 bis 29", "privat", "das Team Nord", "der Reihe nach", "4 Öffnungs", "3 Versuchen"):  # fmt: skip
        assert told in words
    assert "Fassung 1" in page


def test_a_new_rule_asks_what_was_ticked(
    client: Client, carla: User, north: Team, heat_pump: Product
) -> None:
    fair = LeadSource.objects.create(key="fair", name="Messe")

    answer = client.post(
        "/rules/new/",
        typed(
            north, product=[heat_pump.pk], product_how="is", source=[fair.pk], source_how="not",
            country="de", postcode_from="20", postcode_until="29", value_above="1000",
            has_owner="no", offer_hours="4", tries="2",
        ),
    )  # fmt: skip

    assert answer.status_code == 302
    rule = AssignmentRule.objects.get()
    assert rule.conditions == [
        {"field": "product", "op": "one_of", "value": [heat_pump.pk]},
        {"field": "source", "op": "none_of", "value": [fair.pk]},
        {"field": "country", "op": "one_of", "value": ["DE"]},
        {"field": "postcode", "op": "between", "value": ["20", "29"]},
        {"field": "value", "op": "above", "value": "1000"},
        {"field": "has_owner", "op": "is", "value": False},
    ]
    assert (rule.target, rule.target_id, rule.offer_hours, rule.tries) == ("team", north.pk, 4, 2)


def test_a_form_saved_as_it_was_filled_changes_nothing(
    client: Client, carla: User, north: Team, heat_pump: Product
) -> None:
    conditions = [
        {"field": "product", "op": "is_not", "value": heat_pump.pk},
        {"field": "score", "op": "above", "value": 70},
        {"field": "postcode", "op": "between", "value": ["20", "29"]},
        # The form has no field for it.
        {"field": "score", "op": "below", "value": 90},
    ]
    rule = kept(carla, north, conditions=conditions)
    form = client.get(f"/rules/{rule.pk}/").context["form"]
    filled = {name: form[name].value() for name in form.fields}

    client.post(f"/rules/{rule.pk}/", {k: v for k, v in filled.items() if v not in (None, "")})

    rule.refresh_from_db()
    said = {(c["field"], c["op"]): c["value"] for c in rule.conditions}
    assert said == {
        ("product", "none_of"): [heat_pump.pk],
        ("score", "above"): 70,
        ("postcode", "between"): ["20", "29"],
        ("score", "below"): 90,
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"postcode_from": "20"}, "postcode_until"),
        ({"postcode_from": "29", "postcode_until": "20"}, "postcode_until"),
        ({"country": "Germany"}, "country"),
        ({"strategy": "whole", "by_offer": "no"}, "by_offer"),
        ({"whom": "area", "by_offer": "no"}, "by_offer"),
        ({"whom": "owner", "strategy": "whole"}, "strategy"),
        ({"whom": "team:0"}, "whom"),
        ({"offer_hours": "0"}, "offer_hours"),
    ],
)
def test_what_makes_no_rule_is_refused_at_its_field(
    client: Client, carla: User, north: Team, changes: dict[str, str], field: str
) -> None:
    answer = client.post("/rules/new/", typed(north, **changes))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not AssignmentRule.objects.exists()


def test_two_who_edit_at_once_notice_each_other(client: Client, carla: User, north: Team) -> None:
    rule = kept(carla, north)
    was = client.get(f"/rules/{rule.pk}/").context["form"].standing
    rule.tries = 5
    assignment.save_rule(rule=rule, by=get_viewer(carla), now=NOW)

    answer = client.post(f"/rules/{rule.pk}/", typed(north, tries="2", was=was))

    assert answer.status_code == 409
    rule.refresh_from_db()
    assert rule.tries == 5
    knowing = answer.context["form"]["was"].value()
    client.post(f"/rules/{rule.pk}/", typed(north, tries="2", was=knowing))
    rule.refresh_from_db()
    assert rule.tries == 2


def test_rules_are_put_in_order_by_buttons_and_by_place(
    client: Client, carla: User, north: Team
) -> None:
    a, b, c = (kept(carla, north).pk for _ in range(3))

    client.post(f"/rules/{c}/place/", {"to": "up"})
    assert order() == [a, c, b]
    client.post(f"/rules/{a}/place/", {"to": "3"})
    assert order() == [c, b, a]
    client.post(f"/rules/{c}/place/", {"to": "up"})
    assert order() == [c, b, a]


def test_htmx_gets_the_list_alone_and_the_sentence_to_be_read_out(
    client: Client, carla: User, north: Team
) -> None:
    rule = kept(carla, north)

    answer = client.post(f"/rules/{rule.pk}/switch/", {}, headers={"HX-Request": "true"})

    rule.refresh_from_db()
    assert not rule.is_on
    page = answer.content.decode()
    assert "<html" not in page
    assert 'id="announce"' in page
    assert "aus seit" in page


def test_a_rule_is_deleted_and_its_versions_stay(client: Client, carla: User, north: Team) -> None:
    rule = kept(carla, north)

    client.post(f"/rules/{rule.pk}/removal/")

    assert not AssignmentRule.objects.exists()
    assert RuleVersion.objects.get(number=1).rules[0]["id"] == rule.pk


def test_a_rule_behind_one_that_takes_everything_is_named(
    client: Client, carla: User, north: Team, heat_pump: Product
) -> None:
    kept(carla, north)
    kept(carla, north, conditions=[{"field": "product", "op": "one_of", "value": [heat_pump.pk]}])

    lines = client.get("/rules/").context["lines"]

    assert [line.behind for line in lines] == [None, 1]


def test_trying_says_who_is_asked_and_why_not_the_rules_before_and_writes_nothing(
    client: Client, carla: User, north: Team, heat_pump: Product
) -> None:
    jana = somebody("Jana Petersen", "sales_rep", team=north)
    south = Team.objects.create(name="Süd")
    kept(carla, south, conditions=[{"field": "postcode", "op": "between", "value": ["80", "89"]}])
    kept(carla, south)
    kept(carla, north)
    kept(carla, north)
    before = Entry.objects.count()

    answer = client.get("/rules/", {"try": "1", "postcode": "24105", "product": str(heat_pump.pk)})

    tried = answer.context["tried"]
    assert [bool(t.missed) for t in tried] == [True, False, False, False]
    assert tried[1].reasons
    assert tried[2].takes == jana.name
    assert not tried[3].is_asked
    written = (
        Ask.objects.count(),
        Turn.objects.count(),
        Case.objects.count(),
        Entry.objects.count(),
    )
    assert written == (0, 0, 0, before)


def test_trying_as_somebodys_customer_asks_them(client: Client, carla: User) -> None:
    jana = somebody("Jana Petersen", "sales_rep")
    rule = AssignmentRule(
        target="owner", conditions=[{"field": "has_owner", "op": "is", "value": True}]
    )
    assignment.save_rule(rule=rule, by=get_viewer(carla), now=NOW)

    answer = client.get("/rules/", {"try": "1", "owner": str(jana.pk)})

    assert answer.context["taker"].takes == jana.name


def test_who_is_full_is_named_first(client: Client, carla: User, north: Team) -> None:
    somebody("Ada Amann", "sales_rep", team=north)
    somebody("Zoe Zahn", "sales_rep", team=north, capacity=0)
    kept(carla, north)

    members = client.get("/rules/").context["members"]

    assert [m.name for m in members] == ["Zoe Zahn", "Ada Amann"]
    assert members[0].why_not == "ausgelastet (0 von 0)"


def test_without_a_rule_the_page_says_what_becomes_of_leads(client: Client, carla: User) -> None:
    page = client.get("/rules/").content.decode()

    assert "Es gibt noch keine Regel" in page


@pytest.mark.parametrize(
    ("role", "reading", "writing"),
    [
        ("sales_rep", 403, 403),
        ("partner_manager", 403, 403),
        ("marketing", 200, 403),
        ("auditor", 200, 403),
        ("administrator", 200, 302),
    ],
)
def test_who_may_read_the_rules_and_who_may_change_them(  # noqa: PLR0917
    client: Client, carla: User, north: Team, role: str, reading: int, writing: int
) -> None:
    rule = kept(carla, north)
    client.force_login(somebody("Other One", role), backend=BACKEND)

    assert client.get("/rules/").status_code == reading
    assert client.post(f"/rules/{rule.pk}/switch/", {}).status_code == writing
    assert client.get(f"/rules/{rule.pk}/").status_code == (200 if writing == 302 else 403)
    assert AssignmentRule.objects.get().is_on == (writing == 403)
