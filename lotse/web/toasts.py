"""Saying what was done, with the way to take it back: messages that are shown as toasts."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

from lotse.records.journal.models import Act


def say(request: HttpRequest, text: str | Promise, *, undo: Act | None = None) -> None:
    """Say what was done; `undo` is the act that can be taken back."""
    # The act travels in the tags of a message, which is all that Django keeps beside the text.
    messages.success(request, str(text), extra_tags=f"act:{undo.pk}" if undo else "")


def complain(request: HttpRequest, text: str | Promise) -> None:
    """Say what could not be done, and why."""
    messages.error(request, str(text))
