"""The forms of the process editor: durations in the table, one phase, the process itself, the reminders."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lotse.access.telling.durations import tell_duration
from lotse.access.telling.when import Reader
from lotse.access.telling.words import FIELDS
from lotse.access.viewer import Viewer
from lotse.kernel.durations import Duration, Unit
from lotse.records.catalog.models import Phase, Process
from lotse.web.editing.forms import Authors, EditForm
from lotse.web.processes.queries import get_authors_of_durations
from lotse.web.settings.forms import EntryForm

MOST = 999
# What a phase may want to be filled in before a case comes into it.
WANTED = ("company", "email", "phone", "street", "postcode", "city", "product", "value", "contact", "account")  # fmt: skip
COLOURS = [
    ("1", pgettext_lazy("colour", "violet")), ("2", pgettext_lazy("colour", "blue")),
    ("3", pgettext_lazy("colour", "light blue")), ("4", pgettext_lazy("colour", "teal")),
    ("5", pgettext_lazy("colour", "green")), ("6", pgettext_lazy("colour", "olive")),
    ("7", pgettext_lazy("colour", "orange")), ("8", pgettext_lazy("colour", "pink")),
]  # fmt: skip


class DurationField(forms.CharField):
    """
    A duration as the editor writes it: "2 week", or nothing for never overdue.

    It is one value, so that of two who change it at once nobody gets the number of one with the unit of
    the other.
    """

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).strip()
        return written(read_duration(text))


class DurationInput(forms.TextInput):
    """Two controls, a number and a unit, for the one value; the page draws them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name in data:
            return data[name]
        number = str(data.get(f"{name}_number", "")).strip()
        return f"{number} {data.get(f'{name}_unit', '')}" if number else ""


def read_duration(text: str) -> Duration | None:
    """
    Read "2 week"; None for nothing.

    :raises ValidationError: if it is no duration
    """
    if not text:
        return None
    number, _space, unit = text.partition(" ")
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:6]) <= MOST):
        raise forms.ValidationError(
            _("A duration is a whole number from 1 to %(most)s.") % {"most": MOST}
        )
    if unit not in {u.value for u in Unit}:
        raise forms.ValidationError(_("A duration is in hours, days, weeks or months."))
    return Duration(int(number), Unit(unit))


def written(duration: Duration | None) -> str:
    return f"{duration.number} {duration.unit.value}" if duration else ""


def as_columns(text: str) -> dict[str, Any]:
    """Return a duration as the columns of a phase."""
    duration = read_duration(text)
    return {
        "duration_number": duration.number if duration else None,
        "duration_unit": duration.unit.value if duration else "",
    }


class DurationsForm(EditForm):
    """The durations of all open phases, saved together."""

    class Meta:
        model = Process
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, phases: Sequence[Phase], **kwargs: Any) -> None:
        self._durations = {_field(phase): phase for phase in phases}
        super().__init__(*args, **kwargs)
        for name, phase in self._durations.items():
            label = _("Duration of %(phase)s") % {"phase": phase.name}
            self.add(name, DurationField(label=label, required=False, max_length=12))

    def stands(self, name: str) -> Any:
        return written(self._durations[name].duration)

    def changes(self, values: Mapping[str, str]) -> dict[Phase, dict[str, Any]]:
        """Return what to write, phase by phase."""
        return {self._durations[name]: as_columns(text) for name, text in values.items()}

    def durations(self) -> dict[Phase, Duration | None]:
        """Return what is typed, saved or not; what cannot be read counts as it stands."""
        self.is_valid()
        sent = {name: text for name, text in self.cleaned_data.items() if name in self.data}
        typed = {**self.standing, **sent}
        return {phase: read_duration(typed[name]) for name, phase in self._durations.items()}

    def authors(self, viewer: Viewer, fields: Collection[str], reader: Reader) -> Authors:
        by_phase = get_authors_of_durations(viewer, self.instance, reader)
        names = {str(phase.pk): name for name, phase in self._durations.items() if name in fields}
        return {names[pk]: who for pk, who in by_phase.items() if pk in names}

    def _label(self, name: str, value: str) -> str:
        duration = read_duration(value)
        return tell_duration(duration) if duration else _("never overdue")


