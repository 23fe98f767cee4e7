"""Finds what somebody types: cases, accounts, contacts, and the pages and commands open to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.kernel.addresses import plain
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.search import search_accounts, search_contacts
from lotse.records.cases.models import Case
from lotse.records.cases.queries import search
from lotse.web.navigation import links_for, places_to_create


@dataclass(frozen=True)
class Hit:
    """Something that was found, and where it is; `key` tells it from all other hits."""

    key: str
    icon: str
    label: str
    hint: str
    address: str


@dataclass(frozen=True)
class Sort:
    """The hits of one sort."""

    title: str | Promise
    hits: Sequence[Hit]


def find(viewer: Viewer, query: str, *, most: int) -> list[Sort]:
    """Return what was found, at most so many of each sort; sorts without hits are left out."""
    commands = Sort(gettext_lazy("Pages and commands"), list(_commands(viewer, query)))
    if not query:
        return [commands]
    sorts = (
        Sort(gettext_lazy("Leads and opportunities"), _cases(viewer, query, most)),
        Sort(gettext_lazy("Accounts"), _accounts(viewer, query, most)),
        Sort(gettext_lazy("Contacts"), _contacts(viewer, query, most)),
        commands,
    )
    return [sort for sort in sorts if sort.hits]


def _cases(viewer: Viewer, query: str, most: int) -> list[Hit]:
    seen = gate.rows(viewer, May.SEE, Case.objects.standing())
    found = search(seen, query).select_related("product").order_by("-id")[:most]
    return [_case(case) for case in found]


def _case(case: Case) -> Hit:
    is_lead = case.kind == Case.Kind.LEAD
    place = f"{case.postcode} {case.city}".strip()
    company = case.company if case.company != case.name else ""
    told = (
        _("Lead") if is_lead else _("Opportunity"),
        company,
        case.subject or case.product,
        place,
    )
    page = "lead" if is_lead else "opportunity"
    icon = "inbox" if is_lead else "chance"
    address = reverse(page, args=[case.pk])
    return Hit(f"case-{case.pk}", icon, case.name, _joined(*told), address)


def _accounts(viewer: Viewer, query: str, most: int) -> list[Hit]:
    seen = gate.rows(viewer, May.SEE, Account.objects.all())
    return [
        Hit(
            f"account-{one.pk}",
            "account",
            one.name,
            _joined(_("Account"), one.city),
            reverse("account", args=[one.pk]),
        )
        for one in search_accounts(seen, query).order_by("-id")[:most]
    ]


def _contacts(viewer: Viewer, query: str, most: int) -> list[Hit]:
    seen = gate.rows(viewer, May.SEE, Contact.objects.select_related("account"))
    return [
        Hit(
            f"contact-{one.pk}",
            "contact",
            str(one),
            _joined(_("Contact"), one.city),
            reverse("contact", args=[one.pk]),
        )
        for one in search_contacts(seen, query).order_by("-id")[:most]
    ]


def _commands(viewer: Viewer, query: str) -> Iterator[Hit]:
    wanted = plain(query).split()
    for hit in (*_places(viewer), *_creations(viewer)):
        words = plain(hit.label).split()
        if all(any(word.startswith(one) for word in words) for one in wanted):
            yield hit


def _places(viewer: Viewer) -> Iterator[Hit]:
    for _group, links in links_for(viewer, ""):
        for link in links:
            label = _("Go to %(place)s") % {"place": link.place.label}
            yield Hit(f"go-{link.place.name}", link.place.icon, label, "", link.address)


def _creations(viewer: Viewer) -> Iterator[Hit]:
    for place in places_to_create(viewer):
        label = _("Create: %(what)s") % {"what": place.label}
        yield Hit(f"new-{place.name}", place.icon, label, "", place.address)


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
