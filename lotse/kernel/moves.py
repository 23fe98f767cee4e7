"""What a stage answers for a case: wait until a moment, or leave by one of its exits."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Wait:
    """The case stays; look again at this moment, or only when somebody acts (None)."""

    until: datetime | None = None


@dataclass(frozen=True)
class Leave:
    """The case goes on by this exit; what lies behind it, lifecycle/order.py says."""

    by: str


Move = Wait | Leave
