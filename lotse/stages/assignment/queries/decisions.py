"""Decisions as they were made: read from the journal, told with names, and made again."""

from typing import Any

from lotse.records.journal.models import Entry
from lotse.stages.assignment.models import RuleVersion
from lotse.stages.assignment.rules import Decision
from lotse.stages.assignment.rules import replay as replay_basis


def replay(entry: Entry) -> Decision:
    """
    Make the decision of a line again, from what was kept with it and the rules of its version.

    :raises KeyError: if the line tells of no decision
    """
    basis: dict[str, Any] = entry.basis or {}
    # Before the first rule was made there was no version, and nothing to decide by.
    number = basis["version"]
    rules = RuleVersion.objects.get(number=number).decided_by() if number else []
    return replay_basis(basis, rules)
