"""Hands letters to a mail server over one connection, and knows where it was when something broke."""

import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from lotse.records.outbox.mail.letters import Letter
from lotse.records.outbox.rules import Outcome

# One command may take so long; a window of twenty stays below the lease on it even then.
PATIENCE = 10.0
_LINE_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """What became of one letter; `is_down`: the server can't be reached, others need not be tried."""

    outcome: Outcome
    text: str = ""
    is_down: bool = False


class Transport(Protocol):
    """The edge of the system: takes a letter, says what became of it, and never raises."""

    def send(self, letter: Letter) -> Answer: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Server:
    """A mail server, as set in LOTSE_SMTP_URL: smtp://user:password@host:port?starttls=1, or smtps://."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False

    @classmethod
    def read(cls, url: str) -> "Server":
        """
        Read the address of a server.

        :raises ValueError: if it is none
        """
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError(
                "LOTSE_SMTP_URL is to look like smtp://user:password@host:587?starttls=1"
            )
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if tls else 25),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            starttls=parse_qs(parts.query).get("starttls") in (["1"], ["true"]),
            tls=tls,
        )


class SmtpTransport:
    """One connection, opened when the first letter comes and kept for those that follow."""

    def __init__(
        self,
        server: Server,
        *,
        name: str,
        patience: float = PATIENCE,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server, self._name, self._patience = server, name, patience
        self._trusts = context
        self._connection: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> Answer:
        was_open = self._connection is not None
        answer = self._try(letter)
        # A server hangs up on a connection that was silent for a while: it surely has nothing of
        # this letter, so it is offered once more over a new one.
        if was_open and answer.outcome == Outcome.LATER and self._connection is None:
            answer = self._try(letter)
        return answer

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()

    def _try(self, letter: Letter) -> Answer:
        try:
            connection = self._connection or self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return Answer(Outcome.LATER, _say(error), is_down=True)
        self._connection = connection
        try:
            refused = _announce(connection, letter)
            if refused:
                self._after_refusal(refused)
                return refused
            connection.send(_stuffed(letter.data))
        except (OSError, smtplib.SMTPException) as error:
            # The end was not sent: without it no server takes a letter.
            self._hang_up()
            return Answer(Outcome.LATER, _say(error))
        return self._finish(connection)

    def _finish(self, connection: smtplib.SMTP) -> Answer:
        try:
            connection.send(b".\r\n")
            answer = _answer(*connection.getreply())
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            return Answer(Outcome.UNKNOWN, _say(error))
        self._after_refusal(answer)
        return answer

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        connection = self._reach()
        try:
            # The last dot goes out by itself: held back until the letter is confirmed, it would cost
            # 40 ms a mail.
            if connection.sock:
                connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.ehlo_or_helo_if_needed()
            if server.starttls:
                connection.starttls(context=self._context())
                connection.ehlo_or_helo_if_needed()
            if server.user:
                connection.login(server.user, server.password)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection

    def _reach(self) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        if not self._server.tls:
            return smtplib.SMTP(host, port, local_hostname=self._name, timeout=self._patience)
        return smtplib.SMTP_SSL(
            host, port, local_hostname=self._name, timeout=self._patience, context=self._context()
        )

    def _context(self) -> ssl.SSLContext:
        # smtplib by itself would encrypt for whoever answers; this one asks who it is. Made when it is
        # needed, for reading what the machine trusts takes a while.
        self._trusts = self._trusts or ssl.create_default_context()
        return self._trusts

    def _after_refusal(self, answer: Answer) -> None:
        # 421: the server closes the channel.
        if answer.text.startswith("421"):
            self._hang_up()

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _announce(connection: smtplib.SMTP, letter: Letter) -> Answer | None:
    """Say from whom and to whom, and ask to send; return the answer if the server refuses."""
    code, text = connection.mail(letter.sender)
    if code == 250:
        code, text = connection.rcpt(letter.recipient)
    if code in (250, 251):
        connection.putcmd("data")
        code, text = connection.getreply()
    if code == 354:
        return None
    if code != 421:
        connection.rset()
    return _answer(code, text)


def _answer(code: int, text: bytes) -> Answer:
    said = f"{code} {text.decode(errors='replace')}"[:300]
    if 200 <= code < 300:
        return Answer(Outcome.SENT, said)
    if 500 <= code < 600:
        return Answer(Outcome.REFUSED, said)
    return Answer(Outcome.LATER, said)


def _stuffed(data: bytes) -> bytes:
    """Return the lines of a letter as they travel: a dot at the beginning of a line is doubled."""
    ended = data if data.endswith(b"\r\n") else data + b"\r\n"
    return _LINE_WITH_DOT.sub(b"..", ended)


def _say(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
