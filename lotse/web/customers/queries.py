"""What the pages of accounts and contacts share: their lists, former values, the cases of a customer."""

from dataclasses import dataclass

from django.db.models import Q

from lotse.access import gate
from lotse.access.policy import Entity, Level, May
from lotse.access.telling.when import Reader
from lotse.access.telling.words import word_for
from lotse.access.viewer import Viewer
from lotse.records.accounts.models import Account, Contact, FormerValue
from lotse.records.accounts.search import search_accounts, search_contacts
from lotse.records.cases.models import Case
from lotse.records.journal.models import journal_name
from lotse.web.shared.slices import Slice, get_slice


@dataclass(frozen=True)
class Former:
    """A value that a field had, or that was offered and not taken."""

    field: str
    value: str
    when: str
    was_taken: bool


def get_accounts(viewer: Viewer, *, query: str, after: str) -> Slice[Account]:
    """Read one page of the accounts that the viewer may see and a query finds, by name."""
    rows = gate.rows(viewer, May.SEE, Account.objects.select_related("owner"))
    return get_slice(search_accounts(rows, query), key=("name",), after=after)


def get_contacts(viewer: Viewer, *, query: str, after: str) -> Slice[Contact]:
    """Read one page of the contacts that the viewer may see and a query finds, by name."""
    rows = gate.rows(viewer, May.SEE, Contact.objects.select_related("account"))
    return get_slice(search_contacts(rows, query), key=("last_name", "first_name"), after=after)


def get_former(customer: Account | Contact, reader: Reader) -> list[Former]:
    values = FormerValue.objects.filter(
        record_type=journal_name(customer), record_id=customer.pk
    ).exclude(value="")
    return [
        Former(word_for("field", v.field), v.value, reader.moment(v.at), v.was_taken)
        for v in values.order_by("-id")[:50]
    ]


def get_cases(viewer: Viewer, customer: Account | Contact) -> list[Case]:
    """Return the customer's cases that the viewer may see, open ones first."""
    cases = Case.objects.standing().select_related("phase", "assignee")
    own = Q(account=customer) if isinstance(customer, Account) else Q(contact=customer)
    seen = gate.rows(viewer, May.SEE, cases.filter(own))
    return sorted(seen.order_by("-id")[:100], key=lambda case: case.is_closed)


def may_create(viewer: Viewer) -> bool:
    return viewer.level(Entity.ACCOUNT, May.CREATE) != Level.NONE
