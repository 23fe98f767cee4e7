"""The two lists of cases, leads and opportunities: their groups, and what each group is sorted by."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lotse.access.policy import Entity
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case, CaseQuerySet
from lotse.web.cases.paging import Sort


@dataclass(frozen=True)
class Group:
    """One of the three groups of the overview; derived, never stored."""

    key: str
    label: str | Promise
    sort: str

    @property
    def order(self) -> tuple[str, str]:
        """Return the order in which the index of the group holds it."""
        return ("-closed_at" if self.key == "done" else "-created_at", "-id")

    def among(self, cases: CaseQuerySet) -> CaseQuerySet:
        match self.key:
            case "new":
                return cases.new()
            case "active":
                return cases.active()
            case _:
                return cases.done()


@dataclass(frozen=True)
class Listing:
    """A list of one kind of case; `name` begins the names of its addresses."""

    name: str
    kind: Case.Kind
    entity: Entity
    title: str | Promise
    groups: tuple[Group, ...]

    @property
    def page(self) -> str:
        """Return the name of the address of one such case."""
        return "lead" if self.kind == Case.Kind.LEAD else "opportunity"

    @property
    def distribution(self) -> str:
        return f"{self.name}-distribution"

    @property
    def move(self) -> str:
        return f"{self.name}-move"

    @property
    def closure(self) -> str:
        return f"{self.name}-closure"

    def group(self, key: str) -> Group | None:
        return next((g for g in self.groups if g.key == key), None)


NEW = Group("new", pgettext_lazy("group", "New"), "created")
ACTIVE = Group("active", pgettext_lazy("group", "Active"), "created")
DONE = Group("done", pgettext_lazy("group", "Done"), "closed")

LEADS = Listing("leads", Case.Kind.LEAD, Entity.LEAD, _("Leads"), (NEW, ACTIVE, DONE))
OPPORTUNITIES = Listing(
    "opportunities", Case.Kind.OPPORTUNITY, Entity.OPPORTUNITY, _("Opportunities"), (ACTIVE, DONE)
)


@dataclass(frozen=True)
class Column:
    """A column of the list: its heading, by what it sorts, and on how narrow a page it stays."""

    key: str
    label: str | Promise
    shape: str = ""
    column: str = ""
    is_nullable: bool = False
    # The way it is sorted on the first click.
    is_down: bool = False
    # Not for a partner's users.
    is_inside: bool = False

    def sort(self, *, is_down: bool) -> Sort:
        return Sort(self.column, is_down=is_down, is_nullable=self.is_nullable)


_NAME = Column("name", _("Lead"), column="sort_name")
_INTEREST = Column("interest", _("Interest"), "wide-only", column="product__name", is_nullable=True)
_CAMPAIGN = Column(
    "campaign",
    _("Campaign"),
    "wide-only",
    column="campaign__name",
    is_nullable=True,
    is_inside=True,
)
_SCORE = Column("score", _("Score"), "col-s", column="score", is_down=True)
_ASSIGNEE = Column("assignee", _("Assignee"), "mid-only", column="assignee__name", is_nullable=True)
_VALUE = Column("value", _("Value"), "mid-only num", column="value", is_nullable=True, is_down=True)
_PHASE = Column("phase", _("Phase"), column="phase__position", is_nullable=True)
_CREATED = Column("created", _("Received"), "mid-only num", column="created_at", is_down=True)

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "new": (
        _NAME, _INTEREST, _CAMPAIGN, _SCORE, Column("distribution", _("Distribution"), "mid-only"),
        _CREATED,
    ),
    "active": (
        _NAME, _INTEREST, _PHASE, _ASSIGNEE, _VALUE,
        Column("due", _("Due"), "mid-only num", column="overdue_at", is_nullable=True),
        Column("created", _("Received"), "wide-only num", column="created_at", is_down=True),
    ),
    "done": (
        _NAME, _INTEREST, Column("outcome", _("Outcome"), column="outcome"), _ASSIGNEE, _VALUE,
        Column("closed", _("Closed"), "mid-only num", column="closed_at", is_down=True),
    ),
}  # fmt: skip


def columns_for(viewer: Viewer, group: Group) -> list[Column]:
    return [c for c in COLUMNS[group.key] if not (c.is_inside and viewer.partner_id)]
