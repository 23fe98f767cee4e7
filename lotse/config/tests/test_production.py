"""That a value stops the start which cannot be meant, and in production an insecure one; each is named."""

import secrets
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lotse.config import settings as shipped
from lotse.config.checks import insecure, malformed
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


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"HOME_ZONE": "Berlin"}, "LOTSE_ZONE"),
        ({"HOME_ZONE": "../etc"}, "LOTSE_ZONE"),
        ({"FOLLOW_UP_ZONE": ""}, "LOTSE_FOLLOW_UP_ZONE"),
        ({"FOLLOW_UP_TIME": "7 o'clock"}, "LOTSE_FOLLOW_UP_TIME"),
        ({"FOLLOW_UP_TIME": "25:00"}, "LOTSE_FOLLOW_UP_TIME"),
        ({"HOME_COUNTRY": "Germany"}, "LOTSE_COUNTRY"),
        ({"CURRENCY": "Euro"}, "LOTSE_CURRENCY"),
        ({"BASE_URL": "lotse.example.com"}, "LOTSE_URL"),
        ({"SMTP_URL": "mail.example.com"}, "LOTSE_SMTP_URL"),
        ({"SMTP_URL": "smtp://jana:ge/heim@mail.example.com"}, "LOTSE_SMTP_URL"),
        ({"MAIL_FROM": "Lotse"}, "LOTSE_MAIL_FROM"),
    ],
)
def test_each_malformed_value_is_named(changes: dict[str, Any], named: str) -> None:
    values = {name: getattr(shipped, name) for name in dir(shipped) if name.isupper()}

    assert [str(m.msg).split()[0] for m in malformed(SimpleNamespace(**values))] == []
    assert [str(m.msg).split()[0] for m in malformed(SimpleNamespace(**{**values, **changes}))] == [
        named
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOTSE_MODE", "prodution"),
        ("LOTSE_DEBUG", "maybe"),
        ("LOTSE_LANGUAGE", "deutsch"),
        ("LOTSE_LOG_LEVEL", "loud"),
        ("LOTSE_DATABASE_URL", "lotse:geheim@db"),
        ("LOTSE_DATABASE_URL", "mysql://lotse:geheim@db/lotse"),
        ("LOTSE_DATABASE_URL", "postgresql://lotse:geheim@db:none/lotse"),
        ("LOTSE_HOME", "/dev/null/lotse"),
        ("LOTSE_SMTP_URL", "smtp.example.com:geheim"),
        ("LOTSE_ZONE", "Berlin"),
    ],
)
def test_a_command_ends_with_one_sentence_about_it(name: str, value: str, tmp_path: Path) -> None:
    ended = lotse("work", "--once", home=tmp_path, **{name: value})

    assert ended.returncode != 0
    assert name in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "geheim" not in ended.stderr


def test_a_web_server_of_somebody_else_says_it_too(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import lotse.config.wsgi"],
        env=environment(tmp_path, LOTSE_FOLLOW_UP_TIME="late"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode != 0
    assert "LOTSE_FOLLOW_UP_TIME" in ended.stderr
