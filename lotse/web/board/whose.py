"""Whose cases a board shows: everybody's as far as the viewer sees them, a team's, or one's own."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotse.access import gate
from lotse.access.policy import Act, Entity, Level, May
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.people.models import Team

MINE = "mine"


@dataclass(frozen=True)
class Whose:
    """One choice; `key` stands in the address."""

    key: str
    label: str | Promise
    condition: Q

    def narrow(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        return cases.filter(self.condition)


def get_choices(viewer: Viewer, entity: Entity) -> list[Whose]:
    """Return whose cases this viewer may choose to see, everybody's first; one choice is none."""
    everybody = Whose("", _("Everybody's"), Q())
    level = viewer.level(entity, Act.SEE)
    if level not in {Level.TEAM, Level.ALL}:
        return [everybody]
    mine = Whose(MINE, _("Only mine"), Q(assignee=viewer.person_id))
    return [everybody, *_teams(viewer, level), mine]


def _teams(viewer: Viewer, level: Level) -> list[Whose]:
    teams = gate.rows(viewer, May.SEE, Team.objects.all())
    if level == Level.TEAM:
        teams = teams.filter(pk__in=viewer.team_ids)
    return [
        Whose(f"team-{team.pk}", _("Team %(name)s") % {"name": team.name}, Q(team=team.pk))
        for team in teams.order_by("name", "pk")
    ]


def choose(choices: list[Whose], key: str) -> Whose:
    """Return the choice that the address names; the first, if it names none of them."""
    return next((one for one in choices if one.key == key), choices[0])
