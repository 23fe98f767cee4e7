"""What a rule asks about, whom it asks and how, as the fields of a form; and a made-up lead to try it with."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.kernel.conditions import Condition, Op
from lotse.records.people.models import Partner, Team, User
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.assignment.rules import Strategy, Target
from lotse.web.distribution.phrases import LISTS, YES_OR_NO

_LABELS = {
    "product": _("Product"),
    "product_line": _("Product line"),
    "lead_type": _("Lead type"),
    "source": _("Source"),
    "campaign": _("Campaign"),
}
_YES_NO_LABELS = {
    "known_account": _("Account"),
    "known_contact": _("Contact"),
    "has_owner": _("Owner"),
    "is_company": _("Kind of customer"),
    "in_area": _("Sales area"),
}
NUMBERS = ("value", "score")


class RuleForm(forms.Form):
    """A rule; `standing` is what it says now, so that two who edit at once notice each other."""

    name_de = forms.CharField(label=_("Name (German)"), max_length=80, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=80, required=False)
    country = forms.CharField(
        label=_("Country"), max_length=40, required=False, help_text=_("Such as DE, AT")
    )
    postcode_from = forms.CharField(label=_("Postcode from"), max_length=10, required=False)
    postcode_until = forms.CharField(label=_("Postcode to"), max_length=10, required=False)
    value_above = forms.DecimalField(label=_("Value above"), min_value=0, required=False)
    value_below = forms.DecimalField(label=_("Value below"), min_value=0, required=False)
    score_above = forms.IntegerField(label=_("Score above"), min_value=0, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("any")), ("de", _("German")), ("en", _("English"))],
        required=False,
    )
    whom = forms.ChoiceField(label=_("To whom"))
    strategy = forms.ChoiceField(
        label=_("Who of them"),
        choices=AssignmentRule._meta.get_field("strategy").choices or (),
        help_text=_("Counts where a team or sales partner is asked."),
    )
    by_offer = forms.ChoiceField(
        label=_("How"),
        choices=[("yes", _("as an offer that can be declined")), ("no", _("at once"))],
    )
    offer_hours = forms.IntegerField(
        label=_("Opening hours to answer"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=_("Empty: as the lead type says."),
    )
    tries = forms.IntegerField(
        label=_("Attempts, then the next rule"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Empty: until everybody was asked."),
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, rule: AssignmentRule, viewer: Viewer) -> None:
        self.rule = rule
        self.standing = fingerprint(rule)
        super().__init__(data, initial={**_initial(rule), "was": self.standing})
        self._add_lists()
        for name in YES_OR_NO:
            self.fields[name] = forms.ChoiceField(
                label=_YES_NO_LABELS[name], choices=_yes_no_choices(name), required=False
            )
        self.fields["whom"].choices = _whom_choices(viewer, rule)  # type: ignore[attr-defined]

    def _add_lists(self) -> None:
        for name, model in LISTS.items():
            rows = model._default_manager.all()
            if any(f.name == "is_active" for f in model._meta.fields):
                # What was switched off since stays as long as the rule asks for it.
                rows = rows.filter(Q(is_active=True) | Q(pk__in=self.initial[name]))
            self.fields[name] = forms.ModelMultipleChoiceField(
                rows.order_by("pk"),
                label=_LABELS[name],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"{name}_how"] = forms.ChoiceField(
                label=_LABELS[name],
                choices=[("is", _("is one of these")), ("not", _("is none of these"))],
                required=False,
            )

    @property
    def lists(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[name], self[f"{name}_how"]) for name in LISTS]

    @property
    def yes_or_no(self) -> list[forms.BoundField]:
        return [self[name] for name in YES_OR_NO]

    @property
    def is_stale(self) -> bool:
        """Say whether somebody changed the rule since this form was filled from it."""
        was = self.data.get("was", "")
        return bool(self.rule.pk and was and was != self.standing)

    def take_note(self) -> None:
        """Let what stands now be what the form was filled from; what was typed stays."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["was"] = self.standing
        self.data = data

    def clean_country(self) -> list[str]:
        words: list[str] = self.cleaned_data["country"].upper().replace(",", " ").split()
        if any(len(word) != 2 or not word.isalpha() for word in words):
            raise forms.ValidationError(gettext("A country has two letters, such as DE."))
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_postcodes(cleaned)
        self._check_asking(cleaned)
        return cleaned

    def _check_postcodes(self, cleaned: Mapping[str, Any]) -> None:
        low, high = cleaned.get("postcode_from"), cleaned.get("postcode_until")
        if bool(low) != bool(high):
            missing = "postcode_until" if low else "postcode_from"
            self.add_error(
                missing, gettext("A range has two ends. For one postcode, write it twice.")
            )
        elif low and high and low > high:
            self.add_error("postcode_until", gettext("The range ends before it begins."))

    def _check_asking(self, cleaned: Mapping[str, Any]) -> None:
        target = str(cleaned.get("whom", "")).partition(":")[0]
        is_whole = cleaned.get("strategy") == Strategy.WHOLE
        is_group = target in {Target.TEAM, Target.PARTNER}
        if is_whole and target and not is_group and target != Target.AREA:
            self.add_error(
                "strategy", gettext("Only a team or sales partner can be asked as a whole.")
            )
        many = target == Target.AREA or (is_whole and is_group)
        if many and cleaned.get("by_offer") == "no":
            self.add_error(
                "by_offer",
                gettext("Where several are asked, it must be an offer: one of them accepts."),
            )

    def fill(self) -> AssignmentRule:
        """Write what was typed into the rule; nothing is saved."""
        cleaned, rule = self.cleaned_data, self.rule
        rule.name_de, rule.name_en = cleaned["name_de"], cleaned["name_en"]
        rule.conditions = [c.to_data() for c in self._conditions()]
        rule.target, _sep, pk = cleaned["whom"].partition(":")
        for kind in ("user", "team", "partner"):
            setattr(rule, f"target_{kind}_id", int(pk) if rule.target == kind else None)
        rule.strategy = cleaned["strategy"]
        rule.by_offer = cleaned["by_offer"] == "yes"
        rule.offer_hours = cleaned["offer_hours"] if rule.by_offer else None
        rule.tries = cleaned["tries"]
        return rule

    def _conditions(self) -> Iterable[Condition]:
        cleaned = self.cleaned_data
        for name in LISTS:
            if cleaned[name]:
                op = Op.NONE_OF if cleaned[f"{name}_how"] == "not" else Op.ONE_OF
                yield Condition(name, op, sorted(row.pk for row in cleaned[name]))
        if cleaned["country"]:
            yield Condition("country", Op.ONE_OF, cleaned["country"])
        if cleaned["postcode_from"]:
            yield Condition(
                "postcode", Op.BETWEEN, [cleaned["postcode_from"], cleaned["postcode_until"]]
            )
        for field, op in (("value", Op.ABOVE), ("value", Op.BELOW), ("score", Op.ABOVE)):
            number = cleaned[f"{field}_{op.value}"]
            if number is not None:
                yield Condition(field, op, str(number) if isinstance(number, Decimal) else number)
        if cleaned["language"]:
            yield Condition("language", Op.IS, cleaned["language"])
        for name in YES_OR_NO:
            if cleaned[name]:
                yield Condition(name, Op.IS, cleaned[name] == "yes")
        yield from _beyond(self.rule)


