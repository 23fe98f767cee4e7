"""Writing accounts and contacts: the record, its keys and its words go together."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from lotse.kernel.words import words_of
from lotse.records.accounts.keys import keys_of_company, keys_of_person, rewrite_keys
from lotse.records.accounts.models import Account, Contact, MatchKey, SearchWord
from lotse.records.accounts.queries import profile_of_account, profile_of_contact
from lotse.records.accounts.rows import add_rows


class ChangedMeanwhile(Exception):
    """Somebody else saved the record after the form was filled; `current` is what stands now."""

    def __init__(self, current: Account | Contact) -> None:
        super().__init__(current.pk)
        self.current = current


@transaction.atomic
def save_account(account: Account) -> Account:
    """Create an account, or write it as it is in memory, and keep keys and words in step."""
    account.save()
    index_account(account)
    return account


@transaction.atomic
def save_contact(contact: Contact) -> Contact:
    """Create a contact, or write it as it is in memory, and keep keys and words in step."""
    contact.save()
    index_contact(contact)
    return contact


@transaction.atomic
def change(record: Account | Contact, *, version: int, **fields: Any) -> None:
    """
    Write some fields of an account or contact, if nobody else did since `version` was read.

    :raises ChangedMeanwhile: if somebody did
    """
    table = type(record)._default_manager
    # The one conditional update settles the race of two who save at once.
    if not table.filter(pk=record.pk, version=version).update(version=F("version") + 1, **fields):
        raise ChangedMeanwhile(table.get(pk=record.pk))
    record.refresh_from_db()
    index_account(record) if isinstance(record, Account) else index_contact(record)


def index_account(account: Account) -> None:
    rewrite_keys(MatchKey.Of.ACCOUNT, account.pk, keys_of_company(profile_of_account(account)))
    texts = (account.name, account.email, account.city, account.postcode, account.customer_number)
    _rewrite_words(MatchKey.Of.ACCOUNT, account.pk, words_of(texts, (account.phone,)))


def index_contact(contact: Contact) -> None:
    rewrite_keys(MatchKey.Of.CONTACT, contact.pk, keys_of_person(profile_of_contact(contact)))
    texts = (contact.first_name, contact.last_name, contact.email, contact.city, contact.postcode)
    words = words_of(texts, (contact.phone, contact.mobile))
    _rewrite_words(MatchKey.Of.CONTACT, contact.pk, words)


def forget(of: MatchKey.Of, record_ids: Iterable[int]) -> None:
    """Take keys and words of deleted records away."""
    ids = list(record_ids)
    MatchKey.objects.filter(of=of, record_id__in=ids).delete()
    SearchWord.objects.filter(of=of, record_id__in=ids).delete()


def _rewrite_words(of: MatchKey.Of, record_id: int, words: set[str]) -> None:
    SearchWord.objects.filter(of=of, record_id=record_id).exclude(word__in=words).delete()
    rows = [(int(of), word, record_id) for word in sorted(words)]
    add_rows(SearchWord, ("of", "word", "record_id"), rows)
