"""
What stops the start: a value that cannot be meant, and in production an insecure one, each with a
sentence that says what to set.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from babel.numbers import list_currencies
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from lotse.kernel.addresses import email_of
from lotse.records.outbox.mail.letters import Sender
from lotse.records.outbox.mail.smtp import Server

KEY_LENGTH = 50
KEY_VARIETY = 10
ZONE = "set it to the name of a time zone, for example Europe/Berlin."


@register(Tags.security)
def sound_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Look at the settings as they are."""
    return [*malformed(settings), *insecure(settings)]


def refuse_unsound() -> None:
    """
    Stop a web server that was started without our commands, which look by themselves.

    :raises ImproperlyConfigured: if a value is malformed or insecure
    """
    found = [str(message.msg) for message in (*malformed(settings), *insecure(settings))]
    if found:
        raise ImproperlyConfigured(" ".join(found))


def malformed(values: Any) -> Iterator[CheckMessage]:
    """Yield the settings that say nothing Lotse could work with, wherever it runs."""
    if not _can(ZoneInfo, values.HOME_ZONE):
        yield _error(11, f'LOTSE_ZONE is "{values.HOME_ZONE}": {ZONE}')
    if not _can(ZoneInfo, values.FOLLOW_UP_ZONE):
        yield _error(12, f'LOTSE_FOLLOW_UP_ZONE is "{values.FOLLOW_UP_ZONE}": {ZONE}')
    if not _can(time.fromisoformat, values.FOLLOW_UP_TIME):
        yield _error(
            13,
            f'LOTSE_FOLLOW_UP_TIME is "{values.FOLLOW_UP_TIME}": set it to hours and minutes, for '
            "example 07:00.",
        )
    if values.HOME_COUNTRY not in phonenumbers.SUPPORTED_REGIONS:
        yield _error(
            14,
            f'LOTSE_COUNTRY is "{values.HOME_COUNTRY}": set it to the two letters of a country, for '
            "example DE.",
        )
    if values.CURRENCY not in list_currencies():
        yield _error(
            15,
            f'LOTSE_CURRENCY is "{values.CURRENCY}": set it to the three letters of a currency, for '
            "example EUR.",
        )
    if not values.BASE_URL.startswith(("http://", "https://")):
        yield _error(
            16,
            f'LOTSE_URL is "{values.BASE_URL}": set it to the address people use, beginning with '
            "http:// or https://.",
        )
    if values.SMTP_URL and not _can(Server.read, values.SMTP_URL):
        # The address is not repeated: it holds a password.
        yield _error(
            17,
            "LOTSE_SMTP_URL is no address of a mail server: set it to "
            "smtp://user:password@host:587?starttls=1 or smtps://user:password@host, with the signs "
            "@ : / in user and password written as %40 %3A %2F.",
        )
    local, _, domain = Sender.read(values.MAIL_FROM).address.partition("@")
    if not local or not domain:
        yield _error(
            18,
            f'LOTSE_MAIL_FROM is "{values.MAIL_FROM}": set it to a name and an address, for example '
            "Lotse <lotse@example.com>.",
        )
    if values.MAIL_BOUNCES and not email_of(values.MAIL_BOUNCES):
        yield _error(
            19,
            f'LOTSE_MAIL_BOUNCES is "{values.MAIL_BOUNCES}": set it to the address that what cannot '
            "be delivered comes back to, for example bounces@example.com.",
        )


def _can(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return False
    return True


def insecure(values: Any) -> Iterator[CheckMessage]:
    """Yield what must not be so in production; a laptop may have any of it."""
    if values.MODE != "production":
        return

    key = _secret_key(values)
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY:
        yield _error(
            2,
            f"LOTSE_SECRET_KEY is missing or easily guessed: set it to at least {KEY_LENGTH} random "
            'characters, for example by python3 -c "import secrets; print(secrets.token_urlsafe(64))".',
        )
    if not values.ALLOWED_HOSTS or "*" in values.ALLOWED_HOSTS:
        yield _error(
            3,
            "LOTSE_HOSTS is missing or open to all: set it to the names under which Lotse is reached, "
            "separated by commas, for example lotse.example.com.",
        )
    if not values.BASE_URL.startswith("https://"):
        yield _error(
            4,
            "LOTSE_URL is missing or not encrypted: set it to the address people use, beginning with "
            "https://, for example https://lotse.example.com.",
        )
    if values.DEBUG:
        yield _error(5, "LOTSE_DEBUG is on, and would show secrets to visitors: set it to 0.")


def _secret_key(values: Any) -> str:
    # Django refuses to hand out an empty key, with a sentence that does not name our setting.
    try:
        return str(values.SECRET_KEY)
    except ImproperlyConfigured:
        return ""


def _error(number: int, sentence: str) -> Error:
    return Error(sentence, id=f"lotse.E{number:03}")
