"""The small pieces every page is made of: signs, people, phases, scores, amounts."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.numbers import format_currency, format_decimal
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lotse.records.catalog.models import Phase
from lotse.records.people.models import User

register = template.Library()

# How many colours avatars have in the style sheet.
HUES = 6
HIGH, MIDDLE = 70, 40
# A list draws the same few pieces for each of its rows; so many of them are kept.
KEPT = 2048


@register.simple_tag
@lru_cache(KEPT)
def icon(name: str, size: str = "") -> SafeString:
    """Draw a sign of the sprite; it says nothing by itself, a word must stand beside it."""
    extra = format_html(' data-size="{}"', size) if size else ""
    return format_html(
        '<svg class="icon"{} aria-hidden="true"><use href="{}#{}"></use></svg>',
        extra,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def mark() -> SafeString:
    """Draw the flag of Lotse."""
    return format_html(
        '<svg class="mark" aria-hidden="true"><use href="{}#mark"></use></svg>', static("icons.svg")
    )


@register.simple_tag
def avatar(user: User | None, size: str = "") -> SafeString:
    """Draw somebody's initials; the name must stand beside them."""
    return _avatar(user.pk % HUES + 1, user.initials, size) if user else SafeString("")


@lru_cache(KEPT)
def _avatar(hue: int, initials: str, size: str) -> SafeString:
    extra = format_html(' data-size="{}"', size) if size else ""
    return format_html(
        '<span class="avatar" data-hue="{}"{} aria-hidden="true">{}</span>', hue, extra, initials
    )


@register.simple_tag
def phase(of: Phase | None) -> SafeString:
    """Draw a phase: its colour and its name."""
    return _phase(of.colour, of.name) if of else SafeString("")


@lru_cache(KEPT)
def _phase(colour: str, name: str) -> SafeString:
    return format_html('<span class="phase" data-phase="{}">{}</span>', colour, name)


@register.simple_tag
@lru_cache(KEPT)
def score(points: int | None) -> SafeString:
    """Draw a score of 0 to 100: the number and a bar; nothing where nobody has given points."""
    if not points:
        return SafeString("")
    band = "high" if points >= HIGH else "mid" if points >= MIDDLE else "low"
    return format_html(
        '<span class="score" data-band="{}"><span>{}</span><svg class="score-bar" aria-hidden="true">'
        '<rect width="{}%" height="100%" rx="2"/></svg></span>',
        band,
        points,
        max(0, min(points, 100)),
    )


@register.filter
def money(amount: Decimal | int | None) -> str:
    """Write an amount in the currency of the house: "23.900 €"; cents only where there are any."""
    return "" if amount is None else _money(amount, settings.CURRENCY, _locale())


@lru_cache(KEPT)
def _money(amount: Decimal | int, currency: str, locale: str) -> str:
    whole = amount == int(amount)
    shape = None if not whole else ("#,##0 ¤" if locale == "de" else "¤#,##0")
    return format_currency(amount, currency, shape, locale=locale, currency_digits=not whole)


@register.filter
def number(value: float | None) -> str:
    """Write a number as the reader does: "1.204"."""
    return "" if value is None else format_decimal(value, locale=_locale())


@register.filter
def capped(count: int, most: int = 10_000) -> str:
    """Write a count that was not counted to its end: "10.000+"."""
    return f"{number(most)}+" if count > most else number(count)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """Look something up in a mapping."""
    return mapping.get(key)


def _locale() -> str:
    return "en_GB" if (get_language() or "de").startswith("en") else "de"
