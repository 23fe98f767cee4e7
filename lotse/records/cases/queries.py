"""Finding cases by what somebody types."""

from django.db.models import QuerySet

from lotse.records.accounts.search import narrow
from lotse.records.cases.models import Case, CaseWord

_TEXTS = (
    "first_name", "last_name", "company", "email", "phone", "city", "postcode", "subject",
    "external_id",
)  # fmt: skip


def search(among: QuerySet[Case], query: str) -> QuerySet[Case]:
    """Leave the cases in which every word of the query begins a word, and every sign stands."""
    return narrow(among, query, words=CaseWord.objects.all(), key="case_id", texts=_TEXTS)
