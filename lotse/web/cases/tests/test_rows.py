"""What the rows of a list say."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from lotse.access.telling.when import Reader
from lotse.records.cases.models import Case
from lotse.web.cases.rows import due

NOW = datetime(2026, 7, 10, 8, 42, tzinfo=UTC)
READER = Reader("de", ZoneInfo("Europe/Berlin"), NOW)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (Case(), ""),
        (Case(overdue_at=NOW + timedelta(days=4)), "Di 14. Juli"),
        (Case(overdue_at=NOW - timedelta(days=4)), "überfällig seit 4 Tagen"),
        # Its phase was over on Monday, but a visit lies ahead.
        (Case(due_at=NOW - timedelta(days=4), overdue_at=NOW + timedelta(days=1)), "morgen"),
        (
            Case(overdue_at=None, deferred_until=NOW + timedelta(days=4)),
            "zurückgestellt bis Di 14. Juli",
        ),
        (Case(overdue_at=NOW - timedelta(days=4), closed_at=NOW), ""),
    ],
)
def test_it_says_when_a_case_is_due(case: Case, said: str) -> None:
    with override("de"):
        assert due(case, READER) == said