def _field(phase: Phase) -> str:
    return f"duration-{phase.pk}"


class PhaseForm(EditForm):
    """One phase with all it says."""

    is_all_optional = False

    class Meta:
        model = Phase
        fields: ClassVar = ["name_de", "name_en", "kind", "probability", "colour", "only_managers_leave"]  # fmt: skip
        help_texts: ClassVar = {
            "probability": gettext_lazy("How likely a case in this phase is won, in percent."),
            "only_managers_leave": gettext_lazy(
                "Everybody may move a case in, only a manager out."
            ),
        }
        widgets: ClassVar = {"colour": forms.Select(choices=COLOURS)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # An open phase holds cases, one that ends them does not: neither becomes the other.
            del self.fields["kind"]
            del self.standing["kind"]
        if self.instance.kind == Phase.Kind.OPEN:
            self.add("duration", DurationField(
                label=gettext_lazy("Phase duration"), required=False, max_length=12,
                widget=DurationInput,
                help_text=gettext_lazy("Empty: nothing in it is ever overdue."),
            ))  # fmt: skip
            self.add("required_fields", forms.MultipleChoiceField(
                label=gettext_lazy("required fields"), required=False,
                choices=[(name, FIELDS[name]) for name in WANTED],
                widget=forms.CheckboxSelectMultiple,
                help_text=gettext_lazy("Without them no case comes into this phase."),
            ))  # fmt: skip

    def stands(self, name: str) -> Any:
        if name == "duration":
            return written(self.instance.duration)
        if name == "required_fields":
            return list(self.instance.required_fields)
        return super().stands(name)

    @property
    def duration_parts(self) -> list[str]:
        """Return number and unit as typed."""
        number, _space, unit = str(self["duration"].value() or "").partition(" ")
        return [number, unit]

    def clean_probability(self) -> int | None:
        percent: int | None = self.cleaned_data["probability"]
        if percent is not None and percent > 100:
            raise forms.ValidationError(_("At most 100 percent."))
        return percent

    def columns(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was typed as the columns of the phase."""
        columns = {name: value for name, value in values.items() if name != "duration"}
        if values.get("kind", Phase.Kind.OPEN) != Phase.Kind.OPEN:
            # It has the colour of how it ends, and nothing stays in it.
            return columns | {"colour": values["kind"], "required_fields": []}
        return columns | (as_columns(values["duration"]) if "duration" in values else {})


class ProcessForm(EntryForm):
    once = ("name_de", "name_en")

    class Meta:
        model = Process
        fields: ClassVar = ["name_de", "name_en", "kind", "is_active"]
        help_texts: ClassVar = {
            "is_active": gettext_lazy("An inactive one is not offered; what is in it goes on."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = "kind" if self.instance.pk else "is_active"
        del self.fields[gone]
        del self.standing[gone]


class FollowUpForm(EditForm):
    """The tab "Follow-up": whether mails go out, and how often."""

    is_all_optional = False

    class Meta:
        model = Process
        fields: ClassVar = ["interval_number", "interval_unit", "starts_again"]

    interval_number = forms.IntegerField(label=gettext_lazy("every"), min_value=1, max_value=MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        switch = forms.BooleanField(label=gettext_lazy("Send follow-up mails"), required=False)
        self.add("follow_up", switch)

    def stands(self, name: str) -> Any:
        if name == "follow_up":
            return self.instance.follow_up_since is not None
        return super().stands(name)

    def interval(self) -> Duration:
        """Return the interval that is typed; what cannot be read counts as it stands."""
        typed = {**self.standing, **getattr(self, "cleaned_data", {})}
        return Duration(int(typed["interval_number"]), Unit(typed["interval_unit"]))


class RemovalForm(forms.Form):
    """Where the cases of a phase go that is taken out."""

    to = forms.ModelChoiceField(
        Phase.objects.none(),
        label=gettext_lazy("Its open cases go to"),
        empty_label=gettext_lazy("Please choose"),
    )

    def __init__(self, *args: Any, phase: Phase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Phase.objects.filter(process=phase.process_id, kind=Phase.Kind.OPEN)
        self.fields["to"].queryset = others.exclude(pk=phase.pk).order_by("position")  # type: ignore[attr-defined]
