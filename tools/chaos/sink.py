"""A mail server that takes what comes, now and then refuses it, and now and then falls silent after taking it."""

import asyncio
import logging
import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller

from tests.mail_server import free_port

# Out of a thousand mails: taken without an answer, refused for now, refused for good.
SILENT, LATER, NEVER = 10, 15, 5
# Whoever has this in the address is never written to.
REFUSED = "refused"
# So slow is a server nearby; without it the day would be over before anybody is killed.
PAUSE = 0.002
_MESSAGE_ID = re.compile(rb"^Message-ID: *(<[^>]+>)", re.MULTILINE | re.IGNORECASE)


@dataclass
class Sink:
    """What arrived, by its Message-ID, and how often the server was no help."""

    rng: random.Random
    taken: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if REFUSED in address:
            self.said["refused at the address"] += 1
            return "550 5.1.1 there is nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(PAUSE)
        fate = self.rng.randrange(1000)
        if fate < NEVER:
            self.said["refused for good"] += 1
            return "554 5.7.1 not here"
        if fate < NEVER + LATER:
            self.said["refused for now"] += 1
            return "451 4.3.0 try again later"
        found = _MESSAGE_ID.search(envelope.content)
        self.taken[found[1].decode() if found else ""] += 1
        if fate < NEVER + LATER + SILENT:
            self.said["taken without an answer"] += 1
            server.transport.abort()
        return "250 taken"


@contextmanager
def open_sink(rng: random.Random) -> Iterator[Sink]:
    """Run the server while the block lasts."""
    sink = Sink(rng, port=free_port())
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
