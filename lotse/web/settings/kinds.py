"""The lists an administrator keeps: which there are, what is entered, and where an entry is used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotse.records.cases.models import Case
from lotse.records.catalog.models import (
    Campaign,
    LeadSource,
    LeadType,
    Product,
    ProductLine,
    Reason,
)
from lotse.stages.acceptance.models import Offer
from lotse.web.settings.forms import (
    CampaignForm,
    EntryForm,
    LeadTypeForm,
    LineForm,
    ProductForm,
    ReasonForm,
    SourceForm,
)


@dataclass(frozen=True)
class Kind:
    """One list: its records and form, and the field by which others name an entry."""

    key: str
    model: type[Model]
    form: type[EntryForm]
    title: Promise | str
    new: Promise | str
    about: Promise | str
    icon: str
    # Who names an entry, and in which field.
    used_in: type[Model] = Case
    used_by: str = ""
    order: tuple[str, ...] = ("name",)
    search: tuple[str, ...] = ("name",)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    related: tuple[str, ...] = ()

    @property
    def has_order(self) -> bool:
        return self.order == ("position",)

    @property
    def can_rest(self) -> bool:
        """Say whether an entry can be switched off."""
        return any(f.name == "is_active" for f in self.model._meta.concrete_fields)

    def rows(self) -> QuerySet[Any]:
        rows = self.model._default_manager.filter(**self.fixed)
        return rows.select_related(*self.related) if self.related else rows


TWO = ("name_de", "name_en")

KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "lead-types", LeadType, LeadTypeForm, _("Lead types"), _("New lead type"),
            _("What sort of inquiry, and how it is handled."), "tag",
            used_by="lead_type", order=TWO, search=TWO,
        ),
        Kind(
            "products", Product, ProductForm, _("Products"), _("New product"),
            _("What is asked for."), "wrench",
            used_by="product", search=("name", "number"), related=("line",),
        ),
        Kind(
            "product-lines", ProductLine, LineForm, _("Product lines"), _("New product line"),
            _("What belongs together among the products."), "layers",
            used_in=Product, used_by="line", order=TWO, search=TWO,
        ),
        Kind(
            "sources", LeadSource, SourceForm, _("Lead sources"), _("New lead source"),
            _("Where leads come from."), "link",
            used_by="source",
        ),
        Kind(
            "campaigns", Campaign, CampaignForm, _("Campaigns"), _("New campaign"),
            _("What leads were won by, from when until when."), "flag",
            used_by="campaign",
        ),
        Kind(
            "reasons-lost", Reason, ReasonForm, _("Reasons for losing"), _("New reason"),
            _("Why a lead was closed as unsuccessful."), "x",
            used_by="lost_reason", order=("position",), search=TWO,
            fixed={"use": Reason.Use.LOST.value},
        ),
        Kind(
            "reasons-declined", Reason, ReasonForm, _("Reasons for declining"), _("New reason"),
            _("Why somebody does not take a lead."), "ban",
            used_in=Offer, used_by="reason", order=("position",), search=TWO,
            fixed={"use": Reason.Use.DECLINED.value},
        ),
    )
}  # fmt: skip
