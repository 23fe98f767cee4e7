"""Who of the known accounts and contacts the person may be that is being entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.queries import match_accounts, match_contacts
from lotse.records.cases.models import Case
from lotse.records.cases.services import profile_of
from lotse.web.new_lead.forms import TEXTS

# Who somebody is can be looked for as soon as one of these is typed.
TELLING = ("last_name", "company", "email", "phone")
MOST = 5


@dataclass(frozen=True)
class Known:
    """The accounts and contacts that are the same or alike, best first, as far as the viewer may see them."""

    accounts: Sequence[Account]
    contacts: Sequence[Contact]

    def __bool__(self) -> bool:
        return bool(self.accounts or self.contacts)


def get_known(viewer: Viewer, typed: Mapping[str, str]) -> Known:
    """Look for whom was typed so far; a constant number of queries."""
    texts = {name: typed.get(name, "").strip()[:250] for name in TEXTS}
    if not any(texts[name] for name in TELLING):
        return Known([], [])
    profiles = {0: profile_of(Case(**texts))}
    account_ids = [c.record_id for m in match_accounts(profiles).values() for c in m.candidates]
    contact_ids = [c.record_id for m in match_contacts(profiles).values() for c in m.candidates]
    accounts = gate.rows(viewer, May.SEE, Account.objects.all()).in_bulk(account_ids)
    people = Contact.objects.select_related("account")
    contacts = gate.rows(viewer, May.SEE, people).in_bulk(contact_ids)
    return Known(
        [accounts[pk] for pk in account_ids if pk in accounts][:MOST],
        [contacts[pk] for pk in contact_ids if pk in contacts][:MOST],
    )
