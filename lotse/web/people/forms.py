"""What is entered about people, teams, partners, and where these sell."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.kernel.conditions import is_in_postcode_range
from lotse.records.catalog.models import SalesArea
from lotse.records.people.models import Membership, Partner, Role, Team, User
from lotse.stages.assignment.services import count_open
from lotse.web.editing.forms import EditForm
from lotse.web.shared.zones import checked_zone


class PersonForm(EditForm):
    main_team = forms.ModelChoiceField(
        Team._default_manager.none(),
        label=_("main team"),
        required=False,
        help_text=_("Takes the leads this person is given."),
    )

    class Meta:
        model = User
        fields: ClassVar = [
            "name", "email", "phone", "language", "zone", "roles", "teams", "partner",
            "capacity", "daily_capacity", "weight",
        ]  # fmt: skip
        labels: ClassVar = {
            "roles": _("roles"),
            "teams": _("teams"),
            "partner": _("sales partner"),
        }
        help_texts: ClassVar = {
            "zone": _("Empty: that of the company. Otherwise as in Europe/Berlin."),
            "partner": _("For people outside: they see nothing beyond their partner."),
            "capacity": _("Empty: any number."),
            "daily_capacity": _("Empty: any number."),
        }
        widgets: ClassVar = {
            "roles": forms.CheckboxSelectMultiple,
            "teams": forms.CheckboxSelectMultiple,
        }

    field_order = [  # noqa: RUF012
        "name", "email", "phone", "language", "zone", "roles", "partner", "teams", "main_team",
        "capacity", "daily_capacity", "weight",
    ]  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = gate.rows(viewer, May.SEE, Team.objects.order_by("name", "pk"))
        partners = gate.rows(viewer, May.SEE, Partner.objects.order_by("name", "pk"))
        rows = {
            "teams": teams,
            "main_team": teams,
            "partner": partners,
            "roles": Role.objects.order_by("pk"),
        }
        for name, queryset in rows.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.fields["teams"].required = False
        self.fields["partner"].empty_label = gettext("none, works inside")  # type: ignore[attr-defined]
        self.fields["main_team"].empty_label = gettext("none")  # type: ignore[attr-defined]
        self.initial["main_team"] = self.standing["main_team"]

    def stands(self, name: str) -> Any:
        if name != "main_team":
            return super().stands(name)
        main = Membership.objects.filter(user=self.instance.pk, is_main=True)
        return main.values_list("team_id", flat=True).first()

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        same = type(self.instance)._default_manager.filter(email=email)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("Somebody has this address already."))
        return email

    def clean_zone(self) -> str:
        return checked_zone(str(self.cleaned_data["zone"]))

    def clean_partner(self) -> Partner | None:
        partner: Partner | None = self.cleaned_data["partner"]
        # What somebody holds stays with their house: whoever changes it hands over first.
        goes = self.instance.pk and (partner and partner.pk) != self.instance.partner_id
        if goes and (open_ := count_open(self.instance)):
            text = ngettext(
                "Holds %(number)d open lead or opportunity. Hand it over first.",
                "Holds %(number)d open leads and opportunities. Hand them over first.",
                open_,
            )
            raise forms.ValidationError(text % {"number": open_})
        return partner

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("partner") and (cleaned.get("teams") or cleaned.get("main_team")):
            self.add_error(
                "partner", gettext("Somebody is either of a partner or in teams, not both.")
            )
        return cleaned


class TeamForm(EditForm):
    class Meta:
        model = Team
        fields: ClassVar = ["name", "manager", "hours"]
        labels: ClassVar = {"manager": _("manager"), "hours": _("opening hours")}
        help_texts: ClassVar = {"manager": _("Is told when nobody is left to ask.")}

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_managers(self, viewer)


class PartnerForm(EditForm):
    class Meta:
        model = Partner
        fields: ClassVar = ["name", "is_active", "manager", "hours", "capacity"]
        labels: ClassVar = {"manager": _("looked after by"), "hours": _("opening hours")}
        help_texts: ClassVar = {
            "is_active": _("An inactive partner is offered nothing."),
            "capacity": _("Empty: any number."),
        }

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_managers(self, viewer)


class AreaForm(forms.ModelForm[SalesArea]):
    is_all_optional = True

    class Meta:
        model = SalesArea
        fields: ClassVar = ["country", "postcode_from", "postcode_until"]
        help_texts: ClassVar = {
            "country": _("Two letters, such as DE."),
            "postcode_from": _("The whole of it or its first digits: 20 begins at 20000."),
            "postcode_until": _("Belongs to it: 29 ends at 29999."),
        }

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).strip().upper()
        if len(country) != 2 or not country.isalpha():
            raise forms.ValidationError(gettext("A country has two letters, such as DE."))
        return country

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("postcode_from"), cleaned.get("postcode_until")
        if low and high and not is_in_postcode_range(low.ljust(len(high), "0"), low, high):
            self.add_error("postcode_until", gettext("The range ends before it begins."))
        return cleaned


class MemberForm(forms.Form):
    """Takes somebody into a team."""

    person = forms.ModelChoiceField(User._default_manager.none(), label=_("Who joins"))

    def __init__(self, *args: Any, viewer: Viewer, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = gate.rows(viewer, May.SEE, User.objects.filter(is_active=True, partner=None))
        field: Any = self.fields["person"]
        field.queryset = inside.exclude(teams=team).order_by("name", "pk")
        field.empty_label = gettext("choose somebody")


class LeavingForm(forms.Form):
    """Where the open cases of somebody go who is deactivated."""

    is_all_optional = True

    cases = forms.ChoiceField(label=_("Open leads and opportunities"), widget=forms.RadioSelect)
    to = forms.ModelChoiceField(
        User._default_manager.none(), label=_("To whom"), required=False, empty_label="–"
    )

    def __init__(self, *args: Any, viewer: Viewer, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            ("person", gettext("to one person")),
            ("pool", gettext("into the pool")),
            ("stay", gettext("stay where they are, seen by managers as held by somebody inactive")),
        ]
        others = gate.rows(viewer, May.SEE, User.objects.filter(is_active=True))
        self.fields["to"].queryset = others.exclude(pk=user.pk).order_by("name", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("cases") == "person" and not cleaned.get("to"):
            self.add_error("to", gettext("Say who takes them."))
        return cleaned


def _offer_managers(form: Any, viewer: Viewer) -> None:
    inside = gate.rows(viewer, May.SEE, User.objects.filter(is_active=True, partner=None))
    standing = form.instance.manager_id
    if standing:
        inside = inside | gate.rows(viewer, May.SEE, User.objects.filter(pk=standing))
    form.fields["manager"].queryset = inside.order_by("name", "pk")
    form.fields["manager"].empty_label = gettext("nobody")
    form.fields["hours"].empty_label = gettext("always open")
