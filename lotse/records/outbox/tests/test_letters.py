"""The form in which a mail travels: what was meant is what is read, whatever stands in it."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.addresses import tidy
from lotse.records.outbox.kinds import Mail
from lotse.records.outbox.mail.letters import Sender, fold, message_id

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
SENDER = Sender.read("Lotse für Brise <lotse@brise.example>")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=30)


def letter(subject: str = "Guten Morgen", text: str = "Text", **more: Any) -> EmailMessage:
    values: dict[str, Any] = {
        "key": "follow-up:1:2026-03-02",
        "kind": "follow-up",
        "to_name": "Ole Dreßler",
        "to_address": "Ole@Dressler.example",
        "language": "de",
        "sender": SENDER,
        "now": NOW,
        **more,
    }
    folded = fold(Mail(subject, text, f"<p>{text}</p>"), **values)
    assert folded.data.isascii()
    assert max(len(line) for line in folded.data.split(b"\r\n")) <= 76
    assert folded.data.count(b"\n") == folded.data.count(b"\r\n")
    return message_from_bytes(folded.data, policy=default)


def test_it_names_sender_receiver_and_itself() -> None:
    read = letter()

    assert str(read["From"]) == "Lotse für Brise <lotse@brise.example>"
    assert str(read["To"]) == "Ole Dreßler <ole@dressler.example>"
    assert read["Message-ID"] == message_id("follow-up:1:2026-03-02", domain="brise.example")
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["List-Id"] == "Lotse <follow-up.lotse.brise.example>"
    assert read["Date"].datetime == NOW
    assert read["Content-Language"] == "de"


def test_it_has_the_same_number_whenever_it_is_written_and_another_than_the_next() -> None:
    once, again = letter(), letter("Again", now=datetime(2026, 3, 3, tzinfo=UTC))

    assert once["Message-ID"] == again["Message-ID"]
    assert letter(key="follow-up:1:2026-03-09")["Message-ID"] != once["Message-ID"]


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), WORDS)
def test_subject_and_text_are_read_as_they_were_meant(subject: str, text: str) -> None:
    read = letter(subject, f"{text}\n.\n.{text}\n")

    assert read["Subject"] == tidy(subject)
    plain = read.get_body(["plain"])
    assert plain is not None
    assert plain.get_content().splitlines() == f"{text}\n.\n.{text}\n".splitlines()


@pytest.mark.parametrize("name", ["Eve\r\nBcc: all@brise.example", 'Eve "the" <x@y.example>', ""])
def test_a_name_is_a_name_and_nothing_else(name: str) -> None:
    read = letter(f"About {name}", to_name=name)

    assert [a.addr_spec for a in read["To"].addresses] == ["ole@dressler.example"]
    assert read["Bcc"] is None


@pytest.mark.parametrize("address", ["", "nobody", "two words@brise.example", "jörg@brise.example"])
def test_what_cannot_be_written_as_an_address_is_none(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        letter(to_address=address)
