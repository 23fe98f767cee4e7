"""Puts a mail into the form in which it travels: headers, text and HTML."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from lotse.kernel.addresses import email_of, tidy
from lotse.records.outbox.kinds import Mail


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
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


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
) -> Letter:
    """
    Put a mail into its envelope.

    :raises ValueError: if an address can't be written as one
    """
    recipient = email_of(to_address)
    if not recipient:
        raise ValueError(f"not an address: {to_address}")
    letter = EmailMessage(policy=SMTP)
    letter["From"] = _address(sender.name, sender.address)
    letter["To"] = _address(to_name, recipient)
    letter["Subject"] = tidy(mail.subject)
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = message_id(key, domain=sender.domain)
    # So that no absence note or list server answers, and receivers can sort.
    letter["Auto-Submitted"] = "auto-generated"
    letter["List-Id"] = f"Lotse <{kind}.lotse.{sender.domain}>"
    letter["Content-Language"] = language
    letter.set_content(mail.text, cte="quoted-printable")
    letter.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return Letter(sender.address, recipient, letter.as_bytes())


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(tidy(name), local, domain)
