"""Doors of pages that more than one right opens."""

from django.core.exceptions import PermissionDenied

from lotse.access.policy import Act, Entity, Level, Right
from lotse.access.viewer import Viewer


def may_any(viewer: Viewer, *rights: Right) -> None:
    """
    Let pass whoever has one of the rights and works inside the company.

    :raises PermissionDenied: if the viewer has none of them, or belongs to a partner
    """
    if viewer.partner_id or not any(viewer.has(right) for right in rights):
        raise PermissionDenied


def may_see_people(viewer: Viewer) -> None:
    """
    Let pass whoever may look people up, and works inside the company.

    :raises PermissionDenied: if the viewer may not
    """
    if viewer.partner_id or viewer.level(Entity.PERSON, Act.SEE) == Level.NONE:
        raise PermissionDenied
