"""The history of a case as each viewer reads it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.utils.translation import override

from lotse.access.viewer import Viewer, get_viewer
from lotse.kernel.actors import SYSTEM, person
from lotse.kernel.facts import Fact
from lotse.lifecycle.facts import Undone
from lotse.records.activities import services as activities
from lotse.records.activities.facts import NoteWritten, TaskCreated
from lotse.records.activities.models import Note
from lotse.records.cases.models import Case
from lotse.records.journal.services import begin, record
from lotse.records.people.models import Partner, Team, User
from lotse.web.tests.cast import NOW, a_lead, reader, somebody
from lotse.web.timeline.queries import Feed, Fold, Line, Timeline, get_timeline

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def jana() -> User:
    return somebody("Jana Petersen", "sales_rep", team=Team.objects.create(name="Nord"))


def read(viewer: Viewer, case: Case, **more: Any) -> Timeline:
    return get_timeline(viewer, case, reader("en"), **more)


def lines(timeline: Timeline) -> list[Line]:
    return [item for item in timeline.items if isinstance(item, Line)]


def told(timeline: Timeline) -> list[str]:
    return [str(line.html) for line in lines(timeline)]


def test_a_note_stands_with_its_text_and_its_writer(jana: User) -> None:
    case = a_lead(holder=jana)
    activities.write_note(case=case, text="Rings back at five", by=person(jana.pk), now=NOW)

    [line] = lines(read(get_viewer(jana), case))

    assert line.html == "<b>Jana Petersen</b> wrote a note"
    assert (line.text, line.when) == ("Rings back at five", "today, 10:42")


def test_markup_in_a_name_is_told_as_it_was_typed() -> None:
    evil = somebody('"><img src=x onerror=alert(1)>', "sales_rep")
    case = a_lead(holder=evil)
    activities.write_note(case=case, text="x", by=person(evil.pk), now=NOW)

    [html] = told(read(get_viewer(evil), case))

    assert html == "<b>&quot;&gt;&lt;img src=x onerror=alert(1)&gt;</b> wrote a note"


def test_a_partner_reads_only_what_is_written_for_partners(jana: User) -> None:
    partner = Partner.objects.create(name="Küstenwärme")
    lars = somebody("Lars Holm", "partner_user", partner=partner)
    case = a_lead(holder=lars)
    for text, for_partner in (("pays late", False), ("ring after five", True)):
        activities.write_note(
            case=case, text=text, for_partner=for_partner, by=person(jana.pk), now=NOW
        )
    activities.write_note(
        case=case, text="no answer", kind=Note.Kind.CALL, by=person(lars.pk), now=NOW
    )

    partners = read(get_viewer(lars), case)

    assert [line.text for line in lines(partners)] == ["no answer", "ring after five"]
    assert told(partners)[1] == "<b>somebody</b> wrote a note"
    boss = somebody("Boss", "sales_manager")
    assert len(lines(read(get_viewer(boss), case))) == 3


def test_what_somebody_did_by_himself_is_folded_away_only_if_lotse_did_it(jana: User) -> None:
    case = a_lead(holder=jana)
    for fact in (Undone(act_kind="move"), Undone(act_kind="close"), Undone(act_kind="defer")):
        record(fact, about=case, by=SYSTEM, at=NOW)
    activities.write_note(case=case, text="mine", by=person(jana.pk), now=NOW)

    note, fold = read(get_viewer(jana), case).items

    assert isinstance(note, Line)
    assert isinstance(fold, Fold)
    assert [str(line.html) for line in fold.lines][-1] == (
        "<b>Lotse</b> took back: moving to another phase"
    )


def test_what_was_taken_back_is_marked(jana: User) -> None:
    case = a_lead(holder=jana)
    act = begin(kind="move", by=person(jana.pk), at=NOW)
    act.undone_at = NOW
    act.save()
    record(NoteWritten(note_id=0), about=case, by=person(jana.pk), at=NOW, act=act)

    [line] = lines(read(get_viewer(jana), case))

    assert line.is_undone


def test_the_history_is_read_page_by_page_and_by_kind(jana: User) -> None:
    case = a_lead(holder=jana)
    for number in range(5):
        activities.write_note(case=case, text=str(number), by=person(jana.pk), now=NOW)
    activities.create_task(
        case=case, title="Offer", due_on=NOW.date(), assignee=jana, by=person(jana.pk), now=NOW
    )
    viewer = get_viewer(jana)

    first = read(viewer, case, feed=Feed.TALKS, size=3)
    second = read(viewer, case, feed=Feed.TALKS, size=3, before=first.older)

    assert [line.text for line in lines(first)] == ["4", "3", "2"]
    assert [line.text for line in lines(second)] == ["1", "0"]
    assert second.older is None
    assert told(read(viewer, case))[0].startswith("<b>Jana Petersen</b> created a task for")


def test_a_long_history_costs_as_many_queries_as_a_short_one(
    jana: User, django_assert_max_num_queries: Queries
) -> None:
    case = a_lead(holder=jana)
    people = [somebody(f"Person {n}", "sales_rep") for n in range(10)]
    for user in people:
        activities.write_note(case=case, text="x", by=person(user.pk), now=NOW)
        fact: Fact = TaskCreated(task_id=user.pk, person_id=user.pk, due_on="2026-06-09")
        record(fact, about=case, by=person(user.pk), at=NOW)
    viewer = get_viewer(jana)

    with django_assert_max_num_queries(5):
        timeline = read(viewer, case)

    assert len(timeline.items) == 20
