"""What a person sets for themselves."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lotse.records.people.models import Absence, User
from lotse.web.shared.zones import checked_zone


class ProfileForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields: ClassVar = ["name", "phone", "language", "zone", "theme", "single_keys"]
        labels: ClassVar = {"single_keys": _("Single-letter keys")}
        help_texts: ClassVar = {
            "zone": _("Days and times are told in this zone. Empty means that of the company."),
            "single_keys": _("Such as j and k in lists. Ctrl K always works."),
        }

    def clean_zone(self) -> str:
        return checked_zone(str(self.cleaned_data["zone"]))


class AbsenceForm(forms.ModelForm[Absence]):
    class Meta:
        model = Absence
        fields: ClassVar = ["from_on", "until_on", "substitute", "note"]
        labels: ClassVar = {"substitute": _("substitute")}
        widgets: ClassVar = {
            "from_on": forms.DateInput({"type": "date"}),
            "until_on": forms.DateInput({"type": "date"}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True, partner=user.partner).exclude(pk=user.pk)
        self.fields["substitute"].queryset = colleagues.order_by("name", "id")  # type: ignore[attr-defined]
        self.fields["substitute"].empty_label = _("nobody in particular")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("from_on"), cleaned.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", _("The last day lies before the first."))
        return cleaned
