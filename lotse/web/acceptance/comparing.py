"""The words for two records that are held side by side: what agrees, what differs, and how alike they are."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from babel import Locale
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lotse.records.accounts.alike import Comparison

LABELS = {
    "salutation": gettext_lazy("Salutation"),
    "title": gettext_lazy("Title"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "street": gettext_lazy("Street"),
    "postcode": gettext_lazy("Postcode"),
    "city": gettext_lazy("City"),
    "country": gettext_lazy("Country"),
    "language": gettext_lazy("Language"),
    "account": gettext_lazy("Account"),
}
AGREES = {
    "company": gettext_lazy("same name"),
    "form": gettext_lazy("same legal form"),
    "name": gettext_lazy("same name"),
    "email": gettext_lazy("same e-mail"),
    "phones": gettext_lazy("same phone"),
    "postcode": gettext_lazy("same postcode"),
    "street": gettext_lazy("same street"),
    "city": gettext_lazy("same city"),
    "domain": gettext_lazy("same domain"),
    "vat_number": gettext_lazy("same VAT number"),
    "customer_number": gettext_lazy("same customer number"),
}
DIFFERS = {
    "company": gettext_lazy("name differs"),
    "form": gettext_lazy("legal form differs"),
    "name": gettext_lazy("name differs"),
    "email": gettext_lazy("e-mail differs"),
    "phones": gettext_lazy("phone differs"),
    "postcode": gettext_lazy("postcode differs"),
    "street": gettext_lazy("street differs"),
    "city": gettext_lazy("city differs"),
    "domain": gettext_lazy("domain differs"),
    "vat_number": gettext_lazy("VAT number differs"),
    "customer_number": gettext_lazy("customer number differs"),
}
# A word is one piece, a digit is one: "24116" differs from "24114" in its last.
PIECES = re.compile(r"\d|[^\W\d_]+|.", re.DOTALL)


def tell_agreement(found: Comparison) -> list[str]:
    return [str(AGREES[name]) for name in found.agrees]


def tell_evidence(
    found: Comparison, values: Mapping[str, tuple[str, str]]
) -> list[tuple[bool, str]]:
    """
    Say what agrees and what differs, agreeing things first.

    :param values: what the record and the lead say, where it is short enough to be told
    """
    agrees = [(True, word) for word in tell_agreement(found)]
    return agrees + [(False, _differs(name, values.get(name))) for name in found.differs]


def _differs(name: str, values: tuple[str, str] | None) -> str:
    if not values or not all(values) or name != "postcode":
        return str(DIFFERS[name])
    return _("postcode %(known)s instead of %(lead)s") % {"known": values[0], "lead": values[1]}


def tell_likeness(found: Comparison) -> str:
    return f"{min(99, round(found.likeness * 100))} %" if not found.is_exact else "100 %"


def tell_hidden(holders: list[str], *, is_account: bool, has_others: bool) -> list[str]:
    """Say that something exists and to whom it belongs, and nothing more."""
    named, nameless = _hidden_account(has_others) if is_account else _hidden_contact(has_others)
    return [named % {"holder": holder} if holder else nameless for holder in holders]


def _hidden_account(has_others: bool) -> tuple[str, str]:
    if has_others:
        return (
            _("One more similar account belongs to %(holder)s."),
            _("There is one more similar account that you may not see."),
        )
    return (
        _("A similar account belongs to %(holder)s."),
        _("There is a similar account that you may not see."),
    )


def _hidden_contact(has_others: bool) -> tuple[str, str]:
    if has_others:
        return (
            _("One more similar contact belongs to %(holder)s."),
            _("There is one more similar contact that you may not see."),
        )
    return (
        _("A similar contact belongs to %(holder)s."),
        _("There is a similar contact that you may not see."),
    )


def tell_value(field: str, value: str) -> str:
    """Return a value as it is read: a country and a language by their names."""
    locale = Locale.parse(get_language() or "de", sep="-")
    names = {"country": locale.territories, "language": locale.languages}.get(field)
    return str(names.get(value, value)) if names else value


def mark_difference(one: str, other: str) -> list[tuple[str, bool]]:
    """Split a text into parts that the other has, too, and parts that it has not."""
    pieces, others = PIECES.findall(one), PIECES.findall(other)
    matcher = SequenceMatcher(None, pieces, others, autojunk=False)
    return [
        ("".join(pieces[a:b]), tag != "equal")
        for tag, a, b, _c, _d in matcher.get_opcodes()
        if b > a
    ]
