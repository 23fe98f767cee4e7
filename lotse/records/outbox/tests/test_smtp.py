"""Letters over real SMTP: what arrived, what surely did not, and what nobody knows."""

import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from lotse.records.outbox.mail.letters import Letter
from lotse.records.outbox.mail.smtp import Server, SmtpTransport
from lotse.records.outbox.rules import Outcome
from tests.certificates import make_certificate
from tests.mail_server import HANG_UP, Sink, mail_server

DOTS = b"Subject: dots\r\n\r\n.\r\n..two\r\n.one\r\n"


def letter(to: str = "ole@dressler.example", data: bytes = DOTS) -> Letter:
    return Letter("lotse@brise.example", to, data)


@contextmanager
def transport_to(sink: Sink, **more: Any) -> Iterator[SmtpTransport]:
    context = more.pop("context", None)
    server = Server(host="127.0.0.1", port=sink.port, **more)
    with closing(SmtpTransport(server, name="brise.example", patience=5, context=context)) as open_:
        yield open_


def test_a_letter_arrives_as_it_was_written_and_the_connection_is_kept() -> None:
    with mail_server() as sink, transport_to(sink) as transport:
        answers = [transport.send(letter()) for _ in range(3)]

    assert [a.outcome for a in answers] == [Outcome.SENT] * 3
    assert sink.arrived[0].get_content().splitlines() == [".", "..two", ".one"]
    assert (len(sink.arrived), sink.connections) == (3, 1)


def test_refused_for_good_or_for_now_it_says_which_and_the_next_letter_goes_on() -> None:
    with mail_server(["554 no", "451 later"]) as sink, transport_to(sink) as transport:
        sink.refused = {"gone@dressler.example": "550 no such user"}
        answers = [
            transport.send(letter(to)) for to in ("gone@dressler.example", *["o@x.example"] * 3)
        ]

    assert [(a.outcome, a.text[:3]) for a in answers] == [
        (Outcome.REFUSED, "550"), (Outcome.REFUSED, "554"), (Outcome.LATER, "451"),
        (Outcome.SENT, "250"),
    ]  # fmt: skip
    assert sink.connections == 1
    assert not any(a.is_down for a in answers)


def test_silence_after_the_end_is_a_doubt() -> None:
    with mail_server([HANG_UP]) as sink, transport_to(sink) as transport:
        first, second = transport.send(letter()), transport.send(letter())

    assert (first.outcome, second.outcome) == (Outcome.UNKNOWN, Outcome.SENT)
    assert len(sink.arrived) == 2


def test_a_connection_that_was_closed_while_it_rested_is_opened_anew() -> None:
    with mail_server() as first, transport_to(first) as transport:
        transport.send(letter())
        connection = transport._connection
        assert connection is not None
        assert connection.sock is not None
        connection.sock.close()

        assert transport.send(letter()).outcome == Outcome.SENT

    assert len(first.arrived) == 2


def test_nobody_there_is_said_so_that_others_need_not_be_tried() -> None:
    with mail_server() as sink:
        pass
    with transport_to(sink) as transport:
        answer = transport.send(letter())

    assert (answer.outcome, answer.is_down) == (Outcome.LATER, True)


def test_it_encrypts_and_logs_in(tmp_path: Path) -> None:
    here, theirs = make_certificate(tmp_path)
    with mail_server(
        require_starttls=True, tls_context=theirs, auth_required=True
    ) as sink, transport_to(
        sink, starttls=True, user="lotse", password="right", context=here
    ) as transport:  # fmt: skip
        answer = transport.send(letter())

    assert answer.outcome == Outcome.SENT
    assert sink.logins == ["lotse"]


def test_a_wrong_password_is_trouble_with_the_server_not_with_the_letter(tmp_path: Path) -> None:
    here, theirs = make_certificate(tmp_path)
    with mail_server(
        require_starttls=True, tls_context=theirs, auth_required=True
    ) as sink, transport_to(
        sink, starttls=True, user="lotse", password="wrong", context=here
    ) as transport:  # fmt: skip
        answer = transport.send(letter())

    assert (answer.outcome, answer.is_down, sink.arrived) == (Outcome.LATER, True, [])


def test_a_server_nobody_vouches_for_gets_neither_password_nor_letter(tmp_path: Path) -> None:
    _, theirs = make_certificate(tmp_path)
    with mail_server(require_starttls=True, tls_context=theirs) as sink, transport_to(
        sink, starttls=True, user="lotse", password="right", context=ssl.create_default_context()
    ) as transport:  # fmt: skip
        answer = transport.send(letter())

    assert (answer.outcome, answer.is_down) == (Outcome.LATER, True)
    assert (sink.logins, sink.arrived) == ([], [])


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.brise.example", Server("mail.brise.example", 25)),
        ("smtps://mail.brise.example", Server("mail.brise.example", 465, tls=True)),
        (
            "smtp://lotse%40brise.example:p%3Aw@mail.brise.example:587?starttls=1",
            Server("mail.brise.example", 587, "lotse@brise.example", "p:w", starttls=True),
        ),
    ],
)
def test_a_server_is_read_from_its_address(url: str, server: Server) -> None:
    assert Server.read(url) == server


@pytest.mark.parametrize("url", ["mail.brise.example", "http://mail.brise.example", "smtp://"])
def test_anything_else_is_no_server(url: str) -> None:
    with pytest.raises(ValueError, match="LOTSE_SMTP_URL"):
        Server.read(url)
