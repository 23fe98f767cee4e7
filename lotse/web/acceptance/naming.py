"""How a lead is called before it is accepted: by its name inside the house, else by what and where."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.stages.acceptance.queries.asked import get_fallback_type
from lotse.stages.acceptance.queries.keeping import keeps_back, nameless_subject


def title_for(viewer: Viewer, case: Case) -> str:
    return titles_for(viewer, [case])[case.pk]


def titles_for(viewer: Viewer, cases: Iterable[Case]) -> dict[int, str]:
    """Return the titles of many, with one look at how leads without a type are handled."""
    if not viewer.partner_id:
        return {case.pk: case.name for case in cases}
    usual = get_fallback_type()
    return {
        case.pk: _what_and_where(case) if keeps_back(case, case.lead_type or usual) else case.name
        for case in cases
    }


def is_nameless(viewer: Viewer, case: Case) -> bool:
    """Say whether the viewer may not yet read whom a lead is from."""
    return bool(viewer.partner_id) and keeps_back(case)


def subject_for(case: Case) -> str:
    """Return what a lead is about, unless that names somebody who is not to be named yet."""
    return nameless_subject(case) if keeps_back(case) else case.subject


def _what_and_where(case: Case) -> str:
    what = _what(case)
    place = f"{case.postcode} {case.city}".strip()
    return _("%(what)s in %(place)s") % {"what": what, "place": place} if place else what


def _what(case: Case) -> str:
    if case.product and case.product.line:
        return str(case.product.line.name)
    return str(case.product or nameless_subject(case) or _("A lead"))
