"""What the process reads, a file for each question."""

from lotse.stages.process.queries.designs import get_effect, get_phases_without_duration
from lotse.stages.process.queries.places import get_first_phases, get_missing_fields, get_refusals
from lotse.stages.process.queries.reminders import get_run
from lotse.stages.process.queries.standings import Standing, get_standing, get_standings

__all__ = [
    "Standing",
    "get_effect",
    "get_first_phases",
    "get_missing_fields",
    "get_phases_without_duration",
    "get_refusals",
    "get_run",
    "get_standing",
    "get_standings",
]