class TryForm(forms.Form):
    """A lead that does not exist."""

    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    country = forms.CharField(label=_("Country"), max_length=2, required=False)
    value = forms.DecimalField(label=_("Value"), min_value=0, required=False)
    company = forms.BooleanField(label=_("is a company"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("campaign", "source", "lead_type", "product"):
            rows = LISTS[name]._default_manager.filter(is_active=True).order_by("pk")
            field = forms.ModelChoiceField(rows, label=_LABELS[name], required=False)
            field.empty_label = gettext("any")
            self.fields[name] = field
        people = gate.rows(viewer, May.SEE, User.objects.filter(is_active=True))
        owner = forms.ModelChoiceField(
            people.order_by("name", "pk"), label=_("Customer of"), required=False
        )
        owner.empty_label = gettext("nobody")
        self.fields["owner"] = owner
        self.order_fields(["product", "lead_type", "source", "campaign", "country", "postcode"])


def fingerprint(rule: AssignmentRule) -> str:
    """Return a word that changes whenever the rule says something else."""
    data = (
        {k: v for k, v in rule.to_data().items() if k not in {"position", "is_on"}}
        if rule.pk
        else {}
    )
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def _initial(rule: AssignmentRule) -> dict[str, Any]:
    found: dict[str, Any] = {name: [] for name in LISTS}
    found |= {
        "name_de": rule.name_de,
        "name_en": rule.name_en,
        "strategy": rule.strategy,
        "by_offer": "yes" if rule.by_offer else "no",
        "offer_hours": rule.offer_hours,
        "tries": rule.tries,
        "whom": f"{rule.target}:{rule.target_id}" if rule.target_id else rule.target,
    }
    for condition in _known(rule):
        found |= _initial_of(condition)
    return found


def _initial_of(condition: Condition) -> dict[str, Any]:
    field, op, value = condition.field, condition.op, condition.value
    listed = value if op in {Op.ONE_OF, Op.NONE_OF} else [value]
    if field in LISTS:
        return {field: listed, f"{field}_how": "not" if op in {Op.NONE_OF, Op.IS_NOT} else "is"}
    if field == "country":
        return {"country": ", ".join(listed)}
    if field == "postcode":
        return {"postcode_from": value[0], "postcode_until": value[1]}
    if field in NUMBERS:
        return {f"{field}_{op.value}": value}
    return {field: ("yes" if value else "no") if field in YES_OR_NO else value}


def _fits_form(condition: Condition) -> bool:
    field, op = condition.field, condition.op
    if field in LISTS:
        return op in {Op.IS, Op.IS_NOT, Op.ONE_OF, Op.NONE_OF}
    if field == "postcode":
        return op == Op.BETWEEN
    if field in NUMBERS:
        return op == Op.ABOVE or (field == "value" and op == Op.BELOW)
    if field == "country":
        return op in {Op.IS, Op.ONE_OF}
    return op == Op.IS and (field in YES_OR_NO or field == "language")


def _split(rule: AssignmentRule) -> tuple[list[Condition], list[Condition]]:
    """Return the conditions that the form has fields for, and those it leaves as they are."""
    known: dict[tuple[str, str], Condition] = {}
    beyond = []
    for condition in (Condition.from_data(c) for c in rule.conditions):
        place = (condition.field, condition.op.value if condition.field in NUMBERS else "")
        if _fits_form(condition) and place not in known:
            known[place] = condition
        else:
            beyond.append(condition)
    return list(known.values()), beyond


def _known(rule: AssignmentRule) -> list[Condition]:
    return _split(rule)[0]


def _beyond(rule: AssignmentRule) -> list[Condition]:
    return _split(rule)[1]


def _yes_no_choices(name: str) -> list[tuple[str, Any]]:
    yes, no = YES_OR_NO[name]
    return [("", _("does not matter")), ("yes", gettext(yes)), ("no", gettext(no))]


def _whom_choices(viewer: Viewer, rule: AssignmentRule) -> list[Any]:
    people = gate.rows(viewer, May.SEE, User.objects.all())
    people = people.filter(Q(is_active=True) | Q(pk=rule.target_user_id)).order_by("name", "pk")
    partners = gate.rows(viewer, May.SEE, Partner.objects.all())
    partners = partners.filter(Q(is_active=True) | Q(pk=rule.target_partner_id))
    teams = gate.rows(viewer, May.SEE, Team.objects.order_by("name", "pk"))
    return [
        (Target.OWNER.value, _("whoever looks after the customer")),
        (Target.AREA.value, _("the partner or team in the sales area")),
        (_("Teams"), [(f"team:{t.pk}", t.name) for t in teams]),
        (
            _("Sales partners"),
            [(f"partner:{p.pk}", p.name) for p in partners.order_by("name", "pk")],
        ),
        (_("People"), [(f"user:{u.pk}", u.name) for u in people]),
    ]
