"""The walk through all pages: every named route that shows one, and with which record it is opened."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.company import Company

Filling = Callable[[Company], dict[str, Any]]

# Whoever adds an address with a blank says here what fills it. "lead" also fills "lead-phase" and
# whatever else begins with that word.
FILLED: dict[str, Filling] = {
    "account": lambda company: {"pk": company.account.pk},
    "contact": lambda company: {"pk": company.contact.pk},
    "board-phase": lambda company: {"pk": company.contacting.pk},
    "board-place": lambda company: {"pk": company.lead.pk},
    "guide": lambda company: {"pk": company.asked_of_ines.pk},
    "import": lambda company: {"pk": company.draft.pk},
    "import-result": lambda company: {"pk": company.imported.pk},
    "lead": lambda company: {"pk": company.lead.pk},
    "absence": lambda company: {"pk": company.absence.pk},
    "appointment": lambda company: {"pk": company.visit.pk},
    "area": lambda company: {"pk": company.area.pk},
    "closed": lambda company: {"pk": company.closed_day.pk},
    "hours": lambda company: {"pk": company.hours.pk},
    "partner": lambda company: {"pk": company.tietjen.pk},
    "person": lambda company: {"pk": company.anna.pk},
    "person-absence": lambda company: {"pk": company.absence.pk},
    "team": lambda company: {"pk": company.south.pk},
    "team-member-removal": lambda company: {
        "pk": company.south.pk,
        "person": company.anna.pk,
    },
    "rule": lambda company: {"pk": company.rule.pk},
    "key": lambda company: {"pk": company.key.pk},
    "list": lambda company: {"kind": "reasons-lost"},
    "list-entry": lambda company: {"kind": "reasons-lost", "pk": company.not_interested.pk},
    "list-place": lambda company: {"kind": "reasons-lost", "pk": company.not_interested.pk},
    "list-switch": lambda company: {"kind": "reasons-lost", "pk": company.not_interested.pk},
    "outbox-address": lambda company: {"pk": company.suppression.pk},
    "phase": lambda company: {"pk": company.contacting.pk},
    "process": lambda company: {"pk": company.process.pk},
    "process-mail": lambda company: {"pk": company.process.pk, "language": "de"},
    "role": lambda company: {"pk": company.anna.roles.get().pk},
    "undo": lambda company: {"pk": company.winning.pk},
    "task": lambda company: {"pk": company.open_task.pk},
    "offer": lambda company: {"pk": company.offer_of(company.offered).pk},
    "opportunity": lambda company: {"pk": company.opportunity.pk},
    "password_reset_confirm": lambda company: {
        "uidb64": urlsafe_base64_encode(force_bytes(company.ben.pk)),
        "token": default_token_generator.make_token(company.ben),
    },
}

# Who opens a page; Ines opens all others.
VISITOR = ""
OPENED_BY = {
    "offer": "ole",
    "login": VISITOR,
    "password_reset": VISITOR,
    "password_reset_done": VISITOR,
    "password_reset_confirm": VISITOR,
}

# Pages that look different to somebody else, or with another record: who opens it, and where.
ALSO: dict[str, tuple[str, Callable[[Company], str]]] = {
    "lead types": ("ines", lambda _: reverse("list", args=["lead-types"])),
    "new lead type": ("ines", lambda _: reverse("list-new", args=["lead-types"])),
    "products": ("ines", lambda _: reverse("list", args=["products"])),
    "new campaign": ("ines", lambda _: reverse("list-new", args=["campaigns"])),
}

# What is looked at elsewhere: the very first page is gone once there is a user.
ELSEWHERE = {"first"}

# What no route is called by: the page of what does not exist.
NAMELESS = ["/gibt/es/nicht/"]

# What a converter of an address accepts, for asking whether there is a page behind it at all.
NOTHING = {"IntConverter": 0, "StringConverter": "x", "SlugConverter": "x", "PathConverter": "x"}


def routes(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Yield every named route of the pages."""
    for pattern in (resolver or get_resolver("lotse.web.urls")).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern)
        elif pattern.name and pattern.name not in ELSEWHERE:
            yield pattern


def unfilled(client: Client, filled: Mapping[str, Filling]) -> list[str]:
    """Return the names of routes that answer GET but are not in the walk."""
    return sorted(
        str(route.name)
        for route in routes()
        if route.pattern.converters
        and _filler(str(route.name), filled) is None
        and client.get(_address_of_nothing(route)).status_code != 405
    )


def addresses(company: Company, who: str) -> dict[str, str]:
    """
    Return the address of each page that this person opens, by its name.

    Left out is what shows no page: acts, parts of pages, files.
    """
    client = client_of(company, who)
    wanted = {str(route.name): route for route in routes() if _is_opened_by(who, route)}
    found = {name: address_of(route, company) for name, route in wanted.items()}
    found |= {name: path(company) for name, (opener, path) in ALSO.items() if opener == who}
    pages = {name: path for name, path in found.items() if _shows_a_page(client, path)}
    return pages if who == VISITOR else pages | {path: path for path in NAMELESS}


def address_of(route: URLPattern, company: Company) -> str:
    """Return the address of a route with its blanks filled."""
    if not route.pattern.converters:
        return reverse(route.name)
    fill = _filler(str(route.name), FILLED)
    assert fill, f"tests/pages.py does not say what fills the blanks of {route.name}"
    return reverse(route.name, kwargs=fill(company))


def client_of(company: Company, who: str) -> Client:
    client = Client()
    if who != VISITOR:
        client.force_login(getattr(company, who))
    return client


def cookies_of(client: Client) -> list[dict[str, str]]:
    return [{"name": name, "value": morsel.value} for name, morsel in client.cookies.items()]


def _is_opened_by(who: str, route: URLPattern) -> bool:
    name = str(route.name)
    is_open = not route.pattern.converters or _filler(name, FILLED) is not None
    return is_open and OPENED_BY.get(name, "ines") == who


def _filler(name: str, filled: Mapping[str, Filling]) -> Filling | None:
    """Return what fills a route: what its own name says, or the longest beginning of it."""
    parts = name.split("-")
    begun = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((filled[one] for one in begun if one in filled), None)


def _shows_a_page(client: Client, path: str) -> bool:
    answer = client.get(path, follow=True)
    # An act's address: there is no page to open.
    if answer.status_code == 405:
        return False
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    is_html = answer.headers["Content-Type"].startswith("text/html")
    return is_html and b"<!doctype html" in answer.content[:100].lower()


def _address_of_nothing(route: URLPattern) -> str:
    blanks = route.pattern.converters.items()
    return reverse(route.name, kwargs={n: NOTHING[type(c).__name__] for n, c in blanks})
