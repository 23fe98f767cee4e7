"""Two people edit one record: which of my changes go through, and where we clash; plain Python."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Clash:
    """A field that both changed, each to something else."""

    field: str
    mine: str
    now: str
    before: str


@dataclass(frozen=True)
class Merge:
    """What is to be written over what stands now, and what must be decided first."""

    changed: frozenset[str]
    clashes: tuple[Clash, ...]


def merge(
    *,
    before: Mapping[str, str],
    mine: Mapping[str, str],
    now: Mapping[str, str],
    theirs: Collection[str] = (),
) -> Merge:
    """
    Hold what I typed beside what the form was filled from and what stands now.

    :param theirs: fields in which I gave in
    """
    wanted = {f for f in mine if mine[f] != before.get(f, "") and f not in theirs}
    # Where both typed the same, nobody has to decide anything.
    open_ = {f for f in wanted if mine[f] != now[f]}
    clashing = [f for f in mine if f in open_ and now[f] != before.get(f, "")]
    return Merge(
        changed=frozenset(open_.difference(clashing)),
        clashes=tuple(Clash(f, mine[f], now[f], before.get(f, "")) for f in clashing),
    )
