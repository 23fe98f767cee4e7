"""
Reads what a mail server says of a mail it could not deliver: delivery status notifications (RFC 3464).

Source: RFC 3464 section 2 for the fields, RFC 3463 for the codes. What is no such report, an absence
note for example, says nothing about whether the mail arrived.
"""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Parsed

_LONGEST = 250


@dataclass(frozen=True)
class Report:
    """That a mail was not delivered; `is_final`: nothing will ever arrive at this address."""

    status: str
    text: str
    is_final: bool


def read_report(raw: bytes) -> Report | None:
    """Return what a mail reports as undelivered; None if it reports nothing of the kind."""
    parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
    for fields in _recipients(parsed):
        # "delayed", "delivered", "relayed" and "expanded" are no failures.
        if _value(fields, "action").lower() == "failed":
            return _report(fields)
    return None


def _recipients(parsed: Parsed) -> Iterator[Parsed]:
    """Yield the groups of fields of a report, the one about the mail as a whole as well."""
    for part in parsed.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (p for p in part.get_payload() if isinstance(p, Parsed))


def _report(fields: Parsed) -> Report:
    status = _value(fields, "status").split(" ")[0]
    # "smtp; 550 5.1.1 no such user": the first word says whose language it is in.
    said = _value(fields, "diagnostic-code").partition(";")[2].strip()
    return Report(status, f"{status} {said}".strip()[:_LONGEST], is_final=status.startswith("5."))


def _value(fields: Parsed, name: str) -> str:
    return " ".join(str(fields.get(name, "")).split())
