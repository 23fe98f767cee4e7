"""The form of a lead that is entered by hand."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lotse.records.cases.models import Case
from lotse.records.catalog.models import Campaign, LeadSource, LeadType, Product
from lotse.stages.intake.rules import LIMITS

TEXTS = (
    "first_name", "last_name", "company", "email", "phone", "street", "postcode", "city", "country",
    "subject",
)  # fmt: skip


def _choice(model: Any, label: Any) -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(
        model._default_manager.none(), label=label, required=False, empty_label=_("not known")
    )


class LeadForm(forms.Form):
    """
    Whatever somebody knows of a lead; intake says whether it is enough.

    `key` makes a form that is sent twice one lead.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    lead_type = _choice(LeadType, _("Lead type"))
    product = _choice(Product, _("Product"))
    source = _choice(LeadSource, _("Source"))
    campaign = _choice(Campaign, _("Campaign"))
    value = forms.DecimalField(
        label=_("Expected value"), min_value=0, max_digits=12, decimal_places=2, required=False, localize=True
    )  # fmt: skip
    message = forms.CharField(
        label=_("What do they want?"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_mine = forms.BooleanField(label=_("I work on it myself"), required=False)

    is_all_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            label = Case._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = forms.CharField(
                label=label, max_length=LIMITS[name], required=False
            )
        self.fields["email"].widget = forms.EmailInput()
        self.fields["phone"].widget = forms.TextInput(attrs={"type": "tel"})
        for name in ("lead_type", "product", "source", "campaign"):
            field = self.fields[name]
            field.queryset = _rows(field.queryset.model)  # type: ignore[attr-defined]

    def arrived(self) -> dict[str, str]:
        """Return what was typed by the names of intake, as text; what is empty is left out."""
        typed = {name: self.cleaned_data[name] for name in TEXTS}
        typed["value"] = self.cleaned_data["value"]
        return {name: str(value) for name, value in typed.items() if value not in (None, "")}

    def chosen(self) -> dict[str, int]:
        """Return what was chosen from the lists, by the columns of a case."""
        names = ("lead_type", "product", "source", "campaign")
        rows = {name: self.cleaned_data[name] for name in names}
        return {f"{name}_id": row.pk for name, row in rows.items() if row}


def _rows(model: Any) -> QuerySet[Any]:
    rows = model._default_manager.all()
    names = {field.name for field in model._meta.get_fields()}
    rows = rows.filter(is_active=True) if "is_active" in names else rows
    order = ("position", "id") if "position" in names else ("id",)
    return rows.order_by(*order)  # type: ignore[no-any-return]
