"""The pages of contacts: list, contact, its form, and what it agreed to."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotse.access import gate
from lotse.access.policy import May
from lotse.kernel.addresses import phone_of
from lotse.records.accounts.editing import note_consent
from lotse.records.accounts.models import Account, Consent, Contact
from lotse.web.contacts.forms import ConsentForm, ContactForm
from lotse.web.customers import acts, queries
from lotse.web.desk import DeskRequest
from lotse.web.lead.queries import get_colleagues
from lotse.web.show import show
from lotse.web.timeline.queries import get_timeline
from lotse.web.toasts import say

TEMPLATE = "contacts/form.html"


@require_safe
def contacts(request: DeskRequest) -> HttpResponse:
    """Show the contacts the person may see, by name; `q` finds some of them."""
    query = request.GET.get("q", "").strip()
    page = queries.get_contacts(request.actor, query=query, after=request.GET.get("after", ""))
    context = {"page": page, "query": query, "may_create": queries.may_create(request.actor)}
    return show(request, "contacts/list.html", context, part="rows")


@require_safe
def contact(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a contact, its cases and what it agreed to."""
    rows = Contact.objects.select_related("account", "owner", "team")
    found = gate.find(request.actor, May.SEE, rows, pk=pk)
    reader = request.reader
    before = request.GET.get("before", "")
    form = ConsentForm(zone=reader.zone, now=request.now, initial={"since_on": reader.today})
    context = {
        "contact": found,
        "may_edit": gate.allows(request.actor, May.EDIT, found),
        "sees_account": found.account and gate.allows(request.actor, May.SEE, found.account),
        "phone_link": phone_of(found.phone, found.country),
        "mobile_link": phone_of(found.mobile, found.country),
        "cases": queries.get_cases(request.actor, found),
        "consents": Consent.objects.filter(contact=found).order_by("-id")[:50],
        "consent_form": form,
        "former": queries.get_former(found, reader),
        "timeline": get_timeline(
            request.actor, found, reader, before=int(before) if before.isdecimal() else None
        ),
    }
    return show(request, "contacts/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """Create a contact, under the account that `account` names if there is one."""
    initial = {"owner": request.user.pk, "account": _account_name(request)}
    form = ContactForm(
        request.POST or None,
        viewer=request.actor,
        people=get_colleagues(request.actor),
        initial=initial,
    )
    return acts.add(request, form, page="contact", template=TEMPLATE, title=_("New contact"))


def _account_name(request: DeskRequest) -> str:
    wanted = request.GET.get("account", "")
    if not wanted.isdecimal():
        return ""
    account = gate.find(request.actor, May.SEE, Account.objects.all(), pk=wanted)
    return account.name


@require_http_methods(["GET", "HEAD", "POST"])
def fields(request: DeskRequest, pk: int) -> HttpResponse:
    """Edit a contact."""
    found = gate.find(request.actor, May.EDIT, Contact.objects.all(), pk=pk)
    form = ContactForm(
        request.POST or None,
        instance=found,
        viewer=request.actor,
        people=get_colleagues(request.actor),
    )
    return acts.change(
        request,
        found,
        form,
        page="contact",
        template=TEMPLATE,
        title=_("Edit contact"),
        again=lambda: fields(request, pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: DeskRequest, pk: int) -> HttpResponse:
    """Note what a contact agreed to or refused."""
    found = gate.find(request.actor, May.EDIT, Contact.objects.all(), pk=pk)
    initial = {"since_on": request.reader.today}
    form = ConsentForm(request.POST or None, zone=request.zone, now=request.now, initial=initial)
    if not form.is_valid():
        context = {
            "form": form,
            "form_template": "contacts/consent.html",
            "title": _("Note a consent"),
            "customer": found,
            "back": reverse("contact", args=[found.pk]),
        }
        return show(request, "customers/form.html", context, status=422 if form.is_bound else 200)
    values = form.cleaned_data
    note_consent(
        found,
        channel=values["channel"],
        state=values["state"],
        wording=values["wording"],
        proof=values["proof"],
        since_at=values["since_on"],
        by=request.actor,
        now=request.now,
    )
    say(request, _("The consent is noted."))
    return redirect("contact", found.pk)
