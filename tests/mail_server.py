"""A real mail server on loopback, which answers what the test says and keeps what arrives."""

import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

HANG_UP = "hang up"


@dataclass
class Sink:
    """What the server does: takes every letter, unless something else stands next in `answers`."""

    # For the answer to a letter: a line, or HANG_UP to take it and fall silent.
    answers: list[str] = field(default_factory=list)
    # For receivers that are refused, the line that says so.
    refused: dict[str, str] = field(default_factory=dict)
    arrived: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    logins: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer == HANG_UP or answer.startswith("250"):
            self.arrived.append(message_from_bytes(envelope.content, policy=default))
            self.recipients += envelope.rcpt_tos
        if answer == HANG_UP:
            server.transport.abort()
        return answer

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    def authenticate(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        user = data.login.decode()
        self.logins.append(user)
        return AuthResult(success=data.password == b"right", handled=False)


@contextmanager
def mail_server(answers: Sequence[str] = (), **options: Any) -> Iterator[Sink]:
    """Run a server while the block lasts; `options` are those of aiosmtpd."""
    sink = Sink(answers=list(answers), port=free_port())
    if options.get("auth_required"):
        options["authenticator"] = sink.authenticate
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    # It would write down every line it hears.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
