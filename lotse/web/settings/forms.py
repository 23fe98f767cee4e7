"""What is entered in the lists of the settings; a name stands once in each list."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotse.records.catalog.models import (
    Campaign,
    LeadSource,
    LeadType,
    Process,
    Product,
    ProductLine,
    Reason,
)
from lotse.web.editing.forms import EditForm


class EntryForm(EditForm):
    """Edits one entry of a list; `fixed` is what all entries of the list share."""

    is_all_optional = False
    once: ClassVar[tuple[str, ...]] = ("name",)

    def __init__(self, *args: Any, fixed: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed = fixed or {}
        for name, value in self.fixed.items():
            setattr(self.instance, name, value)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.once:
            value = cleaned.get(name)
            others = self._others()
            if value and others.filter(**{f"{name}__iexact": value}).exists():
                self.add_error(name, _("This name is taken already."))
        return cleaned

    def _others(self) -> Any:
        model: type[Model] = type(self.instance)
        return model._default_manager.filter(**self.fixed).exclude(pk=self.instance.pk)

    def validate_unique(self) -> None:
        # `clean` has said it already, in the words of the page and whatever the case.
        return


class LeadTypeForm(EntryForm):
    once = ("name_de", "name_en")

    class Meta:
        model = LeadType
        fields: ClassVar = [
            "name_de", "name_en", "opens", "processes", "offer_hours", "first_activity_hours",
            "decline_needs_reason", "decline_needs_comment", "is_default",
        ]  # fmt: skip
        labels: ClassVar = {"processes": gettext_lazy("processes")}
        widgets: ClassVar = {"processes": forms.CheckboxSelectMultiple}
        help_texts: ClassVar = {"processes": gettext_lazy("None chosen means all.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Process.objects.filter(is_active=True).order_by("position", "pk")
        self.fields["processes"].queryset = rows  # type: ignore[attr-defined]
        self.fields["processes"].required = False
        self.was_default = bool(self.instance.pk and self.instance.is_default)
        self.is_off = bool(self.instance.pk and not self.instance.is_active)

    def clean_is_default(self) -> bool:
        wanted = bool(self.cleaned_data["is_default"])
        if self.was_default and not wanted:
            raise forms.ValidationError(
                _("One lead type must hold where nothing else is said. Choose it there instead.")
            )
        if wanted and self.is_off:
            raise forms.ValidationError(_("Switch this lead type on first."))
        return wanted

    def _get_validation_exclusions(self) -> set[str]:
        # That only one is the default is settled while saving: the former one gives way.
        return {*super()._get_validation_exclusions(), "is_default"}  # type: ignore[misc]


class ProductForm(EntryForm):
    class Meta:
        model = Product
        fields: ClassVar = ["name", "line", "number"]
        labels: ClassVar = {"line": gettext_lazy("product line")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = ProductLine.objects.order_by("name_de", "pk")
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]
        self.fields["line"].empty_label = _("none")  # type: ignore[attr-defined]


class LineForm(EntryForm):
    once = ("name_de", "name_en")

    class Meta:
        model = ProductLine
        fields: ClassVar = ["name_de", "name_en"]


class SourceForm(EntryForm):
    class Meta:
        model = LeadSource
        fields: ClassVar = ["name"]


class CampaignForm(EntryForm):
    class Meta:
        model = Campaign
        fields: ClassVar = ["name", "from_on", "until_on", "cost"]
        widgets: ClassVar = {
            "from_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "until_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", _("The last day lies before the first."))
        cost = cleaned.get("cost")
        if cost is not None and cost < 0:
            self.add_error("cost", _("A cost is not negative."))
        return cleaned


class ReasonForm(EntryForm):
    once = ("name_de", "name_en")

    class Meta:
        model = Reason
        fields: ClassVar = ["name_de", "name_en"]
