"""A form of several values, filled anew after two edited at once: nothing typed is lost, nothing left alone is written."""

import json
from typing import Any, ClassVar

import pytest
from django import forms
from django.http import QueryDict

from lotse.records.catalog.models import LeadType, Process
from lotse.web.editing.forms import EditForm

pytestmark = pytest.mark.django_db


class LeadTypeForm(EditForm):
    class Meta:
        model = LeadType
        fields: ClassVar = ["name_de", "processes", "is_active"]
        widgets: ClassVar = {"processes": forms.CheckboxSelectMultiple}


@pytest.fixture
def processes() -> list[Process]:
    return [Process.objects.create(key=k, name_de=k, kind="lead") for k in ("eins", "zwei", "drei")]


@pytest.fixture
def kind(processes: list[Process]) -> LeadType:
    kind = LeadType.objects.create(key="probe", name_de="Probefahrt")
    kind.processes.set(processes[:2])
    return kind


def sent(form: LeadTypeForm, **changed: Any) -> QueryDict:
    """Return what a browser sends of a form, with some fields changed."""
    data = QueryDict(mutable=True)
    for name in form.fields:
        value = changed.get(name, form[name].value())
        if value is not False:
            data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [value])
    return data


def test_what_nobody_changed_is_not_written(kind: LeadType) -> None:
    form = LeadTypeForm(sent(LeadTypeForm(instance=kind)), instance=kind)

    assert form.is_valid()
    assert form.merged().changed == frozenset()


def test_several_values_that_two_changed_clash(kind: LeadType, processes: list[Process]) -> None:
    mine = sent(LeadTypeForm(instance=kind), processes=[processes[2].pk])
    kind.processes.set(processes[:1])

    form = LeadTypeForm(mine, instance=LeadType.objects.get())
    assert form.is_valid()
    form.with_clashes(form.merged(), {})

    [clash] = form.clashes
    assert (clash.mine, clash.now, clash.before) == ("drei", "eins", "eins, zwei")
    assert form["processes"].value() == [str(processes[2].pk)]


def test_what_i_left_alone_shows_what_stands(kind: LeadType, processes: list[Process]) -> None:
    mine = sent(LeadTypeForm(instance=kind), name_de="Meine")
    LeadType.objects.update(name_de="Ihre", is_active=False)
    kind.processes.set(processes)

    form = LeadTypeForm(mine, instance=LeadType.objects.get())
    assert form.is_valid()
    form.with_clashes(form.merged(), {})

    assert form["name_de"].value() == "Meine"
    assert form["is_active"].value() is False
    assert form["processes"].value() == [p.pk for p in processes]
    assert json.loads(form["was"].value())["name_de"] == "Ihre"
