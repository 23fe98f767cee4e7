"""What the pages of accounts and contacts share: pages of a list, former values, the cases of a customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Q, QuerySet

from lotse.access import gate
from lotse.access.policy import Entity, Level, May
from lotse.access.telling.when import Reader
from lotse.access.telling.words import word_for
from lotse.access.viewer import Viewer
from lotse.records.accounts.models import Account, Contact, FormerValue
from lotse.records.accounts.search import search_accounts, search_contacts
from lotse.records.cases.models import Case
from lotse.records.journal.models import journal_name

SIZE = 50
M = TypeVar("M", Account, Contact)


@dataclass(frozen=True)
class Slice(Generic[M]):
    """One page of a list in the order of its key; `after` is where the next one begins."""

    rows: Sequence[M]
    after: int | None


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


def get_slice(rows: QuerySet[M], *, key: Sequence[str], after: str) -> Slice[M]:
    """Read one page of rows sorted by `key` and number."""
    if after.isdecimal():
        last = rows.model._default_manager.filter(pk=after).first()
        rows = rows.filter(_beyond(key, last)) if last else rows
    found = list(rows.order_by(*key, "id")[: SIZE + 1])
    return Slice(found[:SIZE], found[SIZE - 1].pk if len(found) > SIZE else None)


def _beyond(key: Sequence[str], last: Account | Contact) -> Q:
    """Return the filter for everything that stands after a row in the order of the key."""
    beyond, same = Q(), Q()
    for name in (*key, "pk"):
        value = getattr(last, name)
        beyond |= same & Q(**{f"{name}__gt": value})
        same &= Q(**{name: value})
    return beyond


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
