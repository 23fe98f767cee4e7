"""Says in the reader's language what a column is, why a row was set aside, why a file was refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lotse.kernel.reasons import SENTENCES, Reason
from lotse.stages.intake import services as intake
from lotse.stages.intake.files.columns import FIELDS, By
from lotse.stages.intake.rules import NOBODY, Fault

NAMES: Mapping[str, str | Promise] = {
    "salutation": _("Contact, salutation"),
    "title": _("Contact, title"),
    "first_name": _("Contact, first name"),
    "last_name": _("Contact, last name"),
    "name": _("Contact, name"),
    "company": _("Account, name"),
    "email": _("Contact, e-mail"),
    "phone": _("Contact, phone"),
    "street": _("Lead, street"),
    "postcode": _("Lead, postcode"),
    "city": _("Lead, city"),
    "country": _("Lead, country"),
    "language": _("Lead, language"),
    "product": _("Lead, product"),
    "lead_type": _("Lead, type"),
    "source": _("Lead, source"),
    "campaign": _("Lead, campaign"),
    "value": _("Lead, value"),
    "subject": _("Lead, subject"),
    "note": pgettext_lazy("what a column is", "Note"),
    "created_at": _("Lead, day of arrival"),
    "external_id": _("Lead, external number"),
}
assert set(NAMES) == set(FIELDS)  # noqa: S101 - a field without a name would be a blank in a list

RECOGNISED_BY: Mapping[By, str | Promise] = {
    By.HEADER: pgettext_lazy("recognised by", "header"),
    By.CONTENTS: pgettext_lazy("recognised by", "contents"),
    By.PERSON: pgettext_lazy("recognised by", "by hand"),
    By.NOTHING: pgettext_lazy("recognised by", "not recognised"),
}


def name_of(field: str) -> str:
    """Return what a field is called."""
    return str(NAMES.get(field, field))


def tell(reason: Reason) -> str:
    """Tell a reason that names no records."""
    return gettext(SENTENCES.get(reason.code, reason.code)) % _Blanks(reason.values)


def tell_fault(fault: Fault) -> str:
    """Tell what is wrong in which field of a row."""
    said = intake.tell_fault(fault)
    # Who says nothing of themselves has no field in which that could be mended.
    return said if fault.code == NOBODY or not fault.field else f"{name_of(fault.field)}: {said}"


def tell_faults(found: Iterable[Fault]) -> str:
    return " ".join(tell_fault(fault) for fault in found)


class _Blanks(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"
