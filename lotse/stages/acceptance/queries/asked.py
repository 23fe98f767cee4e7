"""Who is asked for a batch of cases, by which opening hours, and who is to be told of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lotse.kernel.working_time import WorkingTime
from lotse.records.cases.holding import main_teams
from lotse.records.cases.models import Case
from lotse.records.catalog.models import LeadType
from lotse.records.people.hours import working_time
from lotse.records.people.models import Membership, Partner, Team, User

Group = TypeVar("Group", Team, Partner)


@dataclass(frozen=True)
class Circle:
    """The people, teams and partners of a batch, read at once: the same few queries for any number."""

    people: dict[int, User] = field(default_factory=dict)
    main_teams: dict[int, int] = field(default_factory=dict)
    teams: dict[int, Team] = field(default_factory=dict)
    partners: dict[int, Partner] = field(default_factory=dict)
    lead_types: dict[int, LeadType] = field(default_factory=dict)
    fallback: LeadType = field(default_factory=LeadType)

    def lead_type(self, case: Case) -> LeadType:
        return self.lead_types.get(case.lead_type_id or 0, self.fallback)

    def hours(
        self, *, person_id: int | None, team_id: int | None, partner_id: int | None
    ) -> WorkingTime:
        """Return the opening hours that count: a person goes by their main team, or their partner."""
        if person_id in self.people:
            partner_id = partner_id or self.people[person_id].partner_id
            team_id = team_id or self.main_teams.get(person_id)
        group = self.partners.get(partner_id or 0) or self.teams.get(team_id or 0)
        return working_time(group.hours if group else None)


def get_circle(cases: Sequence[Case]) -> Circle:
    """Read who is asked or holds these cases."""
    person_ids = {pk for c in cases for pk in (c.asked_person_id, c.assignee_id) if pk}
    people = User.objects.in_bulk(person_ids)
    of_person = main_teams(person_ids)
    team_ids = {pk for c in cases for pk in (c.asked_team_id, c.team_id) if pk}
    partner_ids = {pk for c in cases for pk in (c.asked_partner_id, c.partner_id) if pk}
    partner_ids |= {u.partner_id for u in people.values() if u.partner_id}
    return Circle(
        people=people,
        main_teams=of_person,
        teams=_with_hours(Team, team_ids | set(of_person.values())),
        partners=_with_hours(Partner, partner_ids),
        lead_types=LeadType.objects.in_bulk({c.lead_type_id for c in cases if c.lead_type_id}),
        fallback=get_fallback_type(),
    )


def get_fallback_type() -> LeadType:
    """Return how leads without a type are handled: as the default type says, or as it comes new."""
    return LeadType.objects.filter(is_default=True).first() or LeadType()


def get_lead_type(case: Case) -> LeadType:
    return case.lead_type or get_fallback_type()


def get_receivers(
    *, person_ids: Iterable[int], team_ids: Iterable[int], partner_ids: Iterable[int]
) -> dict[tuple[str, int], list[User]]:
    """Return the active users behind each person, team and partner that is asked."""
    found: dict[tuple[str, int], list[User]] = defaultdict(list)
    for user in User.objects.filter(pk__in=set(person_ids), is_active=True).order_by("id"):
        found["person", user.pk].append(user)
    for user in User.objects.filter(partner__in=set(partner_ids), is_active=True).order_by("id"):
        found["partner", user.partner_id or 0].append(user)
    members = Membership.objects.filter(team__in=set(team_ids), user__is_active=True)
    for member in members.select_related("user").order_by("id"):
        found["team", member.team_id].append(member.user)
    return found


def _with_hours(model: type[Group], ids: set[int]) -> dict[int, Group]:
    rows = model._default_manager.filter(pk__in=ids).select_related("hours")
    return {row.pk: row for row in rows.prefetch_related("hours__closed_days")}
