"""That any command may be the first one in a new home, and none changes tables behind one's back."""

import json
import sqlite3
from pathlib import Path

import pytest

from lotse.config.tests.command import lotse
from tests import databases

pytestmark = pytest.mark.skipif(databases.on_postgres(), reason="brings a database of its own")


def test_importing_is_possible_in_a_home_where_nothing_is_yet(tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("Name;E-Mail\nAnke Roth;roth@firma.example\n")

    done = lotse("import", str(file), "--json", home=tmp_path / "home")

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["rows"], told["cases"]) == (1, 1)


def test_older_tables_are_left_alone_and_it_is_said_what_to_do(tmp_path: Path) -> None:
    assert lotse("work", "--once", home=tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "lotse.sqlite3") as tables:
        tables.execute("DELETE FROM django_migrations WHERE app = 'outbox'")

    refused = lotse("work", "--once", home=tmp_path)

    assert refused.returncode == 1
    assert "run lotse migrate" in refused.stderr
    assert "Traceback" not in refused.stderr
