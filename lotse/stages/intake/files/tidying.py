"""Deletes files that nothing needs any more: after thirty days, or when their draft was given up."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from lotse.stages.intake.models import Import

KEPT = timedelta(days=30)
# A file that is being taken in has no import yet.
TAKING = timedelta(hours=1)


def tidy(*, now: datetime) -> None:
    """Forget drafts that nobody went on with, and delete files that no import needs."""
    Import.objects.filter(state=Import.State.DRAFT, created_at__lte=now - KEPT).delete()
    needed = set(
        Import.objects.filter(
            Q(created_at__gt=now - KEPT) | Q(state__in=[Import.State.WAITING, Import.State.RUNNING])
        ).values_list("file_hash", flat=True)
    )
    for path in _files():
        if path.name not in needed and _written_at(path) <= now - TAKING:
            path.unlink(missing_ok=True)


def _files() -> list[Path]:
    folder = Path(settings.HOME) / "files"
    return [path for path in folder.rglob("*") if path.is_file()]


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
