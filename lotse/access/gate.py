"""The one way to a record: lists, single records, counts and machines all come through here."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from lotse.access.policy import EVERYBODY, NOBODY, May, Right, filter_for
from lotse.access.viewer import Viewer

M = TypeVar("M", bound=Model)


def rows(viewer: Viewer, may: May, among: QuerySet[M]) -> QuerySet[M]:
    """Leave only the rows on which the viewer may act so."""
    return among.filter(filter_for(viewer, may, among.model))


def find(viewer: Viewer, may: May, among: QuerySet[M], **lookup: Any) -> M:
    """
    Return the one record that is looked up.

    :raises Http404: if there is none, or the viewer may not see it, which is the same to them
    :raises PermissionDenied: if they may see it but not act so
    """
    visible = filter_for(viewer, May.SEE, among.model)
    if may == May.ANSWER:
        # A partner's user answers for a lead of which the offer is all they see.
        visible |= filter_for(viewer, may, among.model)
    found = among.filter(visible, **lookup).first()
    if found is None:
        raise Http404
    if may != May.SEE and not allows(viewer, may, found):
        raise PermissionDenied
    return found


def allows(viewer: Viewer, may: May, record: Model) -> bool:
    """Say whether the viewer may act so on this record."""
    model = type(record)
    wanted = filter_for(viewer, may, model)
    if wanted is EVERYBODY or wanted is NOBODY:
        return wanted is EVERYBODY
    return model._default_manager.filter(wanted, pk=record.pk).exists()


def require(viewer: Viewer, right: Right) -> None:
    """
    Let pass whoever has the right.

    :raises PermissionDenied: if the viewer has not
    """
    if not viewer.has(right):
        raise PermissionDenied(right.value)
