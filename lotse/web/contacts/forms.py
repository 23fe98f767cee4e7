"""The forms of a contact and of what it agreed to."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.accounts.models import Consent, Contact
from lotse.records.people.models import User
from lotse.web.customers.forms import AccountField
from lotse.web.editing.forms import EditForm
from lotse.web.lead.forms import Choice, DayInput


class ContactForm(EditForm):
    class Meta:
        model = Contact
        fields = (
            "salutation", "title", "first_name", "last_name", "position", "email", "phone", "mobile",
            "street", "postcode", "city", "country", "language",
        )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [("", "–"), *settings.LANGUAGES]
        self.add(
            "language", forms.ChoiceField(label=_("Language"), choices=languages, required=False)
        )
        account = self.instance.account
        # An account that the viewer may not know stays as it is.
        if account is None or gate.allows(viewer, May.SEE, account):
            field = AccountField(viewer, current_id=self.instance.account_id, label=_("Account"))
            self.add("account", field)
        self.add("owner", Choice(people, label=_("Owner"), required=False, empty_label="–"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(n) for n in ("first_name", "last_name", "email", "phone", "mobile")):
            self.add_error("last_name", _("A name, an e-mail or a phone is needed."))
        return cleaned


class ConsentForm(forms.Form):
    """What a contact agreed to or refused, since when, and how that is proved."""

    channel = forms.ChoiceField(label=_("For"), choices=Consent.Channel.choices)
    state = forms.ChoiceField(
        label=_("Consent"),
        choices=[(s.value, s.label) for s in Consent.State if s != Consent.State.UNKNOWN],
    )
    since_on = forms.DateField(label=_("Since"), widget=DayInput())
    wording = forms.CharField(label=_("Wording"), required=False, max_length=2_000)
    proof = forms.CharField(label=_("Proof"), required=False, max_length=200)

    def __init__(self, *args: Any, zone: ZoneInfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now

    def clean_since_on(self) -> datetime:
        """Return the moment from which it counts: now for today, else the noon of its day."""
        day = self.cleaned_data["since_on"]
        today = self.now.astimezone(self.zone).date()
        if day > today:
            raise ValidationError(_("Nobody agrees in the future."))
        noon = datetime.combine(day, time(12), tzinfo=self.zone).astimezone(UTC)
        return self.now if day == today else noon
