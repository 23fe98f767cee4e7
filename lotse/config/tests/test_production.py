"""That an insecure value stops the start in production, with a sentence that says what to set."""

import secrets
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lotse.config.checks import insecure
from lotse.config.tests.command import environment, lotse

SOUND = {
    "MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": ["lotse.example.com"],
    "BASE_URL": "https://lotse.example.com",
    "DEBUG": False,
}
ENVIRONMENT = {
    "LOTSE_MODE": "production",
    "LOTSE_SECRET_KEY": secrets.token_urlsafe(64),
    "LOTSE_HOSTS": "lotse.example.com",
    "LOTSE_URL": "https://lotse.example.com",
}


def complaints(**changes: Any) -> list[str]:
    return [str(m.msg).split()[0] for m in insecure(SimpleNamespace(**{**SOUND, **changes}))]


def test_sound_settings_have_no_complaint() -> None:
    assert complaints() == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "LOTSE_SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "LOTSE_SECRET_KEY"),
        ({"SECRET_KEY": "ab" * 40}, "LOTSE_SECRET_KEY"),
        ({"ALLOWED_HOSTS": []}, "LOTSE_HOSTS"),
        ({"ALLOWED_HOSTS": ["lotse.example.com", "*"]}, "LOTSE_HOSTS"),
        ({"BASE_URL": "http://lotse.example.com"}, "LOTSE_URL"),
        ({"DEBUG": True}, "LOTSE_DEBUG"),
        ({"MODE": "prodution"}, "LOTSE_MODE"),
    ],
)
def test_each_insecure_value_is_named(changes: dict[str, Any], named: str) -> None:
    assert complaints(**changes) == [named]


def test_a_laptop_may_have_any_of_them() -> None:
    assert (
        complaints(MODE="laptop", SECRET_KEY="", ALLOWED_HOSTS=["*"], BASE_URL="", DEBUG=True) == []
    )


@pytest.mark.parametrize("command", [["migrate"], ["serve"], ["work", "--once"]])
def test_no_command_starts_with_insecure_defaults(command: list[str], tmp_path: Path) -> None:
    ended = lotse(*command, home=tmp_path, LOTSE_MODE="production")

    assert ended.returncode != 0
    for name in ("LOTSE_SECRET_KEY", "LOTSE_HOSTS", "LOTSE_URL"):
        assert name in ended.stderr
    with sqlite3.connect(tmp_path / "lotse.sqlite3") as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_a_web_server_of_somebody_else_does_not_start_either(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import lotse.config.wsgi"],
        env=environment(tmp_path, LOTSE_MODE="production"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode != 0
    assert "LOTSE_SECRET_KEY" in ended.stderr


def test_djangos_own_check_for_deployment_finds_nothing(tmp_path: Path) -> None:
    ended = lotse("check", "--deploy", "--fail-level", "WARNING", home=tmp_path, **ENVIRONMENT)

    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout
