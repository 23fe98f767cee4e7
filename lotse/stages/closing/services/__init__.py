"""The acts of closing, a file for each kind."""

from lotse.stages.closing.services.closing import (
    CannotClose,
    close_lost,
    close_many_lost,
    close_many_won,
    close_won,
)
from lotse.stages.closing.services.reopening import reopen

__all__ = [
    "CannotClose",
    "close_lost",
    "close_many_lost",
    "close_many_won",
    "close_won",
    "reopen",
]
