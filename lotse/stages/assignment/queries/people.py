"""The people, teams and partners that rules may ask: how busy they are, whether they are there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q

from lotse.kernel.reasons import Reason
from lotse.records.cases.models import Case
from lotse.records.people.models import Absence, Membership, Partner, Role, User
from lotse.stages.assignment.models import Ask
from lotse.stages.assignment.queries.leads import Area, Holder
from lotse.stages.assignment.rules import Candidate, Kind, Rule, Strategy, Target, against


class People:
    """Whom the rules may ask, as they stand now; `give` counts what they are given in this batch."""

    def __init__(
        self,
        rules: Sequence[Rule],
        *,
        owners: Collection[int],
        areas: Sequence[Area],
        now: datetime,
    ) -> None:
        self.now = now
        self._wanted: dict[Target, set[int]] = defaultdict(set)
        for rule in rules:
            if rule.target_id:
                self._wanted[rule.target].add(rule.target_id)
        if any(r.target == Target.OWNER for r in rules):
            self._wanted[Target.USER] |= set(owners)
        has_area_rule = any(r.target == Target.AREA for r in rules)
        self._areas = areas
        for kind, pk in {holder for holder, *_ in areas} if has_area_rule else ():
            self._wanted[Target(kind)].add(pk)
        self._known: dict[tuple[Kind, int], Candidate] = {}

    def of(self, rule: Rule, *, owner: int | None, holders: Sequence[Holder]) -> list[Candidate]:
        """Return the candidates of a rule, in a steady order."""
        if rule.target == Target.USER:
            return self._person_and_substitute(rule.target_id)
        if rule.target == Target.OWNER:
            return self._person_and_substitute(owner)
        if rule.target == Target.AREA:
            return [self._group(Kind(kind), pk) for kind, pk in sorted(holders)]

        kind = Kind.TEAM if rule.target == Target.TEAM else Kind.PARTNER
        pk = rule.target_id or 0
        sells_here = kind == Kind.TEAM or self._sells_here(pk, holders)
        if rule.strategy == Strategy.WHOLE:
            return [replace(self._group(kind, pk), sells_here=sells_here)]
        members = [self._person(user_id) for user_id in self._members_of(kind, pk)]
        return members if sells_here else [replace(c, sells_here=False) for c in members]

    def house_of(self, user_id: int) -> int | None:
        """Return the partner a person belongs to."""
        user = self._users.get(user_id)
        return user.partner_id if user else None

    def give(self, who: Candidate) -> None:
        """Count a lead that was just given to somebody, or held out to them."""
        self._given[who.key] += 1
        self._known.pop(who.key, None)
        house = self.house_of(who.id) if who.kind == Kind.PERSON else None
        if house:
            self._given[Kind.PARTNER, house] += 1
        if house or who.kind == Kind.PARTNER:
            # Whoever shares the partner's free places is less free now, too.
            self._known.clear()

    # One candidate.

    def _person_and_substitute(self, user_id: int | None) -> list[Candidate]:
        if user_id is None or user_id not in self._users:
            return []
        absence = self._absences.get(user_id)
        found = [self._person(user_id)]
        if absence and absence.substitute_id and absence.substitute_id in self._users:
            found.append(replace(self._person(absence.substitute_id), stands_in_for=user_id))
        return found

    def _person(self, user_id: int) -> Candidate:
        key = (Kind.PERSON, user_id)
        if key not in self._known:
            self._known[key] = self._look_at_person(self._users[user_id])
        return self._known[key]

    def _look_at_person(self, user: User) -> Candidate:
        key = (Kind.PERSON, user.pk)
        given = self._given[key]
        absence = self._absences.get(user.pk)
        house = self._partners.get(user.partner_id) if user.partner_id else None
        return Candidate(
            Kind.PERSON,
            user.pk,
            weight=user.weight,
            open=self._open[key] + given,
            deferred=self._deferred[user.pk],
            capacity=user.capacity,
            today=self._today[user.pk] + given if user.daily_capacity is not None else 0,
            daily_capacity=user.daily_capacity,
            is_active=user.is_active,
            may_see=self._may_see(user.pk),
            absent_until=absence.until_on.isoformat() if absence else None,
            house_open=self._open_of_house(house.pk) if house else 0,
            house_capacity=house.capacity if house else None,
            is_house_active=house.is_active if house else True,
        )

    def _group(self, kind: Kind, pk: int) -> Candidate:
        members = [u for u in self._members_of(kind, pk) if self._can_answer(u)]
        if kind == Kind.TEAM:
            return Candidate(kind, pk, is_active=bool(members))
        partner = self._partners[pk]
        return Candidate(
            kind,
            pk,
            open=self._open_of_house(pk),
            capacity=partner.capacity,
            is_active=partner.is_active,
            may_see=bool(members),
        )

    def _can_answer(self, user_id: int) -> bool:
        return self._users[user_id].is_active and self._may_see(user_id)

    def _may_see(self, user_id: int) -> bool:
        return any(
            self._matrices[role_id].get("lead", {}).get("see", "none") != "none"
            for role_id in self._roles_of.get(user_id, ())
        )

    def _open_of_house(self, partner_id: int) -> int:
        key = (Kind.PARTNER, partner_id)
        return self._open[key] + self._given[key]

    def _members_of(self, kind: Kind, pk: int) -> list[int]:
        return self._members.get((kind, pk), [])

    def _sells_here(self, partner_id: int, holders: Sequence[Holder]) -> bool:
        # A partner without any area sells everywhere.
        mine: Holder = ("partner", partner_id)
        return mine in holders or all(holder != mine for holder, *_ in self._areas)

    # What was read: one query each, for all candidates of all rules.

    @cached_property
    def _given(self) -> Counter[tuple[Kind, int]]:
        return Counter()

    @cached_property
    def _memberships(self) -> list[tuple[int, int]]:
        teams = self._wanted[Target.TEAM]
        if not teams:
            return []
        rows = Membership.objects.filter(team__in=teams).order_by("user_id")
        return list(rows.values_list("team_id", "user_id"))

    @cached_property
    def _users(self) -> dict[int, User]:
        ids = self._wanted[Target.USER] | {user_id for _, user_id in self._memberships}
        named = Q(pk__in=ids) | Q(
            pk__in=Absence.objects.filter(user__in=ids, **self._around_today()).values("substitute")
        )
        if self._wanted[Target.PARTNER]:
            named |= Q(partner__in=self._wanted[Target.PARTNER])
        return {u.pk: u for u in User.objects.filter(named).order_by("pk")}

    @cached_property
    def _members(self) -> dict[tuple[Kind, int], list[int]]:
        found: dict[tuple[Kind, int], list[int]] = defaultdict(list)
        for team_id, user_id in self._memberships:
            found[Kind.TEAM, team_id].append(user_id)
        for user in self._users.values():
            if user.partner_id:
                found[Kind.PARTNER, user.partner_id].append(user.pk)
        return found

    @cached_property
    def _partners(self) -> dict[int, Partner]:
        ids = self._wanted[Target.PARTNER] | {
            u.partner_id for u in self._users.values() if u.partner_id
        }
        return Partner.objects.in_bulk(ids) if ids else {}

    @cached_property
    def _absences(self) -> dict[int, Absence]:
        """By person the absence that covers today on their own wall."""
        rows = Absence.objects.filter(user__in=self._users, **self._around_today())
        found: dict[int, Absence] = {}
        for one in rows.order_by("-until_on", "id"):
            today = _today_of(self._users[one.user_id], self.now)
            if one.from_on <= today <= one.until_on:
                found.setdefault(one.user_id, one)
        return found

    def _around_today(self) -> dict[str, date]:
        # It is never more than one day earlier or later anywhere than it is in UTC.
        return {
            "from_on__lte": date.fromordinal(self.now.date().toordinal() + 1),
            "until_on__gte": date.fromordinal(self.now.date().toordinal() - 1),
        }

    @cached_property
    def _roles_of(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        through: Any = User.roles.through
        rows = through._default_manager.filter(user__in=self._users)
        for user_id, role_id in rows.values_list("user_id", "role_id"):
            found[user_id].append(role_id)
        return found

    @cached_property
    def _matrices(self) -> dict[int, Mapping[str, Any]]:
        return dict(Role.objects.values_list("pk", "matrix"))

    @property
    def _open(self) -> Counter[tuple[Kind, int]]:
        return self._counts[0]

    @property
    def _deferred(self) -> Counter[int]:
        return self._counts[1]

    @cached_property
    def _counts(self) -> tuple[Counter[tuple[Kind, int]], Counter[int]]:
        """
        Count what each holds and what is held out to each: an offer takes the place it will need.

        Deferred cases count, for they come back; closed ones never do.
        """
        found: Counter[tuple[Kind, int]] = Counter()
        deferred: Counter[int] = Counter()
        open_cases = Case.objects.open().order_by()
        held = open_cases.filter(assignee__in=self._users).values_list("assignee_id")
        for user_id, number, parked in held.annotate(
            n=Count("pk"), d=Count("pk", filter=Q(deferred_until__isnull=False))
        ):
            found[Kind.PERSON, user_id] += number
            deferred[user_id] = parked
        asked = open_cases.filter(assignee=None, asked_person__in=self._users)
        for user_id, number in asked.values_list("asked_person_id").annotate(n=Count("pk")):
            found[Kind.PERSON, user_id] += number
        if self._partners:
            self._count_houses(found)
        return found, deferred

    def _count_houses(self, found: Counter[tuple[Kind, int]]) -> None:
        of_partner = Case.objects.open().order_by()
        held = of_partner.filter(partner__in=self._partners, assignee__isnull=False)
        for partner_id, number in held.values_list("partner_id").annotate(n=Count("pk")):
            found[Kind.PARTNER, partner_id] += number
        asked = of_partner.filter(assignee=None).filter(
            Q(asked_partner__in=self._partners) | Q(asked_person__partner__in=self._partners)
        )
        for partner_id, member_of, number in asked.values_list(
            "asked_partner_id", "asked_person__partner_id"
        ).annotate(n=Count("pk")):
            found[Kind.PARTNER, partner_id or member_of] += number

    @cached_property
    def _today(self) -> Counter[int]:
        """Count who was asked or given how much since midnight on their own wall."""
        limited = {u.pk: u for u in self._users.values() if u.daily_capacity is not None}
        since = {pk: _midnight_of(user, self.now) for pk, user in limited.items()}
        rows = Ask.objects.filter(
            kind=Kind.PERSON, target_id__in=limited, at__gte=min(since.values())
        )
        found: Counter[int] = Counter()
        for user_id, at in rows.values_list("target_id", "at"):
            found[user_id] += at >= since[user_id]
        return found


def _zone_of(user: User) -> ZoneInfo:
    return ZoneInfo(user.zone or settings.HOME_ZONE)


def _today_of(user: User, now: datetime) -> date:
    return now.astimezone(_zone_of(user)).date()


def _midnight_of(user: User, now: datetime) -> datetime:
    return datetime.combine(_today_of(user, now), time(), tzinfo=_zone_of(user))


class Standing:
    """How people stand whom somebody chose by hand: what forbids it, and what should be said."""

    def __init__(self, candidates: Mapping[int, Candidate]) -> None:
        self._candidates = candidates

    def of(self, user_id: int) -> Candidate:
        return self._candidates[user_id]

    def obstacle(self, user_id: int) -> Reason | None:
        """Say why this person can't hold any case at all."""
        who = self._candidates[user_id]
        bare = Candidate(who.kind, who.id, is_active=who.is_active, may_see=who.may_see)
        return against(bare)

    def warnings(self, user_id: int) -> tuple[Reason, ...]:
        """Say why the rules would have passed this person over."""
        reason = against(self._candidates[user_id])
        return (reason,) if reason else ()


def get_standing(user_ids: Collection[int], *, now: datetime) -> Standing:
    rules = [Rule(id=0, target=Target.USER, target_id=pk) for pk in user_ids]
    people = People(rules, owners=(), areas=(), now=now)
    found = {r.target_id: people.of(r, owner=None, holders=()) for r in rules}
    return Standing({pk: some[0] for pk, some in found.items() if pk and some})
