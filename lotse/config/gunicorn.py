"""How the web server runs; `lotse serve` adds address and numbers, GUNICORN_CMD_ARGS has the last word."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings

wsgi_app = "lotse.config.wsgi"
worker_class = "gthread"
# The application is loaded once and shared; it opens connections and threads only when asked.
preload_app = True

# A request that takes longer holds a thread for nothing: the browser has given up.
timeout = 60
graceful_timeout = 25
keepalive = 5
# A leak in a library stays small.
max_requests = 20_000
max_requests_jitter = 2_000
# The sign of life must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# Nobody else talks to this server; `lotse serve` starts and stops it.
control_socket_disable = True

# Our own line per request says more than the one of gunicorn, and no address.

logconfig_dict = {
    **settings.LOGGING,
    "loggers": {
        **settings.LOGGING["loggers"],
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": True},
    },
}


def child_exit(server: Any, worker: Any) -> None:
    """Let the numbers of a process that ended count on, but not its gauges."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
