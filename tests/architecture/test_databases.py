"""That the tests run where they say they run."""

import socket

import pytest
from django.conf import settings
from django.db import connection

from lotse.records.people.models import Team
from tests import databases


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for() -> None:
    wanted = "postgresql" if databases.on_postgres() else "sqlite"
    assert connection.vendor == wanted


@pytest.mark.django_db
def test_rows_can_be_written_and_read() -> None:
    Team.objects.create(name="South")
    assert Team.objects.get().name == "South"


@pytest.mark.django_db
@pytest.mark.skipif(databases.on_postgres(), reason="a question about SQLite")
def test_sqlite_is_a_file_that_lets_readers_go_on_while_one_writes() -> None:
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()
    assert journal == ("wal",)
    assert str(connection.settings_dict["NAME"]).startswith(str(databases.folder()))


def test_what_the_tests_write_goes_into_a_folder_of_their_own() -> None:
    assert databases.home() == settings.HOME


def test_a_connection_to_elsewhere_is_refused() -> None:
    with socket.socket() as outgoing, pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        outgoing.connect(("192.0.2.1", 80))
