"""The table of everything that the clock starts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from lotse.lifecycle.loop import advance_due
from lotse.stages.acceptance import services as acceptance
from lotse.stages.intake.files import tidying as files
from lotse.stages.process import services as process
from lotse.worker.importing import Importer
from lotse.worker.loop import GATHERING, Job, Work
from lotse.worker.postman import Postman

# So many a turn: the others want theirs, too.
BATCH = 500


def as_long_as_any(task: Callable[..., int]) -> Work:
    """Make a job of a function that says how much it did."""

    def work(*, now: datetime) -> datetime | None:
        return now if task(now=now) else None

    return work


def batch_by_batch(task: Callable[..., int]) -> Work:
    """Make a job of a function that takes at most `limit` and says how many it took."""

    def work(*, now: datetime) -> datetime | None:
        count = task(now=now, limit=BATCH)
        if count < BATCH:
            return now + GATHERING if count else None
        return now

    return work


def every_hour(task: Callable[..., None]) -> Work:
    """Make a job of something that is done once an hour."""

    def work(*, now: datetime) -> datetime | None:
        task(now=now)
        return now + timedelta(hours=1)

    return work


JOBS: tuple[Job, ...] = (
    # Cases that want a look by their stage.
    Job("advance", batch_by_batch(advance_due)),
    # Once a day, a mail for each case that is overdue and wants one.
    Job("follow-up", as_long_as_any(process.run_due)),
    # Files that somebody uploaded, and those whose reader died.
    Job("imports", Importer()),
    # Files that nothing needs any more.
    Job("files", every_hour(files.tidy)),
    # What waits in the outbox.
    Job("mails", Postman()),
    # Cases that somebody took over and did not begin with in time.
    Job("late starts", batch_by_batch(acceptance.tell_of_late_starts)),
)
