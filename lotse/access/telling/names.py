"""What the ids in facts and reasons are called, as far as the viewer may know: one query per kind of record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.kernel.actors import ActorKind
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.records.catalog.models import (
    Campaign,
    LeadSource,
    LeadType,
    Phase,
    Process,
    Product,
    ProductLine,
    Reason,
)
from lotse.records.people.models import ApiKey, Partner, Team, User
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.intake.models import Import

# A reference: what sort of record (the last word before `_id`), and its number.
Ref = tuple[str, int]


@dataclass(frozen=True)
class Sort:
    """One sort of record: its table, what it is called in general, and who may know its name."""

    model: type[Model]
    general: str | Promise
    # Through the gate: only names of records that the viewer may see.
    is_gated: bool = False
    # Of the own house: a partner's users do not learn what others are called.
    is_inside: bool = False
    # The name of the address of its page; "" where it has none of its own.
    page: str = ""


SORTS: Mapping[str, Sort] = {
    "person": Sort(User, _("somebody"), is_gated=True),
    "team": Sort(Team, _("a team"), is_inside=True),
    "partner": Sort(Partner, _("a sales partner")),
    "phase": Sort(Phase, _("a phase")),
    "process": Sort(Process, _("a process")),
    "account": Sort(Account, _("an account"), is_gated=True, page="account"),
    "contact": Sort(Contact, _("a contact"), is_gated=True, page="contact"),
    "case": Sort(Case, _("a case"), is_gated=True, page="lead"),
    "reason": Sort(Reason, _("a reason")),
    "product": Sort(Product, _("a product")),
    "line": Sort(ProductLine, _("a product line")),
    "type": Sort(LeadType, _("a lead type")),
    "source": Sort(LeadSource, _("a source")),
    "campaign": Sort(Campaign, _("a campaign"), is_inside=True),
    "rule": Sort(AssignmentRule, _("a rule")),
    "import": Sort(Import, _("a file"), is_inside=True),
    "key": Sort(ApiKey, _("an interface"), is_inside=True),
}
ALIASES: Mapping[str, str] = {
    "user": "person",
    "assignee": "person",
    "substitute": "person",
    "lead": "case",
    "opportunity": "case",
}
_ACTORS = {ActorKind.PERSON: "person", ActorKind.RULE: "rule", ActorKind.KEY: "key"}


@dataclass(frozen=True)
class Name:
    """How one record is called, and where its page is, if the viewer may see it."""

    text: str
    page: str = ""
    pk: int | None = None


class Names:
    """The names of many records, each known or told in general."""

    def __init__(self, known: Mapping[Ref, Name]) -> None:
        self._known = known

    def of(self, ref: Ref) -> Name:
        sort, pk = ref
        general = SORTS[sort].general if sort in SORTS else f"{sort} {pk}"
        return self._known.get(ref) or Name(str(general))


def sort_of(field: str) -> str:
    """Return what sort of record a field `x_id` points to; '' for other fields."""
    if not field.endswith("_id"):
        return ""
    word = field.removesuffix("_id").rpartition("_")[2]
    return ALIASES.get(word, word)


def refs_of(data: Mapping[str, Any]) -> set[Ref]:
    """Return the references that stand in the values of a fact or reason."""
    return {
        (sort, value)
        for field, value in data.items()
        if isinstance(value, int) and (sort := sort_of(field))
    }


def ref_of_actor(kind: str, pk: int | None) -> Ref | None:
    sort = _ACTORS.get(ActorKind(kind))
    return (sort, pk) if sort and pk is not None else None


def get_names(viewer: Viewer, refs: Iterable[Ref]) -> Names:
    """Read the names of all these records; a constant number of queries, one per sort at most."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for sort, pk in refs:
        if sort in SORTS:
            wanted[sort].add(pk)
    known = {ref: name for sort, ids in wanted.items() for ref, name in _read(viewer, sort, ids)}
    return Names(known)


def _read(viewer: Viewer, sort: str, ids: set[int]) -> Iterable[tuple[Ref, Name]]:
    how = SORTS[sort]
    rows = how.model._base_manager.filter(pk__in=ids)
    if how.is_gated:
        rows = gate.rows(viewer, May.SEE, rows)
    if viewer.partner_id and sort == "partner":
        rows = rows.filter(pk=viewer.partner_id)
    if viewer.partner_id and how.is_inside:
        return []
    return [((sort, row.pk), Name(str(row), how.page, row.pk)) for row in rows]
