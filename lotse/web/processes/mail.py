"""The text of the follow-up mails in a language: edited, shown as it will look, sent to oneself, put back."""

from typing import Any, ClassVar
from uuid import uuid4

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST

from lotse.access.telling.names import get_names, ref_of_actor
from lotse.access.telling.sentences import refs_in
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.kernel.merge_fields import LooseBrace, UnknownFields, read
from lotse.mails import reminder_text
from lotse.mails.samples import get_sample
from lotse.mails.shown import ShownMail, show_reminder
from lotse.records.catalog.models import Process
from lotse.records.journal.models import Entry
from lotse.records.outbox.models import Message
from lotse.records.outbox.services import post
from lotse.stages.process import services
from lotse.stages.process.facts import ReminderTextChanged
from lotse.stages.process.queries.reminders import get_reminder_text
from lotse.stages.process.rules.reminder_text import FIELDS
from lotse.stages.process.services.reminding import TEST
from lotse.web.desk import DeskRequest
from lotse.web.editing.forms import NEWEST, Authors, EditForm
from lotse.web.processes.page import find
from lotse.web.shared.edit import status_of, taken
from lotse.web.show import go, show
from lotse.web.toasts import say

# A mail has its styles in itself, and is shown in a frame of our own page.
FRAMED = {"style-src": [SELF, UNSAFE_INLINE], "script-src": [NONE], "frame-ancestors": [SELF]}


class ReminderTextForm(EditForm):
    """Subject and text with merge fields, which are read by their names in any language."""

    is_all_optional = False

    class Meta:
        model = Process
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        self.language = language
        super().__init__(*args, **kwargs)
        self.add("subject", forms.CharField(label=gettext_lazy("Subject"), max_length=200))
        self.add("text", forms.CharField(
            label=gettext_lazy("Text"), max_length=4000,
            widget=forms.Textarea(attrs={"rows": 8, "class": "textarea"}),
            help_text=gettext_lazy("An empty line begins a new paragraph."),
        ))  # fmt: skip

    def stands(self, name: str) -> Any:
        wording = reminder_text.get_wording(self.instance, self.language)
        return getattr(wording, name).write(reminder_text.names_in(self.language))

    def clean_subject(self) -> str:
        return self._read(" ".join(str(self.cleaned_data["subject"]).split()))

    def clean_text(self) -> str:
        return self._read(str(self.cleaned_data["text"]))

    def kept(self) -> dict[str, str]:
        """Return what is typed as it is kept, the fields by the names that no language changes."""
        names = {field: field for field in FIELDS}
        return {
            name: read(self.cleaned_data[name], reminder_text.names_read()).write(names)
            for name in self.names
        }

    def authors(self, viewer: Viewer, _fields: Any, reader: Reader) -> Authors:
        changes = Entry.objects.about(self.instance).filter(kind=ReminderTextChanged.kind)
        entries = [
            e for e in changes.order_by("-id")[:NEWEST] if e.data["language"] == self.language
        ]
        names = get_names(viewer, refs_in(entries))
        found: dict[str, tuple[str, str]] = {}
        for entry in entries:
            actor = ref_of_actor(entry.actor_kind, entry.actor_id)
            who = names.of(actor).text if actor else "Lotse"
            for field in entry.data["fields"]:
                found.setdefault(field, (who, reader.moment(entry.at)))
        return found

    def _read(self, text: str) -> str:
        names = reminder_text.names_in(self.language)
        try:
            return read(text, reminder_text.names_read()).write(names)
        except UnknownFields as error:
            raise forms.ValidationError(
                _("There is no field %(unknown)s. There are: %(known)s.")
                % {"unknown": _braced(error.names), "known": _braced(names.values())}
            ) from error
        except LooseBrace as error:
            raise forms.ValidationError(
                _(
                    'A brace has no other half: "%(near)s". Write a brace that is meant as one twice.'
                )
                % {"near": error.near}
            ) from error


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def mail(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """Edit the text of one language."""
    found, form = _form(request, pk, language)
    values = taken(request, form)
    if values is None:
        return _page(request, found, form, status=status_of(form))
    if values:
        merged = {name: values.get(name, form.stands(name)) for name in form.names}
        form.cleaned_data |= merged
        services.set_reminder_text(found, language, form.kept(), by=request.actor, now=request.now)
    say(request, _("The text is saved. The next mail says it."))
    return go(request, f"{reverse('process', args=[pk])}#follow-up")


@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@csp_replace(FRAMED)  # type: ignore[arg-type]
def preview(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """Show the mail as it will look, with what is typed and not saved; nothing is written."""
    found, form = _form(request, pk, language)
    if form.is_bound and not form.is_valid():
        return TemplateResponse(request, "processes/mail_faulty.html", {"form": form}, status=422)
    shown = _shown(request, found, form)
    if (request.POST or request.GET).get("as") == "text":
        return HttpResponse(shown.mail.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(shown.mail.html)


@require_POST
def test(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """Send what is typed to the one who typed it; it is not saved by that."""
    found, form = _form(request, pk, language)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    user = request.user
    post([
        Message(
            key=f"{TEST}:{uuid4()}", kind=TEST, to_user=user, to_address=user.email,
            language=language, data={"process_id": found.pk, **form.kept()},
            doubt=Message.Doubt.LEAVE, created_at=request.now, not_before=request.now,
        )
    ])  # fmt: skip
    say(
        request,
        _("A test mail goes to %(address)s. The text is not saved by that.")
        % {"address": user.email},
    )
    return _page(request, found, form)


@require_POST
@transaction.atomic
def standard(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """Take the text that Lotse itself has."""
    found, _typed = _form(request, pk, language)
    services.use_standard_text(found, language, by=request.actor, now=request.now)
    say(request, _("The mails have the standard text again."))
    return go(request, reverse("process-mail", args=[pk, language]))


def _form(request: DeskRequest, pk: int, language: str) -> tuple[Process, ReminderTextForm]:
    if language not in dict(settings.LANGUAGES):
        raise Http404
    found = find(request, pk)
    return found, ReminderTextForm(request.POST or None, instance=found, language=language)


def _page(
    request: DeskRequest, found: Process, form: ReminderTextForm, *, status: int = 200
) -> HttpResponse:
    names = reminder_text.names_in(form.language)
    label = dict(settings.LANGUAGES)[form.language]
    context = {
        "process": found,
        "form": form,
        "language": form.language,
        "languages": settings.LANGUAGES,
        "fields": [(names[field], _(what)) for field, what in FIELDS.items()],
        "example": _braced(["|".join((names["interest"], _("our products")))]),
        "is_own": get_reminder_text(found.pk, form.language) is not None,
        "address": request.user.email,
        "crumb": _("Mail text, %(language)s") % {"language": label},
        "back_url": f"{reverse('process', args=[found.pk])}#follow-up",
        "back_label": found.name,
    }
    return show(request, "processes/mail.html", context, status=status)


def _shown(request: DeskRequest, found: Process, form: ReminderTextForm) -> ShownMail:
    wording = reminder_text.get_wording(found, form.language)
    if form.is_bound:
        wording = reminder_text.as_wording(**form.kept())
    sample = get_sample(found, request.user, now=request.now)
    return show_reminder(sample, wording, form.language, now=request.now)


def _braced(names: Any) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
