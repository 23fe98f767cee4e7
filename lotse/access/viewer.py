"""Who looks: a person or a machine with everything the gate needs to know about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lotse.access.policy import Act, Entity, Level, Right
from lotse.kernel.actors import Actor, ActorKind
from lotse.records.people.keys import Opened
from lotse.records.people.models import Membership, User

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
    levels, rights = merge(user.roles.values_list("matrix", "rights"))
    return Viewer(
        ActorKind.PERSON,
        user.pk,
        team_ids=frozenset(teams),
        partner_id=user.partner_id,
        levels=levels,
        rights=rights,
    )


def get_machine(opened: Opened) -> Viewer:
    """Return what a key may: all that its person may, or what its role allows."""
    levels, rights = merge(opened.grants)
    if opened.user_id is None:
        return Viewer(ActorKind.KEY, opened.key_id, levels=levels, rights=rights)
    return Viewer(
        ActorKind.PERSON,
        opened.user_id,
        team_ids=opened.team_ids,
        partner_id=opened.partner_id,
        levels=levels,
        rights=rights,
    )


def merge(
    grants: Iterable[tuple[Mapping[str, Any], Iterable[str]]],
) -> tuple[dict[tuple[Entity, Act], Level], frozenset[Right]]:
    """Join several roles: the most permissive level wins; words nobody knows any more are passed over."""
    levels: dict[tuple[Entity, Act], Level] = {}
    rights: set[Right] = set()
    for matrix, words in grants:
        for cell, level in _cells(matrix):
            levels[cell] = max(levels.get(cell, Level.NONE), level, key=_RANKS.__getitem__)
        rights.update(_RIGHTS[word] for word in words if word in _RIGHTS)
    return levels, frozenset(rights)


def _cells(matrix: Mapping[str, Any]) -> Iterable[tuple[tuple[Entity, Act], Level]]:
    for entity, acts in matrix.items():
        for act, level in acts.items():
            if entity in _ENTITIES and act in _ACTS and level in _LEVELS:
                yield (_ENTITIES[entity], _ACTS[act]), _LEVELS[level]


# Every request reads the rights of somebody: looked up here, the words of a role cost next to nothing.
_ENTITIES = {one.value: one for one in Entity}
_ACTS = {one.value: one for one in Act}
_LEVELS = {one.value: one for one in Level}
_RIGHTS = {one.value: one for one in Right}
_RANKS = {level: level.rank for level in Level}
