"""The pages of accounts: list, account, and the form of one."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotse.access import gate
from lotse.access.policy import May
from lotse.records.accounts.models import Account, Contact
from lotse.web.accounts.forms import AccountForm
from lotse.web.customers import acts, queries
from lotse.web.desk import DeskRequest
from lotse.web.lead.queries import get_colleagues
from lotse.web.show import show
from lotse.web.timeline.queries import get_timeline

TEMPLATE = "accounts/form.html"


@require_safe
def accounts(request: DeskRequest) -> HttpResponse:
    """Show the accounts the person may see, by name; `q` finds some of them."""
    query = request.GET.get("q", "").strip()
    page = queries.get_accounts(request.actor, query=query, after=request.GET.get("after", ""))
    context = {"page": page, "query": query, "may_create": queries.may_create(request.actor)}
    return show(request, "accounts/list.html", context, part="rows")


@require_safe
def account(request: DeskRequest, pk: int) -> HttpResponse:
    """Show an account, its people and its cases."""
    found = gate.find(
        request.actor, May.SEE, Account.objects.select_related("owner", "team"), pk=pk
    )
    reader = request.reader
    people = gate.rows(request.actor, May.SEE, Contact.objects.filter(account=found))
    before = request.GET.get("before", "")
    context = {
        "account": found,
        "may_edit": gate.allows(request.actor, May.EDIT, found),
        "may_create": queries.may_create(request.actor),
        "contacts": people.order_by("last_name", "first_name", "id")[:100],
        "cases": queries.get_cases(request.actor, found),
        "former": queries.get_former(found, reader),
        "timeline": get_timeline(
            request.actor, found, reader, before=int(before) if before.isdecimal() else None
        ),
    }
    return show(request, "accounts/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """Create an account."""
    form = AccountForm(
        request.POST or None,
        people=get_colleagues(request.actor),
        initial={"owner": request.user.pk},
    )
    return acts.add(request, form, page="account", template=TEMPLATE, title=_("New account"))


@require_http_methods(["GET", "HEAD", "POST"])
def fields(request: DeskRequest, pk: int) -> HttpResponse:
    """Edit an account."""
    found = gate.find(request.actor, May.EDIT, Account.objects.all(), pk=pk)
    people = get_colleagues(request.actor)
    form = AccountForm(request.POST or None, instance=found, people=people)
    return acts.change(
        request,
        found,
        form,
        page="account",
        template=TEMPLATE,
        title=_("Edit account"),
        again=lambda: fields(request, pk),
    )
