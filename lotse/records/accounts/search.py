"""Searching: words by their beginning, phones by their digits, and signs as they stand."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from lotse.kernel.words import query_literals, query_words
from lotse.records.accounts.models import Account, Contact, MatchKey, SearchWord

# A word that leads to more records than this does not narrow anything; it is looked up row by row.
MOST_CANDIDATES = 2000
# Sorts behind every word with the same beginning.
_LAST = "\U0010ffff"
_ACCOUNT_TEXTS = ("name", "email", "phone", "city", "postcode", "customer_number", "vat_number")
_CONTACT_TEXTS = ("first_name", "last_name", "email", "phone", "mobile", "city", "postcode")

M = TypeVar("M", bound=Model)


def search_accounts(among: QuerySet[Account], query: str) -> QuerySet[Account]:
    words = SearchWord.objects.filter(of=MatchKey.Of.ACCOUNT)
    return narrow(among, query, words=words, key="record_id", texts=_ACCOUNT_TEXTS)


def search_contacts(among: QuerySet[Contact], query: str) -> QuerySet[Contact]:
    words = SearchWord.objects.filter(of=MatchKey.Of.CONTACT)
    return narrow(among, query, words=words, key="record_id", texts=_CONTACT_TEXTS)


def narrow(
    among: QuerySet[M],
    query: str,
    *,
    words: QuerySet[Any],
    key: str,
    texts: Sequence[str],
) -> QuerySet[M]:
    """
    Leave the rows in which every word of the query begins a word, and every sign stands.

    :param words: the index of words, in which `key` names the row
    :param texts: the columns in which signs are looked for
    """
    # No database keeps such a character, and PostgreSQL refuses to look for it.
    query = query.replace("\x00", " ")
    wanted = query_words(query)
    literals = query_literals(query)
    if not wanted and not literals:
        return among

    rare = _rarest(words, wanted, key)
    if rare is not None:
        word, ids = rare
        wanted = [w for w in wanted if w != word]
        among = among.filter(pk__in=ids)
    elif wanted:
        # Begun at the longest word, which leads to fewer rows than are looked through otherwise.
        longest = max(wanted, key=len)
        wanted = [w for w in wanted if w != longest]
        among = among.filter(pk__in=_beginning(words, longest).values(key))
    for word in wanted:
        among = among.filter(Exists(_beginning(words, word).filter(**{key: OuterRef("pk")})))
    for literal in literals:
        among = among.filter(reduce(or_, (Q(**{f"{t}__icontains": literal}) for t in texts)))
    return among


def _rarest(words: QuerySet[Any], wanted: Sequence[str], key: str) -> tuple[str, set[int]] | None:
    """Return the first word that leads to few rows, and these; asking costs a bounded look at the index."""
    for word in wanted:
        rows = _beginning(words, word).values_list(key, flat=True)[: MOST_CANDIDATES + 1]
        found = list(rows)
        if len(found) <= MOST_CANDIDATES:
            return word, set(found)
    return None


def _beginning(words: QuerySet[Any], word: str) -> QuerySet[Any]:
    return words.filter(word__gte=word, word__lt=word + _LAST)
