"""Opening an opportunity out of a lead: the same interest, one kind on."""

from datetime import datetime

from lotse.records.cases.holding import held_by
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.catalog.models import Process
from lotse.records.people.models import User

# What the opportunity takes over from the lead as it is.
CARRIED = (
    "salutation", "title", "first_name", "last_name", "company", "email", "phone", "language",
    "street", "postcode", "city", "country", "account_id", "contact_id",
    "subject", "lead_type_id", "product_id", "source_id", "campaign_id", "value", "score", "external_id",
)  # fmt: skip


def open_opportunity(
    lead: Case,
    *,
    holder: User,
    team_id: int | None,
    process: Process | None,
    stage: Case.Stage,
    now: datetime,
) -> Case:
    """Create the opportunity that a lead leads to; the lead stays, linked to it."""
    opportunity = Case(
        kind=Case.Kind.OPPORTUNITY,
        stage=stage,
        wake_at=now,
        created_at=now,
        accepted_at=now,
        opened_by=lead,
        process=process,
        **{name: getattr(lead, name) for name in CARRIED},
        **held_by(holder, team_id=team_id, now=now),
    )
    return open_cases([opportunity])[0]
