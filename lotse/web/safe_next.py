"""Where to go afterwards: only ever to a page of our own house."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "next"


def next_of(request: HttpRequest, *, otherwise: str) -> str:
    """Return the address that the form or query names, if it lies in our house."""
    wanted = request.POST.get(FIELD) or request.GET.get(FIELD) or ""
    return wanted if is_ours(wanted, request) else otherwise


def is_ours(address: str, request: HttpRequest) -> bool:
    """Say whether an address is a path of ours; no host is taken, not even our own."""
    # A path is all that a link of ours ever needs; browsers read a backslash as a slash.
    if not address.startswith("/") or "\\" in address:
        return False
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
