"""
What `lotse serve` starts: the web server or the worker, which ends when its parent is gone.

Usage: python -m lotse.config.child PARENT web|work [ARGUMENTS]
"""

import os
import signal
import sys
import threading
import time

LOOK_EVERY = 1.0


def main() -> None:
    parent, what, *arguments = sys.argv[1:]
    end_with(int(parent))
    if what == "web":
        from gunicorn.app.wsgiapp import run  # noqa: PLC0415

        sys.argv = ["gunicorn", "--config", "python:lotse.config.gunicorn", *arguments]
        sys.exit(run())

    from lotse.config.cli import main as lotse  # noqa: PLC0415

    lotse(["work", *arguments])


def end_with(parent: int) -> None:
    """Ask ourselves to finish as soon as the parent is gone, even if it was killed."""

    # A parent that was killed tells nobody, and not every system can be asked to tell. That our
    # parent's number changed is seen everywhere.
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()


if __name__ == "__main__":
    main()
