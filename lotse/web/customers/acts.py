"""Creating and editing an account or contact: the same steps for both."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.records.accounts.editing import create, edit
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.services import ChangedMeanwhile
from lotse.records.cases.holding import main_teams
from lotse.web.customers.queries import may_create
from lotse.web.desk import DeskRequest
from lotse.web.editing.forms import EditForm, get_authors
from lotse.web.show import show as show_page
from lotse.web.toasts import say


def add(
    request: DeskRequest, form: EditForm, *, page: str, template: str, title: str
) -> HttpResponse:
    """Create what the form holds; it belongs to whoever creates it."""
    if not may_create(request.actor):
        raise PermissionDenied
    if not form.is_valid():
        return show(request, form, template=template, title=title)
    customer = form.instance
    for name in form.names:
        setattr(customer, name, form.cleaned_data[name])
    customer.owner = customer.owner or request.user
    customer.team_id = main_teams([request.user.pk]).get(request.user.pk)
    customer.partner_id = request.actor.partner_id
    create(customer, by=request.actor, now=request.now)
    say(request, _("%(name)s is created.") % {"name": customer})
    return redirect(page, customer.pk)


def change(
    request: DeskRequest,
    customer: Account | Contact,
    form: EditForm,
    *,
    page: str,
    template: str,
    title: str,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Save what was changed; where somebody else was quicker, show where we clash."""
    if not form.is_valid():
        return show(request, form, template=template, title=title, customer=customer)

    # Validation wrote what was typed into the instance; what stands is read anew.
    standing = _read_anew(request, customer)
    found = form.merged()
    if found.clashes:
        clashing = [clash.field for clash in found.clashes]
        form.with_clashes(found, get_authors(request.actor, standing, clashing, request.reader))
        return show(request, form, template=template, title=title, customer=standing)
    try:
        edit(
            standing,
            version=standing.version,
            fields=form.values(found),
            by=request.actor,
            now=request.now,
        )
    except ChangedMeanwhile:
        # Somebody saved between reading and writing: merge once more with what stands now.
        return again()
    say(request, _("Saved."))
    return redirect(page, customer.pk)


def _read_anew(request: DeskRequest, customer: Account | Contact) -> Account | Contact:
    if isinstance(customer, Account):
        return gate.find(request.actor, May.EDIT, Account.objects.all(), pk=customer.pk)
    return gate.find(request.actor, May.EDIT, Contact.objects.all(), pk=customer.pk)


def show(
    request: DeskRequest,
    form: EditForm,
    *,
    template: str,
    title: str,
    customer: Account | Contact | None = None,
) -> HttpResponse:
    kind = type(form.instance)._meta.model_name
    context: dict[str, Any] = {
        "form": form,
        "form_template": template,
        "title": title,
        "customer": customer,
        "back": reverse(f"{kind}", args=[customer.pk]) if customer else reverse(f"{kind}s"),
    }
    return show_page(request, "customers/form.html", context, status=422 if form.is_bound else 200)
