"""The forms of importing: the file, and what its columns are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotse.records.catalog.models import Campaign, LeadSource
from lotse.stages.intake.files import stored
from lotse.stages.intake.files.columns import Column
from lotse.stages.intake.files.telling import NAMES
from lotse.stages.intake.models import Import

# One of these must be there, or no row says who is interested.
IDENTITY = frozenset({"first_name", "last_name", "name", "company", "email", "phone"})
CHOICES = [("", _("do not take over")), *NAMES.items()]


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"required": _("Choose a file first.")},
    )


class ColumnsForm(forms.Form):
    """One choice for each column, and what holds for all rows."""

    source = forms.ModelChoiceField(
        LeadSource.objects.none(),
        label=_("Lead source for all"),
        required=False,
        empty_label=_("none"),
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign for all"), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, one: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = stored.columns_of(one)
        for column in self.columns:
            self.fields[_name(column)] = forms.ChoiceField(
                choices=CHOICES, required=False, initial=column.field
            )
        sources = LeadSource.objects.filter(is_active=True).order_by("name", "id")
        campaigns = Campaign.objects.filter(is_active=True).order_by("name", "id")
        for name, rows in (("source", sources), ("campaign", campaigns)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
            field.queryset, field.initial = rows, getattr(one, f"{name}_id")
        if one.asks_date:
            self.fields["day_first"] = forms.ChoiceField(
                choices=[("yes", ""), ("no", "")],
                initial="no" if one.notation["day_first"] is False else "yes",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if IDENTITY.isdisjoint(self.mapped.values()):
            raise forms.ValidationError(
                _("No column says who is interested. Map a name, a company, an e-mail or a phone.")
            )
        return cleaned

    @property
    def mapped(self) -> dict[int, str]:
        """Return the field of each column."""
        return {c.place: self.cleaned_data.get(_name(c), "") for c in self.columns}

    @property
    def day_first(self) -> bool | None:
        said = self.cleaned_data.get("day_first")
        return said == "yes" if said else None

    def choice_of(self, column: Column) -> forms.BoundField:
        return self[_name(column)]


def _name(column: Column) -> str:
    return f"c{column.place}"
