"""Lines for the operator: JSON in production, readable on a laptop; never a name or an address."""

import logging
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
]
# Django says the path of what was not found, and axes says who failed to log in: the first may hold
# a token, the second is a name. Our own line per request and the table of axes tell the same safely.
QUIET = {"django.request": "ERROR", "django.security": "ERROR", "axes": "ERROR"}


def config(*, as_json: bool, level: str) -> dict[str, Any]:
    """Return what `logging.config.dictConfig` wants to know."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": _formatter, "as_json": as_json}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django brings handlers of its own; everything leaves by ours.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            **{name: {"level": lowest} for name, lowest in QUIET.items()},
        },
    }


def _formatter(*, as_json: bool) -> logging.Formatter:
    # A traceback shows the lines of our code, never the values that were at hand: those are names
    # and addresses more often than not, and structlog would print them all.
    last: list[Any] = [
        structlog.dev.ConsoleRenderer(
            colors=False, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
        )
    ]
    if as_json:
        frames = ExceptionDictTransformer(show_locals=False)
        last = [structlog.processors.ExceptionRenderer(frames), structlog.processors.JSONRenderer()]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
