"""The forms on the page of a case; each act checks here what it needs before it calls its service."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lotse.records.activities.models import Note
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Reason
from lotse.records.people.models import User
from lotse.web.editing.forms import EditForm


class Choice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among rows that were read already; who is not among them cannot be chosen."""

    def __init__(self, rows: Sequence[Any], **kwargs: Any) -> None:
        model = type(rows[0]) if rows else User
        queryset = model._default_manager.filter(pk__in=[row.pk for row in rows])
        super().__init__(queryset, **kwargs)
        # The select shows the rows at hand, so that drawing it asks the database for nothing.
        empty = [("", self.empty_label)] if self.empty_label is not None else []
        self.widget.choices = [*empty, *((row.pk, str(row)) for row in rows)]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Write a note"), max_length=10_000)
    kind = forms.ChoiceField(choices=Note.Kind.choices, required=False)
    for_partner = forms.BooleanField(label=_("Sales partners may read it"), required=False)

    @property
    def note_kind(self) -> Note.Kind:
        return Note.Kind(self.cleaned_data["kind"] or Note.Kind.NOTE)


class TaskForm(forms.Form):
    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput())

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"] = Choice(people, label=_("Who"), empty_label=None)


class DayForm(forms.Form):
    """To which day something is put off."""

    due_on = forms.DateField(label=_("To which day?"), widget=DayInput())


class AppointmentForm(forms.Form):
    title = forms.CharField(label=_("What"), max_length=200)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    on = forms.DateField(label=_("Day"), widget=DayInput())
    starts = forms.TimeField(label=_("from"), widget=TimeInput())
    ends = forms.TimeField(label=_("until"), widget=TimeInput())

    def __init__(
        self, *args: Any, people: Sequence[User], zone: ZoneInfo, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        self.fields["assignee"] = Choice(people, label=_("Who"), empty_label=None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"on", "starts", "ends"} - cleaned.keys():
            return cleaned
        starts, ends = (self._moment(cleaned[name]) for name in ("starts", "ends"))
        if ends <= starts:
            self.add_error("ends", _("It must end after it starts."))
        elif ends <= self.now:
            self.add_error("on", _("This time has passed already."))
        return {**cleaned, "starts_at": starts, "ends_at": ends}

    def _moment(self, wall: time) -> datetime:
        on = self.cleaned_data["on"]
        return datetime.combine(on, wall, tzinfo=self.zone).astimezone(UTC)


class PhaseForm(forms.Form):
    def __init__(self, *args: Any, phases: Sequence[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"] = Choice(phases, label=_("Phase"))
        self.fields["version"] = forms.IntegerField(required=False)


class ClosingForm(forms.Form):
    """Won or lost; each asks for what the other does not need."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(Case.Outcome.WON, _("Successful")), (Case.Outcome.LOST, _("Unsuccessful"))],
    )
    value = forms.DecimalField(
        label=_("Expected value"), min_value=0, max_digits=12, decimal_places=2, required=False, localize=True
    )  # fmt: skip
    comment = forms.CharField(label=_("Comment"), required=False, max_length=10_000)

    def __init__(
        self, *args: Any, people: Sequence[User], reasons: Sequence[Reason], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hand_over_to"] = Choice(
            people, label=_("Responsible for the opportunity"), required=False, empty_label=None
        )
        self.fields["reason"] = Choice(
            reasons, label=_("Reason"), required=False, empty_label=_("Please choose")
        )

    @property
    def is_won(self) -> bool:
        return bool(self.cleaned_data["outcome"] == Case.Outcome.WON)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == Case.Outcome.LOST and not cleaned.get("reason"):
            self.add_error("reason", _("Please say why. The reason stands in the reports."))
        return cleaned


class DeferralForm(forms.Form):
    until = forms.DateField(label=_("Until"), widget=DayInput())

    def __init__(
        self, *args: Any, phases: Sequence[Phase], zone: ZoneInfo, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        self.fields["phase"] = Choice(
            phases, label=_("Then back to"), required=False, empty_label=_("the same phase")
        )

    def clean_until(self) -> datetime:
        """Return the moment at which the case comes back: the morning of the day, where the person is."""
        moment = datetime.combine(self.cleaned_data["until"], time(8), tzinfo=self.zone)
        if moment <= self.now:
            raise ValidationError(_("Choose a day that lies ahead."))
        return moment.astimezone(UTC)

    @property
    def tomorrow(self) -> str:
        return (self.now.astimezone(self.zone).date() + timedelta(days=1)).isoformat()


class AssigneeForm(forms.Form):
    note = forms.CharField(label=_("What should they know?"), required=False, max_length=10_000)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = Choice(people, label=_("To whom"), empty_label=_("Please choose"))


class CaseForm(EditForm):
    """What a case says of the person, the matter and the value."""

    class Meta:
        model = Case
        fields = (
            "salutation", "title", "first_name", "last_name", "company", "email", "phone",
            "street", "postcode", "city", "country", "subject", "product", "value",
        )  # fmt: skip
        labels: ClassVar = {"product": _("product")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(
            cleaned.get(n) for n in ("first_name", "last_name", "company", "email", "phone")
        ):
            self.add_error("last_name", _("A name, a company, an e-mail or a phone is needed."))
        return cleaned
