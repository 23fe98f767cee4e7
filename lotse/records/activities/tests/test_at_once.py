"""Two enter something at once: real threads on a real database; neither is forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection

from lotse.kernel.actors import person
from lotse.records.activities import services as activities
from lotse.records.activities.holds import held_until
from lotse.records.cases.models import Case
from lotse.records.people.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROUNDS = 20


def test_of_two_tasks_entered_at_once_both_hold_the_case() -> None:
    ana = User.objects.create_user("ana@x.example", None, name="Ana", created_at=NOW)

    for _ in range(ROUNDS):
        case = Case.objects.create(last_name="Lead", created_at=NOW, assignee=ana)
        gate = Barrier(2)

        def enter(day: int, case_id: int = case.pk, gate: Barrier = gate) -> None:
            try:
                mine = Case.objects.get(pk=case_id)
                gate.wait()
                activities.create_task(
                    case=mine, title="Anrufen", due_on=date(2026, 3, day), assignee=ana,
                    by=person(ana.pk), now=NOW,
                )  # fmt: skip
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(enter, (9, 20)))

        case.refresh_from_db()
        assert case.held_until == held_until([case.pk])[case.pk]
