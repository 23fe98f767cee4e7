"""The words of a reminder: the standard text or that of a process, with what is filled into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lotse.kernel import merge_fields
from lotse.kernel.language import mark
from lotse.kernel.merge_fields import MergeText
from lotse.records.catalog.models import Process
from lotse.stages.process.models import ReminderText
from lotse.stages.process.queries.reminders import get_reminder_text
from lotse.stages.process.rules.reminder_text import FIELDS, read_canonical

SUBJECT = mark("{lead} has been waiting {waiting}")
TEXT = mark("Overdue {since}: the phase {phase} lasts {duration} and began on {began}.")
# What people type between the braces; the name in the reader's language.
NAMES = {
    "receiver": mark("receiver"),
    "lead": mark("lead"),
    "phase": mark("phase"),
    "duration": mark("duration"),
    "began": mark("began"),
    "waiting": mark("waiting"),
    "since": mark("since"),
    "interest": mark("interest"),
    "place": mark("place"),
    "phone": mark("phone"),
    "number": mark("number"),
    "next": mark("next"),
}
# What stands where nothing is known and the text does not say what to put there.
INSTEAD = {
    "interest": mark("this inquiry"),
    "place": mark("an unknown place"),
    "phone": mark("no phone number"),
    "next": mark("not planned"),
}


@dataclass(frozen=True)
class Wording:
    """Subject and text with their blanks."""

    subject: MergeText
    text: MergeText

    def fill_subject(self, values: Mapping[str, str]) -> str:
        """Return the subject on one line."""
        return " ".join(self.subject.fill(values, _instead()).split())

    def fill_text(self, values: Mapping[str, str]) -> list[SafeString]:
        """Return the paragraphs of the text as HTML; nothing that is filled in is markup."""
        filled = self.text.fill(values, _instead())
        parts = merge_fields.paragraphs(filled)
        return [mark_safe(merge_fields.as_html(part)) for part in parts]  # noqa: S308


def get_wording(process: Process | None, language: str) -> Wording:
    """Return what the reminders of a process say in a language."""
    return wording_of(get_reminder_text(process.pk, language) if process else None, language)


def wording_of(own: ReminderText | None, language: str) -> Wording:
    """Return a text of a process, or the standard text where there is none."""
    return as_wording(own.subject, own.text) if own else standard(language)


def as_wording(subject: str, text: str) -> Wording:
    """
    Read a subject and a text as they are kept.

    :raises UnknownFields: with the names that are no fields
    :raises LooseBrace: if a brace has no other half
    """
    return Wording(read_canonical(subject), read_canonical(text))


def standard(language: str) -> Wording:
    """Return what Lotse itself says."""
    with translation.override(language):
        return as_wording(_(SUBJECT), _(TEXT))


@cache
def names_in(language: str) -> Mapping[str, str]:
    """Return the name of each field as a text of this language shows it."""
    with translation.override(language):
        return {field: _(name) for field, name in NAMES.items()}


@cache
def names_read() -> Mapping[str, str]:
    """Return the field that each name means, in any language, in small letters."""
    languages = [code for code, _name in settings.LANGUAGES]
    names = {name.casefold(): field for code in languages for field, name in names_in(code).items()}
    return names | {field: field for field in FIELDS}


def _instead() -> Mapping[str, str]:
    return {field: _(text) for field, text in INSTEAD.items()}
