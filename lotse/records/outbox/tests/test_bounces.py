"""What comes back finds its mail by the envelope address; a failure for good silences the address."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model

from lotse.records.outbox import control
from lotse.records.outbox.bounces import Taken, read_return_path, return_path, take
from lotse.records.outbox.mail.reports import read_report
from lotse.records.outbox.models import Message, Notice, Suppression
from lotse.records.outbox.sending import send_due
from lotse.records.outbox.tests.test_guard import INES
from lotse.records.outbox.tests.test_sending import KINDS, NOTED, Post, message

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def report(
    action: str = "failed", status: str = "5.1.1", said: str = "smtp; 550 5.1.1 No such user"
) -> bytes:
    """Return a report as Postfix writes it."""
    return f"""From: MAILER-DAEMON@brise.example
To: bounces@brise.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system at host mx.brise.example.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.brise.example
Arrival-Date: Mon, 2 Mar 2026 08:00:00 +0100

Final-Recipient: rfc822; anna@brise.example
Action: {action}
Status: {status}
Diagnostic-Code: {said}

--B
Content-Type: message/rfc822

Subject: the mail

--B--
""".encode()


ABSENCE = b"""From: anna@brise.example
Subject: Abwesend
Auto-Submitted: auto-replied

Ich bin nicht da. Status: 5.1.1 Action: failed
"""


class TestReport:
    def test_a_failure_is_read_with_what_the_server_said(self) -> None:
        found = read_report(report())
        assert found
        assert (found.status, found.is_final) == ("5.1.1", True)
        assert found.text == "5.1.1 550 5.1.1 No such user"

    def test_one_that_was_given_up_is_a_failure_but_not_for_good(self) -> None:
        found = read_report(report(status="4.4.7 (expired)"))
        assert found
        assert not found.is_final

    @pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
    def test_what_did_not_fail_is_none(self, action: str) -> None:
        assert read_report(report(action)) is None

    @pytest.mark.parametrize("raw", [ABSENCE, b"", b"\xff\x00", report()[:400]])
    def test_what_is_no_report_says_nothing(self, raw: bytes) -> None:
        assert read_report(raw) is None


@pytest.fixture(autouse=True)
def address_for_returns(settings: object) -> None:
    settings.MAIL_BOUNCES = "bounces@brise.example"  # type: ignore[attr-defined]


class TestReturnPath:
    def test_it_leads_back_to_the_message(self) -> None:
        assert return_path(17).startswith("bounces+17-")
        assert read_return_path(return_path(17)) == 17
        assert read_return_path(f"<{return_path(17).upper()}>") == 17

    @pytest.mark.parametrize("address", ["", "bounces@brise.example", "bounces+17-0123456789abcdef@x",
                                         "bounces+-@x", "bounces+²-a@x", "+1-", "bounces+17@x"])  # fmt: skip
    def test_one_that_was_not_made_here_leads_nowhere(self, address: str) -> None:
        assert read_return_path(address) is None

    def test_the_signature_belongs_to_the_number(self) -> None:
        assert read_return_path(return_path(17).replace("+17-", "+18-")) is None

    def test_without_an_address_for_returns_there_is_none(self, settings: object) -> None:
        settings.MAIL_BOUNCES = ""  # type: ignore[attr-defined]
        assert return_path(17) == ""


@pytest.mark.django_db
class TestTaken:
    def sent(self) -> Message:
        person = get_user_model().objects.create(
            email="anna@brise.example", name="Anna", created_at=NOW
        )
        one = message(to_user=person)
        Message.objects.filter(pk=one.pk).update(to_address="Anna@Brise.example")
        self.send()
        NOTED.clear()
        return Message.objects.get()

    def send(self) -> Post:
        post = Post()
        send_due(now=NOW, kinds=KINDS, transport=post)
        return post

    def take(self, one: Message, raw: bytes | None = None) -> Taken:
        return take(
            raw or report(),
            to=return_path(one.pk),
            kinds=KINDS,
            tell=[one.to_user_id or 0],
            now=NOW,
        )

    def test_each_mail_leaves_under_an_address_of_its_own(self) -> None:
        message("test:a")
        message("test:b")
        senders = {letter.sender for letter in self.send().letters}
        assert senders == {return_path(m.pk) for m in Message.objects.all()}

    def test_a_failure_is_shown_told_and_silences_the_address(self) -> None:
        one = self.sent()
        assert self.take(one) == Taken.FAILURE
        one.refresh_from_db()
        assert (one.state, one.answer) == ("bounced", "5.1.1 550 5.1.1 No such user")
        assert [(one.pk, "bounced")] == NOTED
        assert Notice.objects.filter(user=one.to_user).count() == 1

        message("test:next", to_user=one.to_user)
        Message.objects.filter(key="test:next").update(to_address="anna@brise.example")
        assert not self.send().letters
        assert Message.objects.get(key="test:next").answer == "outbox.came_back"

    def test_an_address_that_was_freed_is_used_again(self) -> None:
        self.take(self.sent())
        control.free(Suppression.objects.get(), by=INES, now=NOW)
        control.try_again(None, by=INES, now=NOW)
        assert len(self.send().letters) == 1

    def test_one_that_was_given_up_silences_nothing(self) -> None:
        one = self.sent()
        assert self.take(one, report(status="4.4.7")) == Taken.FAILURE
        assert not Suppression.objects.exists()

    def test_a_second_report_changes_nothing(self) -> None:
        one = self.sent()
        self.take(one)
        assert self.take(one) == Taken.KNOWN
        assert Notice.objects.count() == 1

    def test_an_absence_note_changes_nothing(self) -> None:
        one = self.sent()
        assert self.take(one, ABSENCE) == Taken.NOTE
        one.refresh_from_db()
        assert one.state == "sent"

    def test_a_report_to_a_forged_address_changes_nothing(self) -> None:
        one = self.sent()
        forged = f"bounces+{one.pk}-0123456789abcdef@brise.example"
        assert take(report(), to=forged, kinds=KINDS, tell=[], now=NOW) == Taken.FOREIGN
        one.refresh_from_db()
        assert one.state == "sent"
