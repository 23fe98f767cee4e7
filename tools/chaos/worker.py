"""
One worker process: `lotse work` as it is, on a clock that can be put forward, perhaps to die at a commit.

Run as `python -m tools.chaos.worker`; the environment says how.
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

# The file that says how far ahead the clock is, in seconds.
CLOCK = "CHAOS_CLOCK"
# At which commit to die, see tests.killing; none: it lives.
DIES_AT = "CHAOS_DIES_AT"
SABOTAGE = "CHAOS_SABOTAGE"


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from lotse.kernel import clock  # noqa: PLC0415
    from tests.killing import Steps  # noqa: PLC0415

    hands, real = Path(os.environ[CLOCK]), clock.read
    clock.read = lambda: real() + ahead(hands)
    if sabotage := os.environ.get(SABOTAGE):
        SABOTAGES[sabotage]()
    if step := os.environ.get(DIES_AT):
        Steps(last=int(step)).watch()
    sys.stdout.write("up\n")
    sys.stdout.flush()
    call_command("work")


def ahead(hands: Path) -> timedelta:
    """Return how far the clock goes ahead, as a file says."""
    return timedelta(seconds=float(hands.read_text()))


def _doubt_is_forgotten() -> None:
    """Send whatever is in doubt again and again, without noting that it was."""
    from dataclasses import replace  # noqa: PLC0415

    from lotse.records.outbox import rules  # noqa: PLC0415

    honest = rules.after

    def after(tried: rules.Try, outcome: rules.Outcome, *, now: datetime) -> rules.Next:
        return replace(honest(tried, outcome, now=now), resent=0)

    rules.after = after


def _mails_are_dropped() -> None:
    """Say of one mail in twenty that it was sent, and do not send it."""
    from lotse.records.outbox.mail.letters import Letter  # noqa: PLC0415
    from lotse.records.outbox.mail.smtp import Answer, SmtpTransport  # noqa: PLC0415
    from lotse.records.outbox.rules import Outcome  # noqa: PLC0415

    honest, count = SmtpTransport.send, 0

    def send(self: SmtpTransport, letter: Letter) -> Answer:
        nonlocal count
        count += 1
        return honest(self, letter) if count % 20 else Answer(Outcome.SENT, "250 dropped")

    SmtpTransport.send = send  # type: ignore[method-assign]


SABOTAGES: dict[str, Callable[[], None]] = {
    "forget-doubt": _doubt_is_forgotten,
    "drop": _mails_are_dropped,
}

if __name__ == "__main__":
    main()
