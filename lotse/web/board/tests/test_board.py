"""The board: what lies on it, for whom, and laying cards from one column into another."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lotse.kernel import clock
from lotse.kernel.actors import person
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process
from lotse.records.people.models import Team, User
from lotse.stages.process import services as process_services
from lotse.web.board.strips import FIRST, Cursor
from lotse.web.tests.cast import a_lead, a_process, somebody

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def north(db: None) -> Team:
    return Team.objects.create(name="Nord")


@pytest.fixture
def jana(north: Team) -> User:
    return somebody("Jana Petersen", "sales_rep", team=north, language="en")


@pytest.fixture
def tobias(db: None) -> User:
    return somebody("Tobias Brandt", "sales_manager", language="en")


@pytest.fixture
def process(db: None) -> Process:
    return a_process()


def a_card(name: str, phase: Phase, *, holder: User, **fields: Any) -> Case:
    now = clock.read()
    values = {"process": phase.process, "phase": phase, "phase_entered_at": now, "clock_from": now}
    return a_lead(name, holder=holder, **values, **fields)


def phases_of(process: Process) -> list[Phase]:
    return list(process.phases.order_by("position"))


def get(client: Client, user: User, address: str, **more: Any) -> str:
    client.force_login(user)
    return client.get(address, **more).content.decode()


def lay(client: Client, user: User, case: Case, phase: Phase, **more: Any) -> Any:
    client.force_login(user)
    form = {"phase": phase.pk, "seen": case.phase_id, "next": "/board/"}
    return client.post(reverse("board-place", args=[case.pk]), form, **more)


def test_a_column_says_how_many_lie_in_it_and_what_they_are_worth(
    client: Client, jana: User, process: Process
) -> None:
    first, second, _third = phases_of(process)
    a_card("Steinmann", first, holder=jana, value=20_000)
    a_card("Voss", first, holder=jana, value=3_900, overdue_at=clock.read() - timedelta(days=3))
    a_card("Engel", second, holder=jana)

    page = get(client, jana, reverse("board"))

    assert "3 open leads, together €23,900. 1 is overdue." in page
    assert f'<h2 id="column-{first.pk}">Contact <span class="count">2</span></h2>' in page
    assert "overdue for 3 days" in page


def test_what_is_overdue_lies_on_top(client: Client, jana: User, process: Process) -> None:
    first = phases_of(process)[0]
    now = clock.read()
    a_card("Untimed", first, holder=jana)
    a_card("Later", first, holder=jana, overdue_at=now + timedelta(days=5))
    a_card("Late", first, holder=jana, overdue_at=now - timedelta(days=1))

    page = get(client, jana, reverse("board"))

    assert page.index(">Late<") < page.index(">Later<") < page.index(">Untimed<")


def test_a_rep_sees_the_team_and_moves_only_what_is_their_own(
    client: Client, jana: User, north: Team, process: Process
) -> None:
    first = phases_of(process)[0]
    ben = somebody("Ben Brandt", "sales_rep", team=north)
    stranger = somebody("Sven Ost", "sales_rep", team=Team.objects.create(name="Ost"))
    own, theirs = (a_card(n, first, holder=u) for n, u in (("Eigen", jana), ("Ihrer", ben)))
    a_card("Fremd", first, holder=stranger)

    page = get(client, jana, reverse("board"))

    assert [name in page for name in ("Eigen", "Ihrer", "Fremd")] == [True, True, False]
    assert f'id="menu-{own.pk}"' in page
    assert f'id="menu-{theirs.pk}"' not in page
    assert lay(client, jana, theirs, phases_of(process)[1]).status_code == 403
    assert "Ihrer" not in get(client, jana, reverse("board") + "?who=mine")


def test_the_name_of_a_card_is_text_in_its_menu_too(
    client: Client, jana: User, process: Process
) -> None:
    a_card('"><script>alert(1)</script>', phases_of(process)[0], holder=jana)

    assert "<script>alert" not in get(client, jana, reverse("board"))


def test_a_card_is_laid_into_another_column_and_taken_back(
    client: Client, jana: User, process: Process
) -> None:
    first, second, _third = phases_of(process)
    case = a_card("Steinmann", first, holder=jana)

    answer = lay(client, jana, case, second, follow=True)

    case.refresh_from_db()
    assert case.phase == second
    page = answer.content.decode()
    assert "Steinmann is in Clarify needs now." in page
    client.post("/undo/" + page.split('action="/undo/')[1].split('"')[0])
    case.refresh_from_db()
    assert case.phase == first


def test_with_scripts_the_card_comes_back_where_it_lies_with_all_that_changed(
    client: Client, jana: User, process: Process
) -> None:
    first, second, _third = phases_of(process)
    case = a_card("Steinmann", first, holder=jana)

    part = lay(client, jana, case, second, headers=HTMX).content.decode()

    assert f'hx-swap-oob="afterbegin:#cards-{second.pk}"' in part
    assert f'name="seen" value="{second.pk}"' in part
    assert f'id="head-{first.pk}" hx-swap-oob="true"' in part
    assert 'name="next" value="/board/?process=' in part


def test_whoever_lays_a_card_that_somebody_moved_meanwhile_is_told_so(
    client: Client, jana: User, tobias: User, process: Process
) -> None:
    first, second, third = phases_of(process)
    case = a_card("Steinmann", first, holder=jana)
    seen = Case.objects.get(pk=case.pk)
    now = clock.read()
    process_services.move(case=case, phase=third, by=person(tobias.pk), now=now)

    answer = lay(client, jana, seen, second, follow=True)

    case.refresh_from_db()
    assert case.phase == third
    page = answer.content.decode()
    assert "Steinmann was not moved. Meanwhile: Tobias Brandt moved it from Contact" in page


def test_a_phase_that_only_managers_leave_keeps_the_card(
    client: Client, jana: User, process: Process
) -> None:
    first, second, _third = phases_of(process)
    Phase.objects.filter(pk=first.pk).update(only_managers_leave=True)
    case = a_card("Steinmann", first, holder=jana)

    answer = lay(client, jana, case, second, headers=HTMX)

    case.refresh_from_db()
    assert case.phase == first
    assert answer.headers["HX-Redirect"] == "/board/"
    assert "Only managers move a case out of Contact." in get(client, jana, "/board/")


def test_a_phase_that_does_not_exist_is_refused_in_words(
    client: Client, jana: User, process: Process
) -> None:
    case = a_card("Steinmann", phases_of(process)[0], holder=jana)
    client.force_login(jana)

    place = reverse("board-place", args=[case.pk])
    answer = client.post(place, {"phase": "999999", "next": "https://evil.example/"}, follow=True)

    assert answer.status_code == 200
    assert "There is no such phase any more." in answer.content.decode()


def test_a_full_column_shows_some_and_the_rest_one_after_the_other(
    client: Client, jana: User, process: Process
) -> None:
    first = phases_of(process)[0]
    now = clock.read()
    for n in range(FIRST + 3):
        at = now + timedelta(days=n) if n % 2 else None
        a_card(f"Karte{n:02}", first, holder=jana, overdue_at=at)
    names = {f"Karte{n:02}" for n in range(FIRST + 3)}

    page = get(client, jana, reverse("board"))
    shown = {name for name in names if f">{name}<" in page}
    rest = page[page.index("/board/phases/") :].split('"')[0].replace("&amp;", "&")
    then = get(client, jana, rest)

    assert len(shown) == FIRST
    assert {name for name in names if f">{name}<" in then} == names - shown
    assert "3 more" in page


@pytest.mark.parametrize("text", ["", "x", "-", "1-", "-0x1", "9" * 30 + "-1", "12--3"])
def test_a_cursor_that_makes_no_sense_begins_at_the_top(text: str) -> None:
    assert Cursor.read(text) is None


def test_an_empty_board_says_so_and_one_without_a_process_too(client: Client, jana: User) -> None:
    assert "There is no process yet" in get(client, jana, reverse("board"))

    a_process()
    assert "Nothing lies on this board yet" in get(client, jana, reverse("board"))
    assert "Nothing lies here for" in get(client, jana, reverse("board") + "?who=mine")


def test_whoever_sees_no_cases_at_all_has_no_board(client: Client, process: Process) -> None:
    client.force_login(somebody("Niemand"))

    assert client.get(reverse("board")).status_code == 403


def test_ending_a_case_asks_in_a_dialog_with_what_was_chosen(
    client: Client, jana: User, process: Process
) -> None:
    case = a_card("Steinmann", phases_of(process)[0], holder=jana)
    address = reverse("lead-closing", args=[case.pk]) + "?outcome=lost&next=/board/"

    part = get(client, jana, address, headers=HTMX)

    assert "<html" not in part
    assert 'value="lost" checked' in part
    assert 'name="next" value="/board/"' in part


def test_what_ended_this_month_stands_below(client: Client, jana: User, process: Process) -> None:
    first = phases_of(process)[0]
    a_card("Offen", first, holder=jana)
    a_card("Gewonnen", first, holder=jana, closed_at=clock.read(), outcome="won", value=5_000)

    page = get(client, jana, reverse("board"))

    assert ": 1, together €5,000" in page
    assert ">Gewonnen<" not in page
