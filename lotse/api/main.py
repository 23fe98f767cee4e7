"""The interface for machines: one root, its doors, and the page that describes it."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI

from lotse.api import activities, handling, leads, offers, problems, refusals
from lotse.api.auth import KeyAuth

api = NinjaAPI(
    title="Lotse",
    version="1",
    description=(
        "Leads in, and everything that people do with them. Each request carries the header "
        "“Authorization: Bearer …” with a key from Settings → Interfaces."
    ),
    auth=KeyAuth(),
    urls_namespace="api",
)
problems.install(api)
refusals.install(api)
api.add_router("/leads", leads.router)
api.add_router("/leads", handling.router)
api.add_router("/offers", offers.router)
api.add_router("", activities.router)

# These are for people who signed in; all other addresses ask for a key instead.
_PAGES = {"openapi-view", "openapi-json"}


def get_urls() -> tuple[list[URLPattern | URLResolver], str, str]:
    """Return the addresses, each asking either for a key or for a person who signed in."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name not in _PAGES:
            login_not_required(pattern.callback)
    return patterns, app, namespace
