"""Fields that the forms of accounts and contacts share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.accounts.models import Account


class AccountField(forms.CharField):
    """An account, named as it is called; only those that the viewer may see can be meant."""

    def __init__(self, viewer: Viewer, *, current_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=160, **kwargs)
        self.viewer, self.current_id = viewer, current_id

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            seen = gate.rows(self.viewer, May.SEE, Account.objects.filter(pk=value))
            found = seen.first()
            return found.name if found else ""
        return value

    def clean(self, value: Any) -> Account | None:
        name = super().clean(value)
        if not name:
            return None
        accounts = gate.rows(self.viewer, May.SEE, Account.objects.filter(name__iexact=name))
        found = list(accounts.order_by("id")[:20])
        if not found:
            raise ValidationError(_("You know no account of this name. Create it first."))
        kept = [account for account in found if account.pk == self.current_id]
        if len(found) > 1 and not kept:
            raise ValidationError(_("Several accounts have this name. Open the one you mean."))
        return (kept or found)[0]
