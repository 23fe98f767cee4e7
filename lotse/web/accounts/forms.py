"""The form of an account."""

from typing import Any

from lotse.records.accounts.models import Account
from lotse.records.people.models import User
from lotse.web.editing.forms import EditForm
from lotse.web.lead.forms import Choice


class AccountForm(EditForm):
    class Meta:
        model = Account
        fields = (
            "name", "street", "postcode", "city", "country", "phone", "email", "website",
            "vat_number", "customer_number",
        )  # fmt: skip

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add(
            "owner",
            Choice(
                people,
                label=Account._meta.get_field("owner").verbose_name,
                required=False,
                empty_label="–",
            ),
        )
