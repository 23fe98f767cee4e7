"""Sends what waits in the outbox over the mail server that is set, on one connection while there is work."""

from datetime import datetime

from django.conf import settings

from lotse.access.holders import get_holders
from lotse.access.policy import Right
from lotse.mails.table import KINDS
from lotse.records.outbox.guard import Watchman
from lotse.records.outbox.mail.letters import Sender
from lotse.records.outbox.mail.smtp import Server, SmtpTransport, Transport
from lotse.records.outbox.sending import send_due


class Postman:
    """One turn sends one window; with nothing left to send, the connection is given back."""

    def __init__(self) -> None:
        self._transport: Transport | None = None
        self._guard: Watchman | None = None

    def __call__(self, *, now: datetime) -> datetime | None:
        if self._transport is None and settings.SMTP_URL:
            name = Sender.read(settings.MAIL_FROM).domain
            self._transport = SmtpTransport(Server.read(settings.SMTP_URL), name=name)
        if self._guard is None:
            self._guard = Watchman(settings.HOME, whom_to_tell=lambda: get_holders(Right.SETTINGS))
        if send_due(now=now, kinds=KINDS, transport=self._transport, guard=self._guard):
            return now
        if self._transport is not None:
            self._transport.close()
            self._transport = None
        return None
