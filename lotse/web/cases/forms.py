"""What the acts on many cases ask for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotse.records.catalog.models import Phase, Reason
from lotse.records.people.models import User


class PhaseChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, phase: Any) -> str:
        return f"{phase.process}: {phase}"


class _Form(forms.Form):
    # In the dialogs all fields belong to the form of the list; each act needs only its own.
    use_required_attribute = False


class DistributionForm(_Form):
    """To whom: one person, or several who are dealt to in turn."""

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = {str(person.pk): person for person in people}
        self.fields["to"] = forms.TypedMultipleChoiceField(
            choices=[(key, person.name) for key, person in allowed.items()],
            coerce=allowed.__getitem__,
            label=_("Assignee"),
            error_messages={"required": _("Choose somebody who is to take them.")},
        )


class MoveForm(_Form):
    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases = Phase.objects.filter(
            kind=Phase.Kind.OPEN, process__kind=kind, process__is_active=True
        ).select_related("process")
        self.fields["phase"] = PhaseChoice(
            phases.order_by("process__position", "process_id", "position", "id"),
            label=_("Phase"),
            empty_label=_("Please choose"),
        )


class ClosingForm(_Form):
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=10_000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = Reason.objects.filter(use=Reason.Use.LOST, is_active=True)
        self.fields["reason"] = forms.ModelChoiceField(
            reasons.order_by("position", "id"),
            label=_("Reason"),
            empty_label=_("Please choose"),
            error_messages={"required": _("Please say why. The reason stands in the reports.")},
        )
        self.order_fields(["reason", "comment"])
