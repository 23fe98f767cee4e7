"""The demo company: whatever it lived is as real life would have left it."""

from datetime import UTC, datetime

import pytest

from lotse.records.cases.models import Case, Inquiry
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Message
from lotse.records.people.models import User
from lotse.worker.demo.history import AT_LEAST, live

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_a_short_life_leaves_leads_in_every_state_and_nothing_in_the_future() -> None:
    live(now=NOW, leads=AT_LEAST + 46, days=30)

    assert User.objects.count() == 12
    assert Inquiry.objects.count() == AT_LEAST + 46
    assert Case.objects.new().count() >= 20
    assert Case.objects.active().exists()
    assert Case.objects.filter(outcome="won").exists()
    assert Case.objects.filter(outcome="lost").exists()
    assert Case.objects.opportunities().exists()
    assert not Entry.objects.filter(at__gt=NOW).exists()
    assert not Message.objects.filter(created_at__gt=NOW).exists()
    assert not Case.objects.filter(stumbles__gt=0).exists()
