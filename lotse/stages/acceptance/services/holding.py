"""Giving cases at once to people who were asked without being allowed to say no."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lotse.records.cases.holding import held_by
from lotse.records.cases.models import Case
from lotse.records.cases.services import change, write_groups
from lotse.stages.acceptance.queries.asked import Circle


def give(cases: Sequence[Case], circle: Circle, *, now: datetime) -> None:
    """Let each case be held by the person it asks; one statement for all."""
    of_person: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        of_person[case.asked_person_id or 0].append(case)

    groups: list[tuple[list[int], dict[str, Any]]] = []
    for person_id, some in of_person.items():
        columns = held_by(
            circle.people[person_id], team_id=circle.main_teams.get(person_id), now=now
        )
        fresh = [case for case in some if case.phase_id is None]
        groups.append(([case.pk for case in fresh], columns))
        for case in fresh:
            for name, value in columns.items():
                setattr(case, name, value)
        # A case that is on its way already has derived columns, which hang on its holder.
        for case in some:
            if case.phase_id is not None:
                change(case, **columns)
    write_groups(groups)
