"""A form that knows from what it was filled, so that two who edit at once lose nothing."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.datastructures import MultiValueDict

from lotse.access.telling.names import get_names, ref_of_actor
from lotse.access.telling.sentences import refs_in
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.journal.models import Entry
from lotse.web.editing.merge import Clash, Merge, merge

# How far back the journal is read for who wrote a value.
NEWEST = 20
# By field: who wrote it, and when, in words.
Authors = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class ShownClash:
    """A clash as the page shows it: the field, three values, and who wrote the one that stands."""

    field: forms.BoundField
    mine: str
    now: str
    before: str
    by: str = ""
    when: str = ""


class EditForm(forms.ModelForm):  # type: ignore[type-arg]
    """
    Edits some fields of a record; `was` carries what they said when the form was filled.

    Nothing is saved here: `merged` says what the caller is to write.
    """

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    clashes: tuple[ShownClash, ...] = ()
    # Where hardly anything must be filled in, saying so at each field says nothing.
    is_all_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Validation writes into the instance; what stands now is kept before that.
        self.standing = {n: self._as_text(self.stands(n)) for n in self.names}
        self.initial["was"] = json.dumps(self.standing)

    def add(self, name: str, field: forms.Field) -> None:
        """Add a field that needs more than the model says, as one that is merged like the others."""
        self.fields[name] = field
        stands = self.stands(name)
        if self.instance.pk or name not in self.initial:
            self.initial[name] = stands
        self.standing[name] = self._as_text(stands)
        self.initial["was"] = json.dumps(self.standing)

    @property
    def names(self) -> list[str]:
        return [name for name in self.fields if name != "was"]

    def stands(self, name: str) -> Any:
        """Return what the record says now; a form with fields of its own says it for them."""
        field = self.instance._meta.get_field(name)
        if field.many_to_many and self.instance.pk is None:
            return None
        return self.instance.serializable_value(name)

    def merged(self) -> Merge:
        """Hold what was typed beside what stood and what stands."""
        mine = {name: self._as_text(self.cleaned_data[name]) for name in self.names}
        theirs = {n for n in self.names if self.data.get(f"keep-{n}") == "theirs"}
        return merge(before=self._before(), mine=mine, now=self.standing, theirs=theirs)

    def authors(self, viewer: Viewer, fields: Collection[str], reader: Reader) -> Authors:
        """Return who wrote the standing values of these fields."""
        return get_authors(viewer, self.instance, fields, reader)

    def values(self, found: Merge) -> dict[str, Any]:
        """Return the values that are to be written."""
        return {name: self.cleaned_data[name] for name in sorted(found.changed)}

    def with_clashes(self, found: Merge, authors: Authors) -> None:
        """Show what must be decided; the form is filled anew from what stands now."""
        mine = found.changed.union(clash.field for clash in found.clashes)
        data = _listed(self.data)
        # What I left alone shows what stands, or sending the form again would write the old values.
        for name in set(self.names) - mine:
            value = self._initial_of(name)
            data.setlist(name, value if isinstance(value, list) else [value])
        data["was"] = json.dumps(self.standing)
        self.data = data
        self.clashes = tuple(self._shown(clash, authors) for clash in found.clashes)

    def _shown(self, clash: Clash, authors: Authors) -> ShownClash:
        by, when = authors.get(clash.field, ("", ""))
        return ShownClash(
            self[clash.field],
            mine=self._label(clash.field, clash.mine),
            now=self._label(clash.field, clash.now),
            before=self._label(clash.field, clash.before),
            by=by,
            when=when,
        )

    def _initial_of(self, name: str) -> Any:
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        return "" if value is None else value

    def _label(self, name: str, value: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            ids = value.split(",") if value else []
            rows: Any = field.queryset
            return ", ".join(str(row) for row in rows.filter(pk__in=ids))
        if isinstance(field, forms.ModelChoiceField):
            chosen = field.queryset.filter(pk=value).first() if value and field.queryset else None
            return str(chosen or value)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return value

    def _before(self) -> dict[str, str]:
        try:
            was = json.loads(self.cleaned_data["was"])
        except ValueError:
            was = None
        # A form without this field cannot say what it was filled from: it is taken to be fresh.
        return was if isinstance(was, dict) else self.standing

    def _as_text(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, models.Model):
            return str(value.pk)
        if isinstance(value, models.Manager | models.QuerySet):
            return ",".join(str(pk) for pk in sorted(value.values_list("pk", flat=True)))
        if isinstance(value, Decimal):
            return format(value.normalize(), "f")
        return str(value)


def _listed(data: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """Return a copy that can be written to, and keeps the several values of a field of many."""
    if isinstance(data, MultiValueDict):
        return MultiValueDict(dict(data.lists()))
    return MultiValueDict({n: v if isinstance(v, list) else [v] for n, v in data.items()})


def get_authors(
    viewer: Viewer, record: models.Model, fields: Collection[str], reader: Reader
) -> Authors:
    """Return who wrote the standing value of each field, and when, as far as the journal knows."""
    entries = list(Entry.objects.about(record).order_by("-id")[:NEWEST])
    names = get_names(viewer, refs_in(entries))
    found: dict[str, tuple[str, str]] = {}
    for entry in entries:
        actor = ref_of_actor(entry.actor_kind, entry.actor_id)
        for field in set(entry.data.get("fields", ())).intersection(fields) - found.keys():
            found[field] = (names.of(actor).text if actor else "Lotse", reader.moment(entry.at))
    return found
