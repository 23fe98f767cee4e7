"""Who looks: a person or a machine with everything the gate needs to know about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lotse.access.policy import Act, Entity, Level, Right
from lotse.kernel.actors import Actor, ActorKind
from lotse.records.people.models import ApiKey, Membership, Role, User

Matrix = Mapping[tuple[Entity, Act], Level]


@dataclass(frozen=True)
class Viewer(Actor):
    """An actor who reads and acts: what their roles allow, their teams, their partner."""

    team_ids: frozenset[int] = frozenset()
    partner_id: int | None = None
    levels: Matrix = field(default_factory=dict)
    rights: frozenset[Right] = frozenset()

    def level(self, entity: Entity, act: Act) -> Level:
        return self.levels.get((entity, act), Level.NONE)

    def has(self, right: Right) -> bool:
        return right in self.rights


def get_viewer(user: User) -> Viewer:
    """Read what a user may, with two queries."""
    teams = Membership.objects.filter(user=user).values_list("team_id", flat=True)
    levels, rights = merge(user.roles.all())
    return Viewer(
        ActorKind.PERSON,
        user.pk,
        team_ids=frozenset(teams),
        partner_id=user.partner_id,
        levels=levels,
        rights=rights,
    )


def get_machine(key: ApiKey) -> Viewer:
    """Read what a key may: all that its person may, or what its role allows."""
    if key.user:
        return get_viewer(key.user)
    if key.role is None:
        return Viewer(ActorKind.KEY, key.pk)
    levels, rights = merge([key.role])
    return Viewer(ActorKind.KEY, key.pk, levels=levels, rights=rights)


def merge(roles: Iterable[Role]) -> tuple[dict[tuple[Entity, Act], Level], frozenset[Right]]:
    """Join several roles: the most permissive level wins; words nobody knows any more are passed over."""
    levels: dict[tuple[Entity, Act], Level] = {}
    rights: set[Right] = set()
    for role in roles:
        for cell, level in _cells(role.matrix):
            levels[cell] = max(levels.get(cell, Level.NONE), level, key=lambda one: one.rank)
        rights.update(Right(r) for r in role.rights if r in set(Right))
    return levels, frozenset(rights)


def _cells(matrix: Mapping[str, Any]) -> Iterable[tuple[tuple[Entity, Act], Level]]:
    for entity, acts in matrix.items():
        for act, level in acts.items():
            if entity in set(Entity) and act in set(Act) and level in set(Level):
                yield (Entity(entity), Act(act)), Level(level)
