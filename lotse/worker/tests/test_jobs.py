"""When jobs that take batches want their next turn."""

from datetime import UTC, datetime

import pytest

from lotse.worker.jobs import BATCH, as_long_as_any, batch_by_batch
from lotse.worker.loop import GATHERING

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
