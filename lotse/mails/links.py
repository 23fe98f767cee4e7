"""The addresses in mails: each opens a page, none acts by itself."""

from django.conf import settings
from django.urls import reverse


def lead(case_id: int, part: str = "") -> str:
    """Return the address of a case's page, or of what opens on it: the id of a dialog or a menu."""
    return settings.BASE_URL + reverse("lead", args=[case_id]) + (f"#{part}" if part else "")


def offer(offer_id: int) -> str:
    return settings.BASE_URL + reverse("offer", args=[offer_id])
