"""The text of the follow-up mails: saved with its fields, refused with unknown ones, shown, tested, put back."""

import json
from html import unescape

import pytest
from django.test import Client

from lotse.mails import reminder_text
from lotse.mails.table import KINDS
from lotse.records.catalog.models import Process
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Message
from lotse.records.people.models import User
from lotse.stages.process.models import ReminderText
from lotse.web.tests.cast import NOW, a_process, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(client: Client) -> User:
    user = somebody("Ines Ihle", "administrator", language="de")
    client.force_login(user)
    return user


@pytest.fixture
def process() -> Process:
    return a_process()


def address(process: Process, part: str = "", language: str = "de") -> str:
    return f"/settings/processes/{process.pk}/mail/{language}/{part}"


def typed(subject: str = "", text: str = "", *, language: str = "de") -> dict[str, str]:
    """Return the form as it is filled at first, with what is typed over it."""
    standard, names = reminder_text.standard(language), reminder_text.names_in(language)
    was = {"subject": standard.subject.write(names), "text": standard.text.write(names)}
    return {
        "subject": subject or was["subject"],
        "text": text or was["text"],
        "was": json.dumps(was),
    }


def test_a_text_is_kept_with_names_that_no_language_changes(
    client: Client, ines: User, process: Process
) -> None:
    mine = typed("{Lead} wartet", "{receiver}, bitte {Interesse|ein Gespräch} klären.")
    answer = client.post(address(process), mine)

    assert answer.status_code == 302
    kept = ReminderText.objects.get()
    assert (kept.language, kept.subject) == ("de", "{lead} wartet")
    assert kept.text == "{receiver}, bitte {interest|ein Gespräch} klären."
    page = client.get(address(process)).content.decode()
    assert "{Empfänger}, bitte {Interesse|ein Gespräch} klären." in page
    assert Entry.objects.about(process).last().kind == "process.reminder_text_changed"  # type: ignore[union-attr]


@pytest.mark.parametrize("field", ["subject", "text"])
def test_an_unknown_field_is_refused_with_its_name_and_those_there_are(
    client: Client, ines: User, process: Process, field: str
) -> None:
    answer = client.post(address(process), typed() | {field: "Hallo {Vorname}"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Ein Feld {Vorname} gibt es nicht" in page
    assert "{Empfänger}, {Lead}, {Phase}" in page
    assert "Hallo {Vorname}" in page, "what was typed is gone"
    assert not ReminderText.objects.exists()


def test_a_loose_brace_is_refused(client: Client, ines: User, process: Process) -> None:
    answer = client.post(address(process), typed(text="Guten Tag {Lead"))
    assert answer.status_code == 422
    assert "fehlt die andere Hälfte: „Guten Tag {Lead“" in unescape(answer.content.decode())


def test_two_who_edit_at_once_are_told(client: Client, ines: User, process: Process) -> None:
    client.post(address(process), typed("{Lead} ruft"))
    answer = client.post(address(process), typed("{Lead} schreit", "Neuer Text"))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "{Lead} ruft" in page
    assert "Ines Ihle" in page
    kept = ReminderText.objects.get()
    assert kept.subject == "{lead} ruft"

    answer = client.post(address(process), typed("{Lead} ruft") | {"text": "Neuer Text"})
    assert answer.status_code == 302
    kept.refresh_from_db()
    assert (kept.subject, kept.text) == ("{lead} ruft", "Neuer Text")


def test_the_preview_shows_what_is_typed_and_writes_nothing(
    client: Client, ines: User, process: Process
) -> None:
    mine = typed(text="{Lead} <b>fett</b>\n\nZweiter Absatz {Ort}")
    answer = client.post(address(process, "preview/"), mine)

    page = answer.content.decode()
    assert "Erika Beispiel &lt;b&gt;fett&lt;/b&gt;" in page
    assert "Zweiter Absatz 24340 Musterstadt" in page
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy
    text = client.post(address(process, "preview/"), mine | {"as": "text"})
    assert text.headers["Content-Type"].startswith("text/plain")
    assert "Erika Beispiel <b>fett</b>" in text.content.decode()
    assert not ReminderText.objects.exists()


def test_the_preview_says_what_is_wrong(client: Client, ines: User, process: Process) -> None:
    answer = client.post(address(process, "preview/"), typed(text="{Vorname}"))
    assert answer.status_code == 422
    assert "{Vorname}" in answer.content.decode()


def test_a_test_mail_goes_to_me_and_saves_nothing(
    client: Client, ines: User, process: Process
) -> None:
    answer = client.post(address(process, "test/"), typed("{Lead} in {Phase}", language="en"))

    assert answer.status_code == 200
    assert "{Lead} in {Phase}" in answer.content.decode()
    message = Message.objects.get()
    assert (message.to_user, message.to_address, message.doubt) == (ines, ines.email, "leave")
    assert not ReminderText.objects.exists()
    mail = KINDS[message.kind].write(message, NOW)
    assert mail.subject == f"Test: Erika Beispiel in {process.phases.order_by('position')[0].name}"


def test_a_test_mail_with_an_unknown_field_does_not_leave(
    client: Client, ines: User, process: Process
) -> None:
    assert client.post(address(process, "test/"), typed("{Vorname}")).status_code == 422
    assert not Message.objects.exists()


def test_the_standard_text_can_be_taken_again(client: Client, ines: User, process: Process) -> None:
    client.post(address(process), typed("{Lead} ruft"))
    assert "Wieder den Standardtext" in client.get(address(process)).content.decode()

    client.post(address(process, "standard/"))

    page = client.get(address(process)).content.decode()
    assert "{Lead} wartet {Wartezeit}" in page
    assert "Wieder den Standardtext" not in page
    assert not ReminderText.objects.exists()


def test_there_is_no_text_in_a_language_that_lotse_does_not_speak(
    client: Client, ines: User, process: Process
) -> None:
    assert client.get(address(process, language="fr")).status_code == 404


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_standard_text_has_fields_that_there_are(language: str) -> None:
    wording = reminder_text.standard(language)
    assert wording.subject.fields == {"lead", "waiting"}
    assert wording.text.fields == {"since", "phase", "duration", "began"}
    assert len(set(reminder_text.names_in(language).values())) == len(reminder_text.NAMES)
