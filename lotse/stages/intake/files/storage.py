"""Keeps the bytes of imported files in Lotse's folder, each file once, under what its bytes add up to."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from lotse.stages.intake.files import refusals
from lotse.stages.intake.files.kinds import MOST_BYTES
from lotse.stages.intake.files.refusals import Refused

CHUNK = 1 << 20


@dataclass(frozen=True)
class Kept:
    file_hash: str
    size: int
    path: Path


def keep(chunks: Iterable[bytes]) -> Kept:
    """
    Write a file into the folder, under its hash; the same bytes again are the same file.

    :raises Refused: if there are more bytes than an import may have
    """
    folder = settings.HOME / "files"
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder, prefix="taking-")
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise Refused(refusals.TOO_LARGE, limit=MOST_BYTES // 1024 // 1024)
                digest.update(chunk)
                out.write(chunk)
        path = path_of(digest.hexdigest())
        path.parent.mkdir(exist_ok=True)
        # In place at once or not at all: a crash leaves no half file under a whole one's name.
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return Kept(digest.hexdigest(), size, path)


def path_of(file_hash: str) -> Path:
    """Return where a file of this hash is kept."""
    return Path(settings.HOME) / "files" / file_hash[:2] / file_hash


def chunks_of(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
