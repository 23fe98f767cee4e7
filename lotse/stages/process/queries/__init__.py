"""What the process reads, a file for each question."""

from lotse.stages.process.queries.places import get_first_phases, get_missing_fields, get_refusals

__all__ = ["get_first_phases", "get_missing_fields", "get_refusals"]
