"""
Puts a mail into the form in which it travels: headers, text and HTML.

By hand, for the standard library takes milliseconds a mail and loses blanks in subjects with umlauts.
"""

import hashlib
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr

from lotse.kernel.addresses import email_of, tidy
from lotse.records.outbox.kinds import Mail

# So many bytes make an encoded word of 64 characters; with a header's name before it, the line stays
# below the 76 that are allowed.
_BYTES_IN_WORD = 39
_LONGEST_PLAIN = 60


@dataclass(frozen=True)
class Letter:
    """An envelope and what is in it; `data` has no bytes beyond ASCII."""

    sender: str
    recipient: str
    data: bytes


@dataclass(frozen=True)
class Sender:
    """Who all mails come from, as set in LOTSE_MAIL_FROM: "Lotse <lotse@brise.example>"."""

    name: str
    address: str

    @classmethod
    def read(cls, text: str) -> "Sender":
        name, address = parseaddr(text)
        return cls(name, email_of(address) or address)

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2] or "localhost"


def message_id(key: str, *, domain: str) -> str:
    """Return the number of a mail: the same for the same message, however often it is sent."""
    return f"<{_digest(key)}@{domain}>"


def fold(
    mail: Mail,
    *,
    key: str,
    kind: str,
    to_name: str,
    to_address: str,
    language: str,
    sender: Sender,
    now: datetime,
    return_path: str = "",
) -> Letter:
    """
    Put a mail into its envelope; to `return_path` it comes back, or else to the sender.

    :raises ValueError: if an address can't be written as one
    """
    recipient = email_of(to_address)
    # Letters beyond ASCII before the @ are taken by few servers, and would need another protocol.
    if not (recipient and recipient.isascii()):
        raise ValueError(f"not an address: {to_address}")
    # "=_" can't stand in what is encoded as below, so that no line of it looks like the boundary.
    boundary = f"=_{_digest(key)}"
    headers = {
        "From": _address(sender.name, sender.address),
        "To": _address(to_name, recipient),
        "Subject": _words(tidy(mail.subject)),
        "Date": format_datetime(now),
        "Message-ID": message_id(key, domain=sender.domain),
        # So that no absence note or list server answers, and receivers can sort.
        "Auto-Submitted": "auto-generated",
        "List-Id": f"Lotse <{kind}.lotse.{sender.domain}>",
        "Content-Language": language,
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative;\r\n boundary="{boundary}"',
    }
    lines = [f"{name}: {value}" for name, value in headers.items()]
    parts = [*_part("plain", mail.text, boundary), *_part("html", mail.html, boundary)]
    data = "\r\n".join([*lines, "", *parts, f"--{boundary}--", ""])
    return Letter(return_path or sender.address, recipient, data.encode("ascii"))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _part(kind: str, text: str, boundary: str) -> Iterator[str]:
    yield f"--{boundary}"
    yield f'Content-Type: text/{kind}; charset="utf-8"'
    yield "Content-Transfer-Encoding: quoted-printable"
    yield ""
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    yield b2a_qp(lines.encode(), istext=True).decode("ascii")


def _address(name: str, address: str) -> str:
    shown = tidy(name)
    if not shown:
        return address
    # Whatever is no plain word is encoded, so that nothing in a name can mean anything else.
    is_plain = shown.isascii() and shown.replace(" ", "").isalnum() and len(shown) < _LONGEST_PLAIN
    return f"{shown} <{address}>" if is_plain else f"{_encoded(shown)}\r\n <{address}>"


def _words(text: str) -> str:
    is_plain = text.isascii() and text.isprintable() and "=?" not in text
    return text if is_plain and len(text) <= _LONGEST_PLAIN else _encoded(text)


def _encoded(text: str) -> str:
    """Return a text as encoded words; a blank between two of them is nobody's, so all are inside."""
    return "\r\n ".join(
        f"=?utf-8?b?{b64encode(piece.encode()).decode('ascii')}?=" for piece in _pieces(text)
    )


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for letter in text:
        if len((piece + letter).encode()) > _BYTES_IN_WORD:
            yield piece
            piece = ""
        piece += letter
    yield piece
