"""The words of choices that stand in facts and reasons: channels, outcomes, acts, names of fields."""

from collections.abc import Mapping

from django.db.models import Model
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotse.records.accounts.models import Account, Consent, Contact
from lotse.records.activities.models import Note
from lotse.records.cases.models import Case, Inquiry
from lotse.records.catalog.models import (
    Campaign,
    LeadSource,
    LeadType,
    Phase,
    Process,
    Product,
    ProductLine,
    Reason,
)
from lotse.records.outbox.models import Sending
from lotse.records.people.models import OpeningHours, Partner, Role, Team, User

Words = Mapping[str, str | Promise]

ACTS: Words = {
    "distribute": _("distributing"),
    "assign": _("handing over"),
    "accept": _("accepting"),
    "decline": _("declining"),
    "move": _("moving to another phase"),
    "close": _("closing"),
    "reopen": _("reopening"),
    "defer": _("putting off"),
    "import": _("importing"),
    "edit": _("editing"),
    "pool": _("sending to the pool"),
}


def _labels(*models: type[Model]) -> dict[str, str | Promise]:
    return {f.name: f.verbose_name for m in models for f in m._meta.concrete_fields}


FIELDS: Words = {
    **_labels(OpeningHours, Team, Partner, Role, User),
    **_labels(ProductLine, Product, LeadSource, Campaign, Reason, LeadType, Process, Phase),
    **_labels(Account, Contact, Case),
    "roles": _("roles"),
    "teams": _("teams"),
    "main_team": _("main team"),
    "processes": _("processes"),
    "duration": _("duration"),
    "interval": _("interval"),
    "hours": _("opening hours"),
    "manager": _("manager"),
    "partner": _("sales partner"),
    "line": _("product line"),
    "areas": _("sales areas"),
    "closed_days": _("closed days"),
    **{f"day_{number}": name for number, name in WEEKDAYS.items()},
    "account": _("account"),
    "contact": _("contact"),
    "owner": _("owner"),
    "lead_type": _("lead type"),
    "product": _("product"),
    "source": _("source"),
    "campaign": _("campaign"),
}

# By what accounts and contacts agree.
AGREEING: Words = {
    **FIELDS,
    "name": _("name"),
    "company": _("company"),
    "form": _("legal form"),
    "email": _("e-mail"),
    "phones": _("phone"),
    "domain": _("domain"),
}

# Choices by the name of the field of the fact they stand in.
CHOICES: Mapping[str, Words] = {
    "act_kind": ACTS,
    "channel": {**dict(Consent.Channel.choices), **dict(Inquiry.Channel.choices)},
    "outcome": dict(Case.Outcome.choices),
    "case_kind": dict(Case.Kind.choices),
    "note_kind": dict(Note.Kind.choices),
    "consent": dict(Consent.State.choices),
    "lock_reason": dict(Sending.Why.choices),
    "field": FIELDS,
    "fields": FIELDS,
    "unknown_fields": FIELDS,
    "agree_fields": AGREEING,
}


def word_for(field: str, value: str) -> str:
    """Return how a choice is told; a value that is no choice is told as it is."""
    return str(CHOICES.get(field, {}).get(value, value))
