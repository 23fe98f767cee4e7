"""The acts of the process, a file for each kind."""

from lotse.stages.process.services.deferring import NotAhead, defer, resume
from lotse.stages.process.services.moving import CannotMove, change_process, move, move_many
from lotse.stages.process.services.reminding import run_due

__all__ = [
    "CannotMove",
    "NotAhead",
    "change_process",
    "defer",
    "move",
    "move_many",
    "resume",
    "run_due",
]
