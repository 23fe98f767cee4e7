"""The outbox in the browser's words: its boxes, trying again, stopping, and the lock of a copy."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lotse.records.outbox import control
from lotse.records.outbox.models import Message, Sending, Suppression
from lotse.records.people.models import User
from tests.company import Company
from tests.pages import client_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
State = Message.State


@pytest.fixture
def company() -> Company:
    return Company()


@pytest.fixture
def client(company: Company) -> Client:
    return client_of(company, "ines")


def mail(to: User, state: str = State.READY, **fields: Any) -> Message:
    number = Message.objects.count()
    return Message.objects.create(
        key=f"test:{number}", kind="offer", to_user=to, to_address=to.email, language="de",
        created_at=NOW, not_before=NOW + timedelta(minutes=number), state=state, **fields,
    )  # fmt: skip


def receivers(client: Client, **query: str) -> list[str]:
    page = client.get("/settings/outbox/", query)
    return [row.message.to_address for row in page.context["page"].rows]


def test_each_mail_stands_in_the_box_of_its_state(client: Client, company: Company) -> None:
    Message.objects.all().delete()
    for state in State:
        mail(company.anna, state)

    def states(box: str) -> set[str]:
        rows = client.get("/settings/outbox/", {"box": box}).context["page"].rows
        return {row.message.state for row in rows}

    assert states("waiting") == {"ready", "sending"}
    assert states("failed") == {"rejected", "unknown", "bounced"}
    assert states("sent") == {"sent"}
    assert states("left") == {"skipped", "cancelled"}


def test_what_waits_is_shown_in_the_order_in_which_it_leaves_page_by_page(
    client: Client, company: Company
) -> None:
    Message.objects.all().delete()
    for number in range(60):
        mail(company.anna if number else company.ben)

    first = client.get("/settings/outbox/").context["page"]
    second = client.get("/settings/outbox/", {"after": first.after}).context["page"]

    assert first.rows[0].message.to_user == company.ben
    assert (len(first.rows), len(second.rows), second.after) == (50, 10, None)


def test_receivers_are_looked_up_by_name(client: Client, company: Company) -> None:
    Message.objects.all().delete()
    mail(company.anna)
    mail(company.ben)
    assert receivers(client, q=company.ben.name.split()[0]) == [company.ben.email]
    assert receivers(client, q="nobody") == []


def test_why_it_failed_is_told(client: Client, company: Company) -> None:
    mail(company.anna, State.REJECTED, answer="550 5.1.1 no such user")
    mail(company.ben, State.SKIPPED, answer="outbox.inactive")
    assert "550 5.1.1 no such user" in client.get("/settings/outbox/?box=failed").content.decode()
    left = client.get("/settings/outbox/?box=left").content.decode()
    assert "outbox.inactive" not in left
    assert "nicht mehr aktiv" in left


def test_one_is_tried_again_and_all_are(client: Client, company: Company) -> None:
    one, other = (mail(company.anna, State.REJECTED, attempts=4) for _ in range(2))
    gone = mail(company.ben, State.SENT)

    client.post("/settings/outbox/again/", {"message": one.pk})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.attempts, other.state) == ("ready", 0, "rejected")

    client.post("/settings/outbox/again/", {"message": gone.pk})
    client.post("/settings/outbox/again/")
    gone.refresh_from_db()
    other.refresh_from_db()
    assert (gone.state, other.state) == ("sent", "ready")


def test_everything_is_stopped_and_goes_on_with_a_line_for_each(client: Client) -> None:
    client.post("/settings/outbox/stop/")
    assert control.get_sending().why == Sending.Why.PERSON
    page = client.get("/settings/outbox/").content.decode()
    assert "von Hand angehalten" in page
    assert "Alles anhalten" not in page

    client.post("/settings/outbox/going-on/")
    assert control.get_sending().stopped_at is None
    page = client.get("/settings/outbox/").content.decode()
    assert "hat alle Mails angehalten" in page
    assert "hat Mails wieder hinausgelassen" in page


def test_a_copy_says_that_it_is_one(client: Client) -> None:
    control.lock(Sending.Why.COPIED, now=NOW, tell=[])
    assert "Kopie der Datenbank" in client.get("/settings/outbox/").content.decode()


def test_an_address_that_came_back_is_used_again(client: Client) -> None:
    one = Suppression.objects.create(address="x@brise.example", since=NOW, answer="5.1.1 gone")
    assert "5.1.1 gone" in client.get("/settings/outbox/").content.decode()
    client.post(f"/settings/outbox/addresses/{one.pk}/")
    assert not Suppression.objects.filter(pk=one.pk).exists()


def test_an_empty_box_says_so(client: Client) -> None:
    Message.objects.all().delete()
    assert "Es wartet nichts" in client.get("/settings/outbox/").content.decode()
