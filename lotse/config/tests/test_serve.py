"""That `lotse serve` brings everything up, keeps it up, and leaves nothing behind."""

import http.client
import os
import signal
import socket
from pathlib import Path

import pytest

from lotse.config.tests.command import Served
from tests import databases

pytestmark = [
    pytest.mark.races,
    pytest.mark.skipif(databases.on_postgres(), reason="brings a database of its own"),
]

UP = r"Booting worker with pid: (\d+)"


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_the_first_start_prints_the_address_and_a_link_for_the_administrator(
    tmp_path: Path,
) -> None:
    with Served(tmp_path, "--workers", "1") as lotse:
        lotse.hear(rf"Lotse is on http://127\.0\.0\.1:{lotse.port}\.")
        path = lotse.hear(rf"http://127\.0\.0\.1:{lotse.port}(/first/\S+)")
        lotse.hear(UP)

        assert status(lotse.port, "/healthz") == 200
        assert status(lotse.port, path) == 200
        assert status(lotse.port, "/first/made-up/") == 404

        lotse.process.send_signal(signal.SIGTERM)
        lotse.hear_out()
        assert lotse.process.wait() == 0
        assert path not in lotse.said.replace(f":{lotse.port}{path}", "", 1)


def test_ctrl_c_stops_everything_in_order(tmp_path: Path) -> None:
    with Served(tmp_path, "--workers", "2") as lotse:
        lotse.hear(UP)
        lotse.hear(UP)

        lotse.process.send_signal(signal.SIGINT)
        lotse.hear_out()

        assert lotse.process.wait() == 0
        assert "Shutting down: Master" in lotse.said
        assert "Traceback" not in lotse.said


def test_what_is_killed_is_started_again(tmp_path: Path) -> None:
    with Served(tmp_path, "--workers", "1") as lotse:
        web = lotse.hear(r"web started, process (\d+)")
        worker = lotse.hear(r"worker started, process (\d+)")
        lotse.hear(UP)

        os.kill(int(worker), signal.SIGKILL)
        assert lotse.hear(r"worker started, process (\d+)") != worker

        os.kill(int(web), signal.SIGKILL)
        assert lotse.hear(r"web started, process (\d+)") != web
        inside = lotse.hear(UP)
        assert status(lotse.port, "/healthz") == 200

        os.kill(int(inside), signal.SIGKILL)
        assert lotse.hear(UP) != inside
        assert status(lotse.port, "/healthz") == 200


def test_what_dies_again_and_again_is_started_after_growing_waits(tmp_path: Path) -> None:
    with Served(tmp_path, "--no-worker", GUNICORN_CMD_ARGS="--no-such-option") as lotse:
        waits = [
            float(lotse.hear(r"web ended with \d+, starting again in ([\d.]+) s")) for _ in "123"
        ]

        assert waits == [0.5, 1.0, 2.0]
        lotse.process.send_signal(signal.SIGTERM)
        lotse.hear_out()
        assert lotse.process.wait() == 0


def test_the_children_of_a_parent_that_was_killed_end_by_themselves(tmp_path: Path) -> None:
    with Served(tmp_path, "--workers", "2") as lotse:
        lotse.hear(UP)
        lotse.hear(UP)

        lotse.process.kill()
        lotse.process.wait()
        # The stream ends when the last process that holds it is gone.
        lotse.hear_out()

        with pytest.raises(ConnectionRefusedError):
            status(lotse.port, "/healthz")


def test_a_port_that_is_taken_is_said_before_anything_is_changed(tmp_path: Path) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = str(door.getsockname()[1])
        with Served(tmp_path, "--port", port) as lotse:
            lotse.hear(f"Port {port} is taken; choose another one with --port")
            lotse.hear_out()
            assert lotse.process.wait() != 0
        assert not (tmp_path / "static").exists()


def test_more_threads_than_make_sense_are_refused(tmp_path: Path) -> None:
    with Served(tmp_path, "--threads", "1000") as lotse:
        lotse.hear("--threads must be between 1 and 64")
        lotse.hear_out()
        assert lotse.process.wait() != 0
