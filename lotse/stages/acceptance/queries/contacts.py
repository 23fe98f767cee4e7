"""Holds a lead beside a known contact, field by field."""

from django.conf import settings

from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.stages.acceptance.rules.fields import FIELDS, Beside, State, compare

# Where a contact stands under another account than the lead's, that is one more thing to decide.
ACCOUNT = "account"


def beside(case: Case, contact: Contact, account: Account | None) -> list[Beside]:
    """Hold what a lead says beside a contact, its account among it."""
    lead = {name: getattr(case, name) for name in FIELDS}
    known = {name: getattr(contact, name) for name in (*FIELDS, "mobile")}
    fields = compare(lead, known, home_country=settings.HOME_COUNTRY)
    return fields + _account_beside(contact, account)


def _account_beside(contact: Contact, account: Account | None) -> list[Beside]:
    if account is None or contact.account_id == account.pk:
        return []
    known = str(contact.account_id) if contact.account_id else ""
    lead = str(account.pk) if account.pk else "new"
    return [Beside(ACCOUNT, known, lead, State.DIFFERS if known else State.NEW)]
