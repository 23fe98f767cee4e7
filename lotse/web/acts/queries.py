"""Reads what the page of an act shows, through the gate."""

from django.urls import Resolver404, resolve, reverse

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.journal.models import Act, Entry


def get_main_lines(act: Act) -> list[Entry]:
    """Return the lines of an act that say what it did to its cases."""
    lines = list(act.entries.filter(about_type="case").order_by("id"))
    changing = [line for line in lines if line.before is not None]
    return changing or lines or list(act.entries.order_by("id"))


def get_way_back(viewer: Viewer, act: Act, wanted: str) -> str:
    """
    Return where to go once an act was taken back.

    That is where it was taken back from, unless that page is of a case which is there no more: an
    opportunity that was opened, a lead that is back with others.
    """
    pk = _case_of(wanted)
    about = set(act.entries.filter(about_type="case").values_list("about_id", flat=True))
    if pk is None or pk not in about:
        return wanted
    visible = gate.rows(viewer, May.SEE, Case.objects.filter(pk__in=about))
    seen = list(visible.order_by("id").values_list("pk", flat=True))
    if pk in seen:
        return wanted
    return reverse("lead", args=[seen[0]]) if seen else "/"


def _case_of(address: str) -> int | None:
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    pk = match.kwargs.get("pk")
    return pk if match.url_name == "lead" and isinstance(pk, int) else None
