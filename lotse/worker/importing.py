"""Reads uploaded files batch by batch, beside everything else the worker does."""

from datetime import datetime

from lotse.stages.intake.files.running import BATCH, Run, TakenOver, claim_due


class Importer:
    """One turn imports one batch; the file stays open between turns."""

    def __init__(self, *, batch: int = BATCH) -> None:
        self._batch = batch
        self._run: Run | None = None

    def __call__(self, *, now: datetime) -> datetime | None:
        if self._run is None:
            one = claim_due(now=now)
            if one is None:
                return None
            self._run = Run(one, batch=self._batch)
        run, self._run = self._run, None
        try:
            batch = run.step(now=now)
        except TakenOver:
            return now
        # Only a run that went well is gone on with: after a failure its file is further than its place.
        if not batch.is_last:
            self._run = run
        return now
