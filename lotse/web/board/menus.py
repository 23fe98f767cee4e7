"""
The menus of the cards.

All cards of a column that allow the same have the same menu but for the case it is of. It is drawn
once, as a pattern, and each card fills in its number and name: drawing each anew would cost more
than everything else on the board.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lotse.records.catalog.models import Phase
from lotse.web.board.queries import Card

# What stands in the pattern for the number of a case, which an address takes, and for its name.
_NUMBER, _NAME = 918273645546372819, "\ue000"


class Menus:
    """Draws the menu of each card of a board."""

    def __init__(self, phases: Sequence[Phase], context: Mapping[str, Any]) -> None:
        self._shared = {**context, "phases": phases, "pk": _NUMBER, "name": _NAME}
        self._patterns: dict[tuple[int | None, bool, bool], str] = {}

    def menu_of(self, card: Card) -> SafeString:
        if not (card.may_edit or card.may_assign):
            return SafeString("")
        key = (card.case.phase_id, card.may_edit, card.may_assign)
        if key not in self._patterns:
            self._patterns[key] = self._draw(card)
        filled = self._patterns[key].replace(str(_NUMBER), str(card.case.pk))
        # The pattern was escaped when it was drawn; the name is escaped here.
        return mark_safe(filled.replace(_NAME, escape(card.case.name)))  # noqa: S308

    def _draw(self, card: Card) -> str:
        context = {**self._shared, "card": card, "here_id": card.case.phase_id}
        return render_to_string("board/menu.html", context)
