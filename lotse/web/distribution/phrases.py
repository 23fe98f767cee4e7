"""Tells a rule as one sentence in the reader's language, in pieces that can be changed one by one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotse.kernel.conditions import Condition, Op
from lotse.kernel.language import mark
from lotse.records.catalog.models import Campaign, LeadSource, LeadType, Product, ProductLine
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.assignment.rules import Strategy, Target
from lotse.web.templatetags.lotse import money

# The conditions that name records of a list.
LISTS: Mapping[str, type[Model]] = {
    "product": Product,
    "product_line": ProductLine,
    "lead_type": LeadType,
    "source": LeadSource,
    "campaign": Campaign,
}
Names = Mapping[tuple[str, int], str]

_FIELDS = {
    "product": mark("Product"),
    "product_line": mark("Product line"),
    "lead_type": mark("Lead type"),
    "source": mark("Source"),
    "campaign": mark("Campaign"),
    "country": mark("Country"),
    "postcode": mark("Postcode"),
    "language": mark("Language"),
    "value": mark("Value"),
    "score": mark("Score"),
    "known_account": mark("Account"),
    "known_contact": mark("Contact"),
    "has_owner": mark("Owner"),
}
_SHAPES = {
    Op.IS: mark("%(what)s is %(value)s"),
    Op.IS_NOT: mark("%(what)s is not %(value)s"),
    Op.ONE_OF: mark("%(what)s is %(value)s"),
    Op.NONE_OF: mark("%(what)s is not %(value)s"),
    Op.ABOVE: mark("%(what)s above %(value)s"),
    Op.BELOW: mark("%(what)s below %(value)s"),
    Op.IS_SET: mark("%(what)s is given"),
    Op.IS_EMPTY: mark("%(what)s is not given"),
}
# What is asked with yes or no has a sentence for each answer.
YES_OR_NO = {
    "known_account": (mark("the account is known"), mark("the account is not known")),
    "known_contact": (mark("the contact is known"), mark("the contact is not known")),
    "has_owner": (mark("somebody looks after the customer"), mark("nobody looks after the customer")),
    "is_company": (mark("it is a company"), mark("it is a private customer")),
    "in_area": (mark("somebody sells in the area"), mark("nobody sells in the area")),
}  # fmt: skip
_FIXED = {
    (field, op, str(value)): told[index]
    for field, told in YES_OR_NO.items()
    for op, value, index in (
        (Op.IS, True, 0),
        (Op.IS, False, 1),
        (Op.IS_NOT, False, 0),
        (Op.IS_NOT, True, 1),
        (Op.IS_SET, None, 0),
        (Op.IS_EMPTY, None, 1),
    )
}
_LANGUAGES = {"de": mark("German"), "en": mark("English")}
_WHO = {
    Strategy.ROUND_ROBIN: mark("in turn"),
    Strategy.LEAST_BUSY: mark("whoever has the fewest open"),
    Strategy.WHOLE: mark("all of them, the first to accept gets it"),
}


@dataclass(frozen=True)
class Piece:
    """A part of the sentence; one with an `anchor` is changed in that field of the form."""

    text: str
    anchor: str = ""


def get_list_names(conditions: Iterable[Condition]) -> Names:
    """Read what the records are called that conditions name: one query for each list."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for condition in conditions:
        if condition.field in LISTS:
            wanted[condition.field].update(v for v in _listed(condition) if isinstance(v, int))
    return {
        (field, row.pk): str(row)
        for field, ids in wanted.items()
        for row in LISTS[field]._default_manager.filter(pk__in=ids)
    }


def sentence(rule: AssignmentRule, conditions: Sequence[Condition], names: Names) -> list[Piece]:
    """Tell the whole rule: when, then what, to whom, who of them, and what then."""
    return [*_when(conditions, names), *_then(rule), *_afterwards(rule), Piece(".")]


def phrase(condition: Condition, names: Names) -> str:
    """Tell one condition: "Product is Heat pump", "postcode 20 to 29"."""
    fixed = _FIXED.get((condition.field, condition.op, str(condition.value)))
    if fixed:
        return _(fixed)
    values = {"what": _(_FIELDS.get(condition.field, condition.field))}
    if condition.op == Op.BETWEEN:
        low, high = (_value(condition.field, v, names) for v in condition.value)
        return _("%(what)s %(low)s to %(high)s") % {**values, "low": low, "high": high}
    told = [_value(condition.field, one, names) for one in _listed(condition)]
    return _(_SHAPES[condition.op]) % {**values, "value": _or(told)}


def _when(conditions: Sequence[Condition], names: Names) -> list[Piece]:
    if not conditions:
        return [Piece(_("Always")), Piece(" ")]
    pieces = [Piece(_("If")), Piece(" ")]
    for at, condition in enumerate(conditions):
        if at:
            last = at == len(conditions) - 1
            pieces.append(Piece(" " + _("and") + " " if last else ", "))
        pieces.append(Piece(phrase(condition, names), f"id_{condition.field}"))
    return [*pieces, Piece(", " + _("then") + " ")]


def _then(rule: AssignmentRule) -> list[Piece]:
    act = _("offer it") if rule.by_offer else _("assign it at once")
    pieces = [Piece(act, "id_by_offer"), Piece(" "), Piece(_to_whom(rule), "id_whom")]
    if rule.target in {Target.TEAM, Target.PARTNER}:
        pieces += [Piece(", "), Piece(_(_WHO[Strategy(rule.strategy)]), "id_strategy")]
    return pieces


def _to_whom(rule: AssignmentRule) -> str:
    if rule.target == Target.OWNER:
        return _("to whoever looks after the customer")
    if rule.target == Target.AREA:
        return _("to the partner or team in the sales area")
    if rule.target == Target.TEAM:
        return _("to the team %(name)s") % {"name": rule.target_team}
    return _("to %(name)s") % {"name": rule.target_user or rule.target_partner}


def _afterwards(rule: AssignmentRule) -> list[Piece]:
    pieces = []
    if rule.by_offer and rule.offer_hours:
        hours = ngettext("%(count)s opening hour", "%(count)s opening hours", rule.offer_hours)
        told = hours % {"count": rule.offer_hours}
        pieces += [Piece(", " + _("to be answered within") + " "), Piece(told, "id_offer_hours")]
    if rule.tries:
        tries = ngettext("after %(count)s attempt", "after %(count)s attempts", rule.tries)
        told = tries % {"count": rule.tries}
        pieces += [Piece(", "), Piece(told, "id_tries"), Piece(" " + _("on to the next rule"))]
    return pieces


def _listed(condition: Condition) -> list[Any]:
    if condition.op in {Op.ONE_OF, Op.NONE_OF}:
        return list(condition.value or ())
    return [] if condition.value is None else [condition.value]


def _value(field: str, value: Any, names: Names) -> str:
    if field in LISTS:
        return names.get((field, value)) or _("something deleted")
    if field == "value":
        return money(value if isinstance(value, int) else _number(value))
    if field == "language":
        return _(_LANGUAGES.get(str(value), str(value)))
    return str(value)


def _number(value: Any) -> Any:
    from_text = str(value)
    return float(from_text) if "." in from_text else int(from_text)


def _or(told: Sequence[str]) -> str:
    if len(told) < 2:
        return "".join(told)
    return _("%(some)s or %(last)s") % {"some": ", ".join(told[:-1]), "last": told[-1]}
