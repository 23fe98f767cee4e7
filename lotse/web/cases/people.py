"""Who can be given cases, how many they hold, and whether they are there."""

from dataclasses import dataclass
from datetime import date, datetime

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.cases.holding import main_teams
from lotse.records.people.models import Team, User
from lotse.stages.assignment.queries.people import get_standing
from lotse.stages.assignment.rules import Candidate

# From this share of what somebody takes on, the bar is amber.
NEARLY_FULL = 80


@dataclass(frozen=True)
class Load:
    """A person, what they hold, and whether they are away."""

    person: User
    house: str
    open: int
    capacity: int | None
    absent_until: date | None

    @property
    def percent(self) -> int:
        return min(100, self.open * 100 // self.capacity) if self.capacity else 0

    @property
    def is_nearly_full(self) -> bool:
        return self.percent >= NEARLY_FULL


def get_load(viewer: Viewer, *, now: datetime) -> list[Load]:
    """Return the people the viewer may give cases to; a constant number of queries."""
    people = gate.rows(viewer, May.SEE, User.objects.filter(is_active=True))
    found = list(people.select_related("partner").order_by("name", "pk"))
    standing = get_standing([p.pk for p in found], now=now)
    able = [p for p in found if not standing.obstacle(p.pk)]
    houses = _houses(viewer, [p for p in able if p.partner_id is None])
    return [_load(p, str(p.partner or houses.get(p.pk, "")), standing.of(p.pk)) for p in able]


def _load(person: User, house: str, seen: Candidate) -> Load:
    absent = date.fromisoformat(seen.absent_until) if seen.absent_until else None
    return Load(person, house, seen.open, seen.capacity, absent)


def _houses(viewer: Viewer, people: list[User]) -> dict[int, str]:
    teams = main_teams([p.pk for p in people])
    seen = gate.rows(viewer, May.SEE, Team.objects.filter(pk__in=set(teams.values())))
    names = {team.pk: team.name for team in seen}
    return {user_id: names.get(team_id, "") for user_id, team_id in teams.items()}
