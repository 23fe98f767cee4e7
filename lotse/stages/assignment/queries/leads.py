"""What the conditions of rules ask about: plain facts of many cases, read together."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.conf import settings

from lotse.kernel.addresses import postcode_of
from lotse.kernel.conditions import is_in_postcode_range
from lotse.records.accounts.models import Account, Contact
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Product, SalesArea

# Holders of sales areas: ("partner", 7), ("team", 2).
Holder = tuple[str, int]
Area = tuple[Holder, str, str, str]


def country_of(case: Case) -> str:
    """Return the country of a case; without one it is taken to be ours."""
    return (case.country or settings.HOME_COUNTRY).upper()


def get_product_lines(cases: Sequence[Case]) -> dict[int, int | None]:
    ids = {c.product_id for c in cases if c.product_id}
    if not ids:
        return {}
    return dict(Product.objects.filter(pk__in=ids).values_list("pk", "line_id"))


def get_owners(cases: Sequence[Case]) -> dict[int, int]:
    """
    Return by case who looks after its known account, else its known contact.

    Accepted cases go by the account and contact they were settled under.
    """
    accounts = {c.pk: c.account_id or c.known_account_id for c in cases}
    contacts = {c.pk: c.contact_id or c.known_contact_id for c in cases}
    by_account = _owners(Account, accounts.values())
    by_contact = _owners(Contact, contacts.values())
    found = {
        pk: by_account.get(accounts[pk] or 0) or by_contact.get(contacts[pk] or 0)
        for pk in accounts
    }
    return {pk: owner for pk, owner in found.items() if owner}


def _owners(model: type[Account] | type[Contact], ids: Collection[int | None]) -> dict[int, int]:
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    rows = model._default_manager.filter(pk__in=wanted, owner__isnull=False)
    return dict(rows.values_list("pk", "owner_id"))


def get_areas() -> list[Area]:
    rows = SalesArea.objects.order_by("id").values_list(
        "partner_id", "team_id", "country", "postcode_from", "postcode_until"
    )
    return [
        (("partner", partner) if partner else ("team", team), country.upper(), low, high)
        for partner, team, country, low, high in rows
    ]


def holders_of(areas: Sequence[Area], *, country: str, postcode: str) -> list[Holder]:
    """Return who sells where this postcode lies; "01067" is in 01000 to 09999, "1067" is not."""
    found = {
        holder: None
        for holder, land, low, high in areas
        if land == country and is_in_postcode_range(postcode, low, high)
    }
    return list(found)


def facts_of(
    case: Case, *, owner: int | None, lines: Mapping[int, int | None], holders: Sequence[Holder]
) -> dict[str, Any]:
    """Return what conditions may ask about a case, as plain as the journal keeps it."""
    return {
        "product": case.product_id,
        "product_line": lines.get(case.product_id) if case.product_id else None,
        "lead_type": case.lead_type_id,
        "source": case.source_id,
        "campaign": case.campaign_id,
        "country": country_of(case),
        "postcode": postcode_of(case.postcode),
        "language": case.language,
        "value": None if case.value is None else str(case.value),
        "score": case.score,
        "known_account": bool(case.account_id or case.known_account_id),
        "known_contact": bool(case.contact_id or case.known_contact_id),
        "has_owner": owner is not None,
        "is_company": bool(case.company),
        "in_area": bool(holders),
    }
