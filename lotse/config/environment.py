"""Reads settings from the environment; what cannot be read is named, and how it should look."""

import os
from collections.abc import Collection
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_flag(name: str, *, default: bool) -> bool:
    """
    Read a switch.

    :raises ImproperlyConfigured: if it says neither yes nor no
    """
    said = env(name, "1" if default else "0").strip().lower()
    if said not in YES | NO:
        raise ImproperlyConfigured(f'{name} is "{said}": set it to 1 or 0.')
    return said in YES


def env_choice(name: str, default: str, choices: Collection[str]) -> str:
    """
    Read one of a few words, written in capitals or not.

    :raises ImproperlyConfigured: if it is another
    """
    said = env(name, default).strip()
    for choice in choices:
        if said.lower() == choice.lower():
            return choice
    raise ImproperlyConfigured(f'{name} is "{said}": set it to one of {", ".join(choices)}.')


def env_database(name: str, default: str) -> dict[str, Any]:
    """
    Read the address of a database as Django wants it.

    :raises ImproperlyConfigured: if it is none
    """
    # Nothing of the address is repeated: it holds a password.
    sentence = (
        f"{name} is no address of a database: set it to postgresql://user:password@host/name or "
        "sqlite:////path/to/file."
    )
    try:
        found = dict(
            dj_database_url.parse(env(name, default), conn_max_age=600, conn_health_checks=True)
        )
    except ValueError as why:
        raise ImproperlyConfigured(sentence) from why
    if not found.get("NAME") or not str(found["ENGINE"]).endswith((".postgresql", ".sqlite3")):
        raise ImproperlyConfigured(sentence)
    return found
