"""What is entered about opening hours: a week as people write it, and the days on which nothing is open."""

from typing import Any, ClassVar

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotse.records.people.models import ClosedDay, OpeningHours
from lotse.records.people.week import (
    Backwards,
    NoHours,
    Overlapping,
    Spans,
    read_spans,
    write_spans,
)
from lotse.web.editing.forms import EditForm
from lotse.web.shared.zones import checked_zone

DAYS = {f"day_{number}": str(number) for number in WEEKDAYS}


class SpansField(forms.CharField):
    """The open spans of one day; tidied up into the way we write them."""

    def clean(self, value: Any) -> str:
        try:
            return write_spans(read_spans(super().clean(value)))
        except NoHours as fault:
            raise forms.ValidationError(
                gettext("Write hours as in 09:00–12:00, 13:00–17:00.")
            ) from fault
        except Backwards as fault:
            raise forms.ValidationError(gettext("This ends before it begins.")) from fault
        except Overlapping as fault:
            raise forms.ValidationError(gettext("These hours overlap.")) from fault


class HoursForm(EditForm):
    is_all_optional = True

    class Meta:
        model = OpeningHours
        fields: ClassVar = ["name", "zone"]
        help_texts: ClassVar = {"zone": _("As in Europe/Berlin.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, number in DAYS.items():
            self.add(name, SpansField(label=WEEKDAYS[int(number)], required=False, max_length=80))

    def stands(self, name: str) -> Any:
        if name in DAYS:
            return write_spans(self.instance.week.get(DAYS[name], []))
        return super().stands(name)

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[name] for name in DAYS]

    def clean_zone(self) -> str:
        return checked_zone(str(self.cleaned_data["zone"]))


class ClosedDayForm(forms.ModelForm[ClosedDay]):
    is_all_optional = True

    class Meta:
        model = ClosedDay
        fields: ClassVar = ["day", "name"]
        widgets: ClassVar = {"day": forms.DateInput({"type": "date"})}

    def __init__(self, *args: Any, hours: OpeningHours, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hours = hours

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if self.hours.closed_days.filter(day=day).exists():
            raise forms.ValidationError(gettext("This day is entered already."))
        return day


def week_of(values: dict[str, Any], *, standing: dict[str, Spans]) -> dict[str, Any]:
    """Put the days among the values of a form into the week that stands."""
    days = {DAYS[name]: read_spans(values[name]) for name in DAYS if name in values}
    kept = {name: value for name, value in values.items() if name not in DAYS}
    if not days:
        return kept
    week = {number: spans for number, spans in {**standing, **days}.items() if spans}
    return {**kept, "week": dict(sorted(week.items()))}
