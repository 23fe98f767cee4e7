"""That each request leaves one line, with a number and nobody's name or address."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from lotse.config import logs
from lotse.kernel import clock
from lotse.records.people.models import User


@pytest.fixture(params=[True, False], ids=["json", "text"])
def any_lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    yield from _collected(as_json=request.param)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Collect what would go to the operator in production."""
    yield from _collected(as_json=True)


def _collected(*, as_json: bool) -> Iterator[io.StringIO]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs._formatter(as_json=as_json))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def told(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_request_leaves_one_line_with_what_an_operator_asks_for(
    client: Client, lines: io.StringIO
) -> None:
    user = User.objects.create_user("jana@example.com", name="Jana", created_at=clock.read())
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get(
        "/nowhere/jana@example.com/?q=Petersen", headers={"X-Request-ID": "abcdef-12"}
    )

    (line,) = [one for one in told(lines) if one["event"] == "request"]
    assert line["request"] == answer.headers["X-Request-ID"] == "abcdef-12"
    assert (line["method"], line["status"]) == ("GET", answer.status_code)
    assert line["ms"] >= 0
    assert line["queries"] >= 0
    assert "jana" not in lines.getvalue().lower()
    assert "Petersen" not in lines.getvalue()


def test_a_forged_number_is_replaced(client: Client, lines: io.StringIO) -> None:
    answer = client.get("/nowhere", headers={"X-Request-ID": 'x" status=200'})

    assert '"' not in answer.headers["X-Request-ID"]
    assert len(answer.headers["X-Request-ID"]) == 16


def test_static_files_leave_no_line(client: Client, lines: io.StringIO) -> None:
    client.get("/static/nothing.css")

    assert lines.getvalue() == ""


def test_a_line_written_during_the_request_bears_its_number(lines: io.StringIO) -> None:
    import structlog  # noqa: PLC0415

    with structlog.contextvars.bound_contextvars(request="abcdef-12"):
        logging.getLogger("lotse.somewhere").warning("case %s stumbled", 7)

    (line,) = told(lines)
    assert (line["request"], line["event"], line["level"]) == (
        "abcdef-12",
        "case 7 stumbled",
        "warning",
    )


def test_a_traceback_shows_lines_of_code_but_no_values(any_lines: io.StringIO) -> None:
    def greet(person: str) -> None:
        raise LookupError("no such phase")

    try:
        greet("jana" + "@" + "example.com")
    except LookupError:
        logging.getLogger("lotse.somewhere").exception("stumbled")

    assert "greet" in any_lines.getvalue()
    assert "no such phase" in any_lines.getvalue()
    assert "jana@example.com" not in any_lines.getvalue()
