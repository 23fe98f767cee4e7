"""A hundred leads through the same door: four people, four workers, and no place is given away twice."""

from collections import Counter
from collections.abc import Sequence
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.stages.assignment.tests.cast import NOW, leads, rule_for, team_of
from lotse.stages.assignment.work import work

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def decide_one_by_one(ids: Sequence[int], start: Barrier, failed: list[Exception]) -> None:
    start.wait()
    try:
        for pk in ids:
            with transaction.atomic():
                work(list(Case.objects.select_for_update().filter(pk=pk)), now=NOW)
    except Exception as error:
        failed.append(error)
    finally:
        connection.close()


def test_a_hundred_leads_and_twenty_places_each() -> None:
    team, _ = team_of("Anna", "Ben", "Cleo", "Dora", capacity=20)
    rule_for(team)
    ids = [case.pk for case in leads(100)]
    start, failed = Barrier(4), list[Exception]()
    workers = [Thread(target=decide_one_by_one, args=(ids[n::4], start, failed)) for n in range(4)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert failed == []
    given = Counter(Case.objects.filter(pk__in=ids).values_list("asked_person__name", flat=True))
    assert given == {"Anna": 20, "Ben": 20, "Cleo": 20, "Dora": 20, None: 20}
    told = Counter(Entry.objects.values_list("kind", flat=True).filter(about_type="case"))
    assert told == {"assignment.asked": 80, "assignment.sent_to_pool": 20}
