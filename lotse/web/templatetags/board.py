"""The menus of a board's cards in templates."""

from django import template
from django.utils.safestring import SafeString

from lotse.web.board.menus import Menus
from lotse.web.board.queries import Card

register = template.Library()


@register.simple_tag
def menu_of(menus: Menus, card: Card) -> SafeString:
    """Draw the menu of a card, with the button that opens it."""
    return menus.menu_of(card)
