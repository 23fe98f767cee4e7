"""What is asked at the steps of the guide, and when somebody declines."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotse.records.cases.models import Case
from lotse.records.catalog.models import LeadType, Process, Reason
from lotse.records.people.models import User
from lotse.stages.acceptance.queries.contacts import ACCOUNT
from lotse.stages.acceptance.queries.guide import Guide, Side
from lotse.stages.acceptance.rules.fields import Beside, Decision, Source
from lotse.stages.acceptance.rules.steps import Choice

NEW = "new"


class RecordForm(forms.Form):
    """One of the records that are alike, or a new one."""

    # The note is asked for beside a new record only, and there it is needed.
    is_all_optional = True

    record = forms.CharField(
        label=gettext_lazy("Choice"),
        error_messages={"required": gettext_lazy("Choose one, or create a new one.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side = side

    def clean_record(self) -> Choice:
        wanted = str(self.cleaned_data["record"])
        if wanted == NEW:
            return Choice(is_new=True)
        # A number that is not shown is refused like one that does not exist.
        if not wanted.isdecimal() or not self.side.finding.holds(int(wanted)):
            raise forms.ValidationError(_("Choose one of these, or create a new one."))
        return Choice(record_id=int(wanted))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        choice = data.get("record")
        if (
            choice
            and choice.is_new
            and self.side.finding.hidden
            and not data.get("note", "").strip()
        ):
            # Whoever creates a likely double says a word on it, for those who join the two one day.
            self.add_error("note", _("Say in a few words why a new one is needed."))
        return data


class FieldsForm(forms.Form):
    """Whose value is to hold in each field that differs."""

    def __init__(
        self,
        *args: Any,
        differing: Sequence[Beside],
        decisions: Mapping[str, Decision],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.differing = list(differing)
        for one in self.differing:
            kept = decisions.get(one.field, Decision(Source.LEAD))
            self.fields[one.field] = forms.ChoiceField(
                choices=[(s.value, s.value) for s in _sources(one)],
                initial=kept.source.value,
                error_messages={"required": _("Say which value is to hold.")},
            )
            if one.field != ACCOUNT:
                self.fields[f"{one.field}-typed"] = forms.CharField(
                    required=False, max_length=160, initial=kept.typed
                )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for one in self.differing:
            is_typed = data.get(one.field) == Source.TYPED
            if is_typed and not data.get(f"{one.field}-typed", "").strip():
                self.add_error(one.field, _("Type the value that is to hold."))
        return data

    def decisions(self) -> dict[str, Decision]:
        data = self.cleaned_data
        return {
            one.field: Decision(Source(data[one.field]), data.get(f"{one.field}-typed", "").strip())
            for one in self.differing
        }


def _sources(one: Beside) -> list[Source]:
    return [Source.KNOWN, Source.LEAD] + ([Source.TYPED] if one.field != ACCOUNT else [])


class CaseForm(forms.Form):
    """A new case or an open one, in which process, and whose."""

    case = forms.ChoiceField(
        label=gettext_lazy("Case"), required=False, initial=NEW, widget=forms.RadioSelect
    )
    process = forms.ChoiceField(label=gettext_lazy("Case type"), required=False)
    assignee = forms.ChoiceField(label=gettext_lazy("Assignee"))

    def __init__(
        self, *args: Any, guide: Guide, people: Sequence[User], me: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guide = guide
        self.people = {str(p.pk): p for p in people}
        self.processes = {str(p.pk): p for p in guide.processes}
        self._offer(
            "case",
            [(NEW, _("Create a new case"))] + [(str(c.pk), c.name) for c in guide.open_cases],
        )
        self._offer("process", [(pk, p.name) for pk, p in self.processes.items()])
        self._offer("assignee", [(pk, _named(p, me)) for pk, p in self.people.items()])
        self.fields["process"].required = len(guide.processes) > 1
        self.fields["process"].initial = next(iter(self.processes), None)
        self.fields["assignee"].initial = guide.case.assignee_id or me

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def attach_to(self) -> Case | None:
        wanted = self.cleaned_data.get("case") or NEW
        return next((c for c in self.guide.open_cases if str(c.pk) == wanted), None)

    def process_wanted(self) -> Process | None:
        chosen = self.processes.get(self.cleaned_data.get("process") or "")
        return chosen or next(iter(self.guide.processes), None)

    def holder(self) -> User:
        return self.people[self.cleaned_data["assignee"]]


def _named(person: User, me: int | None) -> str:
    return _("%(name)s (me)") % {"name": person.name} if person.pk == me else person.name


class DeclineForm(forms.Form):
    """Why not; how much is to be said, the lead type says."""

    reason = forms.ModelChoiceField(
        Reason.objects.none(),
        label=gettext_lazy("Why?"),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, reasons: Sequence[Reason], lead_type: LeadType, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        reason, comment = self.fields["reason"], self.fields["comment"]
        wanted = Reason.objects.filter(pk__in=[r.pk for r in reasons])
        reason.queryset = wanted.order_by("position", "id")  # type: ignore[attr-defined]
        reason.required = lead_type.decline_needs_reason
        comment.required = lead_type.decline_needs_comment
        reason.initial = reasons[0].pk if reasons else None
        reason.error_messages["required"] = _("Say why; it helps to ask the right people.")
        comment.error_messages["required"] = _("Say a word on it.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        reason = data.get("reason")
        if reason and reason.needs_comment and not data.get("comment", "").strip():
            self.add_error("comment", _("Say a word on it."))
        return data
