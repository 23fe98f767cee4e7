"""The acts of the process, a file for each kind."""

from lotse.stages.process.services.deferring import NotAhead, defer, resume
from lotse.stages.process.services.designing import (
    LastPhase,
    NoDuration,
    WrongPlace,
    add_phase,
    change_phases,
    place_phase,
    remove_phase,
    set_follow_up,
    set_reminder_text,
    use_standard_text,
)
from lotse.stages.process.services.moving import CannotMove, change_process, move, move_many
from lotse.stages.process.services.reminding import run_due

__all__ = [
    "CannotMove",
    "LastPhase",
    "NoDuration",
    "NotAhead",
    "WrongPlace",
    "add_phase",
    "change_phases",
    "change_process",
    "defer",
    "move",
    "move_many",
    "place_phase",
    "remove_phase",
    "resume",
    "run_due",
    "set_follow_up",
    "set_reminder_text",
    "use_standard_text",
]
