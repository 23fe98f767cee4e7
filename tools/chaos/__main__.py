"""The command: makes a place of its own, lives through the day there, and says what it counted."""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.chaos.worker import SABOTAGES


def main() -> None:
    wanted = _arguments()
    with (
        tempfile.TemporaryDirectory(prefix="lotse-chaos-") as home,
        _database(wanted.database, Path(home)) as url,
    ):
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "lotse.config.settings",
            "LOTSE_HOME": home,
            "LOTSE_DATABASE_URL": url,
            "LOTSE_LOG_LEVEL": "ERROR",
            "LOTSE_MAIL_FROM": "Lotse <lotse@chaos.example>",
        }
        import django  # noqa: PLC0415

        django.setup()
        from tools.chaos.day import live  # noqa: PLC0415

        counted = live(
            mails=wanted.mails,
            kills=wanted.kills,
            rng=random.Random(wanted.seed),
            home=Path(home),
            sabotage=wanted.sabotage,
        )
    print(f"{wanted.database}, seed {wanted.seed}: {counted.more()}")
    print(counted)
    sys.exit(not counted.is_good)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.chaos", description=__doc__)
    parser.add_argument("database", choices=["sqlite", "postgres"])
    parser.add_argument("--mails", type=int, default=3000, help="reminders that are due")
    parser.add_argument("--kills", type=int, default=20, help="how often a worker is killed")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument(
        "--sabotage",
        choices=sorted(SABOTAGES),
        default="",
        help="break a rule on purpose, to see that it is noticed",
    )
    return parser.parse_args()


@contextmanager
def _database(kind: str, home: Path) -> Iterator[str]:
    """Give an empty database that is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{home}/lotse.sqlite3"
        return
    import psycopg  # noqa: PLC0415

    from tests import databases  # noqa: PLC0415

    os.environ["LOTSE_TEST_DB"] = kind
    server, name = databases.url(), f"lotse_chaos_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield databases.url_of(name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    main()
