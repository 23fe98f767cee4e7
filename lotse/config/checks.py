"""What stops the start in production: each insecure value with a sentence that says what to set."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

MODES = {"laptop", "production"}
KEY_LENGTH = 50
KEY_VARIETY = 10


@register(Tags.security)
def secure_in_production(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Look at the settings as they are."""
    return list(insecure(settings))


def refuse_insecure() -> None:
    """
    Stop a web server that was started without our commands, which look by themselves.

    :raises ImproperlyConfigured: if a value is insecure
    """
    found = [str(message.msg) for message in insecure(settings)]
    if found:
        raise ImproperlyConfigured(" ".join(found))


def insecure(values: Any) -> Iterator[CheckMessage]:
    """Yield what is wrong with these settings; on a laptop only an unknown mode is."""
    if values.MODE not in MODES:
        yield _error(1, f'LOTSE_MODE is "{values.MODE}": set it to "laptop" or "production".')
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
