"""What the "+" of every page offers."""

from typing import Any

from django import template

from lotse.web.navigation import Place
from lotse.web.navigation import places_to_create as open_to

register = template.Library()


@register.simple_tag(takes_context=True)
def places_to_create(context: dict[str, Any]) -> list[Place]:
    """Return what the viewer may create anywhere."""
    viewer = getattr(context.get("request"), "actor", None)
    return open_to(viewer) if viewer else []
