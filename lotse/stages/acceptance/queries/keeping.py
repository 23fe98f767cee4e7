"""What is kept back of a lead until it is accepted: who it is, and how to reach them."""

from lotse.kernel.addresses import plain
from lotse.kernel.words import phone_digits
from lotse.records.cases.models import Case
from lotse.records.catalog.models import LeadType
from lotse.stages.acceptance.queries.asked import get_lead_type


def keeps_back(case: Case, lead_type: LeadType | None = None) -> bool:
    """Say whether name and ways to reach somebody are kept back, as the lead type says."""
    return case.accepted_at is None and (lead_type or get_lead_type(case)).keeps_contact_back


def names_somebody(value: str, case: Case) -> bool:
    """Say whether a text tells who the lead is, or how to reach them."""
    if "@" in value:
        return True
    digits = phone_digits(case.phone)
    if digits and digits in phone_digits(value):
        return True
    words = f" {plain(value)} "
    telling = (case.last_name, case.first_name, case.company, case.street, case.external_id)
    return any(f" {plain(known)} " in words for known in telling if plain(known))


def nameless_subject(case: Case) -> str:
    """Return what a lead is about, unless that tells who it is."""
    return "" if names_somebody(case.subject, case) else case.subject
