"""The same person by two doors at the same moment: in the end there is one lead, with both inquiries."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from lotse.kernel.actors import SYSTEM
from lotse.lifecycle import loop
from lotse.records.cases.models import Case, Inquiry
from lotse.stages.intake import services as intake

NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)
ROUNDS = 15
DOORS = 3

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def arrive(keys: Sequence[str], name: str) -> None:
    """Bring one inquiry by each key at the same moment, each in a thread that takes it all the way."""
    start, failed = Barrier(len(keys)), list[Exception]()

    def bring(key: str) -> None:
        fields = {"first_name": "Anna", "last_name": name, "email": f"{name}@berg.example"}
        arrival = intake.Arrival(key=key, channel="form", payload=fields, fields=fields)
        start.wait(10)
        try:
            [received] = intake.receive([arrival], by=SYSTEM, now=NOW)
            loop.advance([received.case_id or 0], now=NOW)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=bring, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []


def settle() -> None:
    """Let the worker look at those that had to wait for each other."""
    for seconds in range(1, 10):
        while loop.advance_due(now=NOW + timedelta(seconds=seconds)):
            pass


def test_different_submissions_of_one_person_become_one_lead() -> None:
    for number in range(ROUNDS):
        arrive([f"{number}-{door}" for door in range(DOORS)], f"Berg{number}")
    settle()

    leads = Case.objects.standing()
    assert leads.count() == ROUNDS
    assert not Case.objects.filter(stage=Case.Stage.MATCHING).exists()
    assert Inquiry.objects.filter(case__in=leads).count() == ROUNDS * DOORS
    # None stands behind one that was joined itself.
    assert not Case.objects.filter(joined_to__joined_to__isnull=False).exists()


def test_one_submission_by_five_connections_is_one_lead() -> None:
    for number in range(ROUNDS):
        arrive([f"impatient-{number}"] * 5, f"Zorn{number}")
    settle()

    assert Inquiry.objects.count() == Case.objects.count() == ROUNDS
