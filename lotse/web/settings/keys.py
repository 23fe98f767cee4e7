"""The page of interfaces: keys with which other programs reach Lotse, made, shown once, revoked."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lotse.access.policy import Right
from lotse.records.journal.lists import EntryAdded, EntryRemoved
from lotse.records.journal.services import record
from lotse.records.people.keys import create_key, revoke_key
from lotse.records.people.models import ApiKey, Role
from lotse.web.desk import DeskRequest
from lotse.web.settings.places import open_to
from lotse.web.shared.doors import may_any
from lotse.web.shared.slices import get_slice
from lotse.web.show import go, show
from lotse.web.toasts import say


class KeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("name"),
        max_length=80,
        help_text=gettext_lazy("Which program uses it, as it stands in the history."),
    )
    role = forms.ModelChoiceField(
        Role._default_manager.order_by("pk"),
        label=gettext_lazy("role"),
        empty_label=gettext_lazy("Please choose"),
        help_text=gettext_lazy("The program may do what this role allows."),
    )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if ApiKey.objects.filter(name__iexact=name, revoked_at=None).exists():
            raise forms.ValidationError(_("This name is taken already."))
        return name


# A role may allow everything: whoever hands one out must be allowed to give people theirs.
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keys(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.PEOPLE)
    form = KeyForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    with transaction.atomic():
        key, secret = create_key(
            name=form.cleaned_data["name"], role=form.cleaned_data["role"], now=request.now
        )
        record(EntryAdded(name=key.name), about=key, by=request.actor, at=request.now)
    # Shown in this very answer and kept nowhere, so there is no page to go on to.
    return _page(request, KeyForm(), made=key, secret=secret)


@require_POST
@transaction.atomic
def revocation(request: DeskRequest, pk: int) -> HttpResponse:
    may_any(request.actor, Right.PEOPLE)
    key = get_object_or_404(ApiKey.objects.select_for_update(), pk=pk)
    if key.revoked_at is None:
        revoke_key(key, now=request.now)
        record(EntryRemoved(name=key.name), about=key, by=request.actor, at=request.now)
    say(request, _("%(name)s opens nothing any more.") % {"name": key.name})
    return go(request, reverse("keys"))


def _page(request: DeskRequest, form: KeyForm, *, status: int = 200, **made: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "page": get_slice(
            ApiKey.objects.select_related("role", "user"),
            key=("created_at",),
            after=request.GET.get("after", ""),
        ),
        "list_url": reverse("keys"),
        "said": "",
        "reader": request.reader,
        "settings_places": open_to(request.actor),
        "crumb": _("Interfaces"),
        **made,
    }
    return show(request, "settings/keys.html", context, status=status)
