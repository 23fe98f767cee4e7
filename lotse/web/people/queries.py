"""People, teams and partners as their pages show them: how full, whether they are there, how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Count, Prefetch, Q, QuerySet

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.people.models import Absence, Membership, Partner, Role, Team, User
from lotse.web.shared.slices import Slice, get_slice


@dataclass(frozen=True)
class Row:
    """Somebody in a list, with what they hold and until when they are away."""

    user: User
    teams: Sequence[Team]
    open: int
    absence: Absence | None

    @property
    def is_full(self) -> bool:
        return self.user.capacity is not None and self.open >= self.user.capacity


@dataclass(frozen=True)
class Wanted:
    """Whom a list of people shows, as its address says: words, in or out, of which house, with which role."""

    words: str = ""
    show: str = ""
    house: str = ""
    role: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        return cls(
            words=query.get("q", "").strip(),
            show=query.get("show", ""),
            house=query.get("house", ""),
            role=query.get("role", ""),
        )

    @property
    def address(self) -> str:
        """Return the part of the address that says so, for the next page."""
        said = {"q": self.words, "show": self.show, "house": self.house, "role": self.role}
        return urlencode({name: value for name, value in said.items() if value})

    def among(self, people: QuerySet[User]) -> QuerySet[User]:
        if self.show != "all":
            people = people.filter(is_active=self.show != "inactive")
        for word in self.words.split():
            people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
        kind, _, pk = self.house.partition("-")
        if kind in {"team", "partner"} and pk.isdecimal():
            people = people.filter(**{"teams" if kind == "team" else "partner": int(pk)})
        return people.filter(roles=int(self.role)) if self.role.isdecimal() else people


def get_people(
    viewer: Viewer, among: QuerySet[User], *, today: date, after: str = ""
) -> Slice[Row]:
    """Read one page of people by name: a constant number of queries."""
    absences = Absence.objects.filter(from_on__lte=today, until_on__gte=today)
    memberships = Membership.objects.select_related("team").order_by("-is_main", "team_id")
    rows = (
        gate.rows(viewer, May.SEE, among)
        .select_related("partner")
        .prefetch_related(
            "roles",
            Prefetch("memberships", memberships),
            Prefetch("absences", absences.order_by("-until_on", "pk")),
        )
    )
    found = get_slice(rows, key=("name",), after=after)
    held = _count_held(viewer, found.rows)
    people = [
        Row(
            user,
            [m.team for m in user.memberships.all()],
            open=held.get(user.pk, 0),
            absence=next(iter(user.absences.all()), None),
        )
        for user in found.rows
    ]
    return Slice(people, found.after)


def get_choices(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """Read what a list of people can be narrowed to: each with its word in the address, and its name."""
    teams = gate.rows(viewer, May.SEE, Team.objects.order_by("name", "pk"))
    partners = gate.rows(viewer, May.SEE, Partner.objects.order_by("name", "pk"))
    houses = [(f"team-{team.pk}", team.name) for team in teams]
    return {
        "houses": houses + [(f"partner-{partner.pk}", partner.name) for partner in partners],
        "roles": [(str(role.pk), role.name) for role in Role.objects.order_by("pk")],
    }


def get_teams(viewer: Viewer) -> Sequence[Team]:
    """Read the teams with how many active members each has, as `size`."""
    active = Count("members", filter=Q(members__is_active=True), distinct=True)
    rows = gate.rows(viewer, May.SEE, Team.objects.select_related("manager", "hours"))
    return list(rows.annotate(size=active).order_by("name", "pk"))


def get_partners(viewer: Viewer, *, words: str, after: str) -> Slice[Partner]:
    """Read a page of the partners with their areas, people (`size`) and open cases (`held`)."""
    active = Count("members", filter=Q(members__is_active=True), distinct=True)
    rows = gate.rows(viewer, May.SEE, Partner.objects.select_related("manager", "hours"))
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    counted = rows.annotate(size=active).prefetch_related("areas")
    found: Slice[Any] = get_slice(counted, key=("name",), after=after)
    counts = (
        gate.rows(viewer, May.SEE, Case.objects.open().filter(partner__in=found.rows))
        .order_by()
        .values_list("partner_id")
        .annotate(Count("pk"))
    )
    held: dict[int | None, int] = dict(counts)
    for partner in found.rows:
        partner.held = held.get(partner.pk, 0)
    return found


def _count_held(viewer: Viewer, people: Sequence[User]) -> dict[int | None, int]:
    rows = gate.rows(viewer, May.SEE, Case.objects.open().filter(assignee__in=people)).order_by()
    return dict(rows.values_list("assignee_id").annotate(Count("pk")))
