"""Looking for known accounts and contacts by what came in: many at once, by the key table."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from lotse.records.accounts.alike import Match, Side, compare, judge
from lotse.records.accounts.keys import keys_of_company, keys_of_person, records_by_key
from lotse.records.accounts.models import Account, Contact, MatchKey
from lotse.records.accounts.profiles import Normal, Profile, normalise

# A key that leads to more records than this says nothing: a switchboard, a chain's domain.
TOO_COMMON = 200


def profile_of_account(account: Account) -> Normal:
    return _normal(
        Profile(
            company=account.name,
            email=account.email,
            phones=(account.phone,),
            street=account.street,
            postcode=account.postcode,
            city=account.city,
            country=account.country,
            website=account.website,
            vat_number=account.vat_number,
            customer_number=account.customer_number,
        )
    )


def profile_of_contact(contact: Contact) -> Normal:
    return _normal(
        Profile(
            first_name=contact.first_name,
            last_name=contact.last_name,
            email=contact.email,
            phones=(contact.phone, contact.mobile),
            street=contact.street,
            postcode=contact.postcode,
            city=contact.city,
            country=contact.country,
        )
    )


def match_accounts(wanted: Mapping[int, Normal]) -> dict[int, Match]:
    """
    Look for the accounts of many companies with two queries.

    :param wanted: what came in, by any number of the caller's; who has no company is not looked for
    """
    companies = {pk: normal for pk, normal in wanted.items() if normal.company}
    found = _candidates(
        MatchKey.Of.ACCOUNT, {pk: keys_of_company(n) for pk, n in companies.items()}
    )
    ids = {record for some in found.values() for record in some}
    known = {a.pk: profile_of_account(a) for a in Account.objects.filter(pk__in=ids)}
    return {pk: _judge(n, found[pk], known, side="account") for pk, n in companies.items()}


def match_contacts(wanted: Mapping[int, Normal]) -> dict[int, Match]:
    """Look for the contacts of many people with two queries."""
    found = _candidates(MatchKey.Of.CONTACT, {pk: keys_of_person(n) for pk, n in wanted.items()})
    ids = {record for some in found.values() for record in some}
    known = {c.pk: profile_of_contact(c) for c in Contact.objects.filter(pk__in=ids)}
    return {pk: _judge(n, found[pk], known, side="contact") for pk, n in wanted.items()}


def _candidates(of: MatchKey.Of, keys: Mapping[int, set[int]]) -> dict[int, list[int]]:
    by_key = records_by_key(of, sorted({k for some in keys.values() for k in some}))
    return {
        pk: sorted({r for k in some for r in by_key.get(k, ()) if len(by_key[k]) <= TOO_COMMON})
        for pk, some in keys.items()
    }


def _judge(normal: Normal, ids: Sequence[int], known: Mapping[int, Normal], *, side: Side) -> Match:
    return judge([compare(normal, known[i], record_id=i, side=side) for i in ids if i in known])


def _normal(profile: Profile) -> Normal:
    return normalise(profile, home_country=settings.HOME_COUNTRY)
