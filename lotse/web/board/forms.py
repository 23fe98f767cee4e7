"""What laying a card into a column says: where it lay when it was seen, and where it is to lie."""

from typing import Any

from django import forms

from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase


class PlaceForm(forms.Form):
    # The phase in which the page showed the card.
    seen = forms.IntegerField(required=False)
    who = forms.CharField(required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases = Phase.objects.filter(
            kind=Phase.Kind.OPEN, process__kind=case.kind, process__is_active=True
        )
        self.fields["phase"] = forms.ModelChoiceField(phases.select_related("process"))
