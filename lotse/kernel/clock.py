"""The only place that asks the system for the time; the doors call it, all else takes `now`."""

from datetime import UTC, datetime


def read() -> datetime:
    """Return this moment in UTC, to the microsecond."""
    return datetime.now(UTC)
