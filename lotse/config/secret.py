"""The secret key of a laptop: made once, kept in a file that only its owner reads."""

import os
import secrets
import tempfile
from pathlib import Path


def read_or_make(path: Path) -> str:
    """Return the key in the file; make it first if there is none."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        _make(path)
        return path.read_text().strip()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Made under another name, with rights for its owner alone, and only then given its own.
    number, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    mine = Path(name)
    with os.fdopen(number, "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        # Web and worker may start together: the first to link its file wins, complete or not at all.
        os.link(mine, path)
    except FileExistsError:
        pass
    finally:
        mine.unlink()
