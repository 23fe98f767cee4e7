"""What a role allows, as a form: a level for each kind of record and act, and single rights."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lotse.access.policy import Act, Entity, Level, Right
from lotse.records.people.models import Role
from lotse.web.settings.forms import EntryForm

ENTITIES = {
    Entity.LEAD: gettext_lazy("Leads"),
    Entity.OPPORTUNITY: gettext_lazy("Opportunities"),
    Entity.ACCOUNT: gettext_lazy("Accounts and contacts"),
    Entity.PERSON: gettext_lazy("People and teams"),
}
ACTS = {
    Act.SEE: gettext_lazy("see"),
    Act.CREATE: gettext_lazy("create"),
    Act.EDIT: gettext_lazy("edit"),
    Act.ASSIGN: gettext_lazy("assign"),
    Act.EXPORT: gettext_lazy("export"),
    Act.DELETE: gettext_lazy("delete"),
}
LEVELS = [
    (Level.NONE.value, pgettext_lazy("level", "none")),
    (Level.OWN.value, pgettext_lazy("level", "own")),
    (Level.TEAM.value, pgettext_lazy("level", "team")),
    (Level.ALL.value, pgettext_lazy("level", "all")),
]
YES_OR_NO = [(Level.NONE.value, gettext_lazy("no")), (Level.ALL.value, gettext_lazy("yes"))]
RIGHTS = [
    (Right.SEE_UNASSIGNED.value, gettext_lazy("see leads that nobody holds")),
    (Right.MANAGE_CASES.value, gettext_lazy("reopen leads, and move them out of guarded phases")),
    (Right.IMPORT.value, gettext_lazy("import leads")),
    (Right.RULES.value, gettext_lazy("keep the assignment rules")),
    (Right.PEOPLE.value, gettext_lazy("keep people, roles and interfaces")),
    (Right.SETTINGS.value, gettext_lazy("keep the settings")),
    (Right.MANAGE_ACTIONS.value, gettext_lazy("create and run actions")),
    (Right.REQUEST_CAMPAIGNS.value, gettext_lazy("request campaigns")),
    (Right.PRIVACY.value, gettext_lazy("privacy: give out and erase what is stored")),
]


def levels_for(entity: Entity, act: Act) -> list[Any]:
    """Return what can be chosen; nothing where the matrix is not asked."""
    if entity == Entity.PERSON:
        return YES_OR_NO if act == Act.SEE else []
    return YES_OR_NO if act == Act.CREATE else LEVELS


class RoleForm(EntryForm):
    once = ("name_de", "name_en")

    class Meta:
        model = Role
        fields: ClassVar = ["name_de", "name_en"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entity, record in ENTITIES.items():
            for act, word in ACTS.items():
                if choices := levels_for(entity, act):
                    cell = forms.ChoiceField(choices=choices, label=f"{record}: {word}")
                    cell.widget.attrs["class"] = "level"
                    cell.widget.attrs["aria-label"] = cell.label
                    self.add(f"{entity}-{act}", cell)
        self.add(
            "rights",
            forms.MultipleChoiceField(
                choices=RIGHTS,
                label=_("rights"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
        )

    def stands(self, name: str) -> Any:
        if name == "rights":
            return sorted(self.instance.rights)
        entity, _dash, act = name.partition("-")
        if not act:
            return super().stands(name)
        level = self.instance.matrix.get(entity, {}).get(act, Level.NONE.value)
        # Where only yes or no is asked, any level is a yes.
        asks = dict(levels_for(Entity(entity), Act(act)))
        return level if level in asks else Level.ALL.value

    def clean_rights(self) -> list[str]:
        return sorted(self.cleaned_data["rights"])

    @property
    def lines(self) -> list[tuple[Any, list[forms.BoundField | None]]]:
        """Return the matrix as the page draws it: a row for each kind of record."""
        return [
            (record, [self[n] if (n := f"{e}-{a}") in self.fields else None for a in ACTS])
            for e, record in ENTITIES.items()
        ]

    @property
    def acts(self) -> list[Any]:
        return list(ACTS.values())


def columns_of(role: Role, values: dict[str, Any]) -> dict[str, Any]:
    """Return what is to be written to the columns of a role for what was chosen in the form."""
    matrix = {entity: dict(acts) for entity, acts in role.matrix.items()}
    columns: dict[str, Any] = {}
    for name, value in values.items():
        entity, _dash, act = name.partition("-")
        if act:
            matrix.setdefault(entity, {})[act] = value
            columns["matrix"] = matrix
        else:
            columns[name] = value
    return columns
