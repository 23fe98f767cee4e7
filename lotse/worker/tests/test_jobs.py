"""When jobs that take batches want their next turn."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotse.worker.jobs import BATCH, JOBS, as_long_as_any, batch_by_batch
from lotse.worker.loop import GATHERING, Job
from tests.world import World

# What a job may ask the database each second, with nothing to do.
MOST = 6
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "wants"),
    [(0, None), (1, NOW + GATHERING), (BATCH - 1, NOW + GATHERING), (BATCH, NOW)],
)
def test_a_full_batch_means_more_at_once_and_a_small_one_lets_some_gather(
    count: int, wants: datetime | None
) -> None:
    work = batch_by_batch(lambda *, now, limit: min(count, limit))

    assert work(now=NOW) == wants


@pytest.mark.parametrize(("count", "wants"), [(0, None), (3, NOW)])
def test_a_task_without_batches_is_asked_again_at_once(count: int, wants: datetime | None) -> None:
    work = as_long_as_any(lambda *, now: count)

    assert work(now=NOW) == wants


@pytest.mark.django_db
@pytest.mark.parametrize("job", JOBS, ids=lambda job: str(job.name))
def test_an_idle_worker_costs_the_same_however_many_cases_there_are(job: Job) -> None:
    world = World()

    def idle() -> int:
        for other in JOBS:
            other.work(now=world.now)
        with CaptureQueriesContext(connection) as queries:
            job.work(now=world.now)
        return len(queries)

    world.leads_of(world.anna, 2)
    few = idle()
    world.leads_of(world.ben, 40)

    assert idle() == few
    assert few <= MOST
