"""What can be done in this stage; called through it: `assignment.distribute(...)`."""

from lotse.stages.assignment.services.deciding import Answer, ask_by_rules
from lotse.stages.assignment.services.handing import (
    CannotHold,
    CaseClosed,
    NothingToDistribute,
    assign,
    distribute,
    to_pool,
)
from lotse.stages.assignment.services.keeping import (
    delete_rule,
    move_rule,
    place_rule,
    save_rule,
    switch_rule,
)
from lotse.stages.assignment.services.leaving import (
    Departure,
    Leaving,
    count_open,
    count_work_of,
    deactivate,
    pass_over,
)

__all__ = [
    "Answer",
    "CannotHold",
    "CaseClosed",
    "Departure",
    "Leaving",
    "NothingToDistribute",
    "ask_by_rules",
    "assign",
    "count_open",
    "count_work_of",
    "deactivate",
    "delete_rule",
    "distribute",
    "move_rule",
    "pass_over",
    "place_rule",
    "save_rule",
    "switch_rule",
    "to_pool",
]
