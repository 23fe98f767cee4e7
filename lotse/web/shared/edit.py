"""Takes a form that edits a record: what is to be written, or nothing as long as something must be mended."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from lotse.web.desk import DeskRequest
from lotse.web.editing.forms import EditForm

M = TypeVar("M", bound=Model)


def locked(request: DeskRequest, among: QuerySet[M]) -> QuerySet[M]:
    """Let nobody else write what is about to be written, until the transaction ends."""
    # On SQLite, the transaction itself lets one in at a time, and nothing is added to the query.
    return among.select_for_update(of=("self",)) if request.method == "POST" else among


def taken(request: DeskRequest, form: EditForm) -> dict[str, Any] | None:
    """
    Return the values to be written; None if the form must be shown once more.

    An instance that stands already must come from `locked`, in the transaction that writes.
    """
    if not form.is_bound or not form.is_valid():
        return None
    if form.instance.pk is None:
        return {name: form.cleaned_data[name] for name in form.names}
    found = form.merged()
    if found.clashes:
        fields = {clash.field for clash in found.clashes}
        authors = form.authors(request.actor, fields, request.reader)
        form.with_clashes(found, authors)
        return None
    return form.values(found)


def status_of(form: EditForm) -> int:
    """Return how a page with this form answers."""
    if form.clashes:
        return 409
    return 422 if form.is_bound else 200
