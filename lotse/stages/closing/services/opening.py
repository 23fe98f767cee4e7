"""Opening the opportunities of won leads, and taking them back while nothing was done on them."""

from collections.abc import Sequence
from datetime import datetime

from lotse.kernel.actors import SYSTEM
from lotse.records.accounts.models import MatchKey
from lotse.records.cases.holding import held_by, main_teams
from lotse.records.cases.models import Case
from lotse.records.cases.services import open_cases
from lotse.records.journal.models import Act, Entry
from lotse.records.journal.services import Line, record_all
from lotse.records.outbox.models import Notice
from lotse.records.outbox.services import notify_each
from lotse.records.people.models import User
from lotse.stages.closing.facts import (
    OpenedByLead,
    OpportunityOpened,
    OpportunityReceived,
    Won,
)

# What an opportunity takes over from its lead; who holds it is decided apart.
TAKEN_OVER = (
    "salutation", "title", "first_name", "last_name", "company", "email", "phone", "language",
    "street", "postcode", "city", "country", "account_id", "contact_id", "known_account_id",
    "known_contact_id", "subject", "lead_type_id", "product_id", "source_id", "campaign_id",
    "value", "score", "external_id",
)  # fmt: skip


def open_opportunities(leads: Sequence[Case], *, now: datetime) -> list[Case]:
    """
    Open an opportunity for each of these won leads that has none yet.

    A lead opens one at most: the table says so, and a second look finds it.
    """
    opened = set(Case.objects.filter(opened_by__in=leads).values_list("opened_by", flat=True))
    wanting = [lead for lead in leads if lead.pk not in opened]
    holders = _get_holders(wanting)
    teams = main_teams([user.pk for user in holders.values()])
    opportunities = open_cases(
        [_opportunity(lead, holders[lead.pk], teams, now=now) for lead in wanting]
    )
    _tell(wanting, opportunities, now=now)
    return opportunities


def _get_holders(leads: Sequence[Case]) -> dict[int, User]:
    wanted = {lead.pk: lead.hand_over_to_id or lead.assignee_id for lead in leads}
    users = User.objects.in_bulk([pk for pk in wanted.values() if pk])
    return {pk: users[user_id] for pk, user_id in wanted.items() if user_id}


def _opportunity(lead: Case, holder: User, teams: dict[int, int], *, now: datetime) -> Case:
    is_kept = holder.pk == lead.assignee_id
    team_id = lead.team_id if is_kept else teams.get(holder.pk)
    return Case(
        kind=Case.Kind.OPPORTUNITY,
        stage=Case.Stage.PROCESS,
        created_at=now,
        wake_at=now,
        opened_by=lead,
        **{name: getattr(lead, name) for name in TAKEN_OVER},
        **held_by(holder, team_id=team_id, now=now),
    )


def _tell(leads: Sequence[Case], opportunities: Sequence[Case], *, now: datetime) -> None:
    """Write what was opened into both histories, and ring for those who were handed one."""
    acts = _get_acts(leads)
    lines, rings = [], []
    for lead, opportunity in zip(leads, opportunities, strict=True):
        on_lead = OpportunityOpened(
            opportunity_id=opportunity.pk, person_id=opportunity.assignee_id
        )
        on_opportunity = OpenedByLead(lead_id=lead.pk)
        # Booked to the act that won the lead: taking that back takes this back.
        act = acts.get(lead.pk)
        lines += [Line(on_lead, lead, act=act), Line(on_opportunity, opportunity, act=act)]
        if opportunity.assignee_id != lead.assignee_id:
            fact = OpportunityReceived(opportunity_id=opportunity.pk)
            rings.append((opportunity.assignee_id, fact, opportunity.pk))
    record_all(lines, by=SYSTEM, at=now)
    notify_each(rings, now=now)


def _get_acts(leads: Sequence[Case]) -> dict[int, Act]:
    """Return for each lead the act that won it, if it still stands."""
    won = Entry.objects.filter(
        about_type="case",
        about_id__in=[lead.pk for lead in leads],
        kind=Won.kind,
        act__undone_at=None,
    ).select_related("act")
    return {entry.about_id: entry.act for entry in won.order_by("id") if entry.act}


def take_back(entry: Entry, now: datetime) -> None:
    """Undo the opening: the opportunity goes, with everything that Lotse itself noted on it."""
    opportunity = Case.objects.opportunities().filter(pk=entry.about_id)
    MatchKey.objects.filter(of=MatchKey.Of.CASE, record_id=entry.about_id).delete()
    Notice.objects.filter(case_id=entry.about_id).delete()
    opportunity.delete()
