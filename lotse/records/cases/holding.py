"""Who holds a case: the columns that say so, set and taken back together."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from lotse.records.people.models import Membership, User

# Everything that handing a case to somebody may change, here or on its way into the process: what an
# act keeps as the former values, so that it can be taken back as one.
COLUMNS = (
    "stage", "assignee", "team", "partner", "assigned_at",
    "asked_person", "asked_team", "asked_partner", "asked_by_offer",
    "answer_hours",
    "process", "phase", "phase_entered_at", "clock_from", "accepted_at",
)  # fmt: skip

ASKED_NOBODY: dict[str, Any] = {
    "asked_person_id": None,
    "asked_team_id": None,
    "asked_partner_id": None,
    "asked_by_offer": False,
    "answer_hours": None,
}


def main_teams(user_ids: Collection[int]) -> dict[int, int]:
    """Return the team that takes the cases each user is given: the main one, else the oldest."""
    found: dict[int, int] = {}
    rows = Membership.objects.filter(user__in=user_ids).order_by("-is_main", "id")
    for user_id, team_id in rows.values_list("user_id", "team_id"):
        found.setdefault(user_id, team_id)
    return found


def held_by(person: User, *, team_id: int | None, now: datetime) -> dict[str, Any]:
    """Return the columns of a case that this person holds from now on."""
    return {
        "assignee_id": person.pk,
        "team_id": team_id,
        "partner_id": person.partner_id,
        "assigned_at": now,
        **ASKED_NOBODY,
    }
