"""Who may do what: the words of the matrix, and for each kind of record the filter they stand for."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from lotse.records.accounts.models import Account, Contact
from lotse.records.activities.models import Appointment, Note, Task
from lotse.records.cases.models import Case, Inquiry, Lead, Opportunity
from lotse.records.journal.models import Act as Done
from lotse.records.people.models import Partner, Team, User
from lotse.stages.acceptance.models import Offer
from lotse.stages.intake.models import Import

if TYPE_CHECKING:
    from lotse.access.viewer import Viewer


class Entity(StrEnum):
    LEAD = "lead"
    OPPORTUNITY = "opportunity"
    ACCOUNT = "account"  # and the contacts under it
    PERSON = "person"  # users, teams, partners


class Act(StrEnum):
    SEE = "see"
    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"
    ASSIGN = "assign"
    EXPORT = "export"
    # Accepting or declining: for those who are asked, and for those who may assign anyway.
    ANSWER = "answer"
    # Saying when somebody is away: for oneself, and for those who manage cases or people.
    PLAN = "plan"


# How callers ask: `gate.find(request.actor, May.EDIT, ...)`.
May = Act


class Level(StrEnum):
    NONE = "none"
    OWN = "own"
    TEAM = "team"
    ALL = "all"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


class Right(StrEnum):
    MANAGE_ACTIONS = "manage_actions"
    REQUEST_CAMPAIGNS = "request_campaigns"
    IMPORT = "import"
    SETTINGS = "settings"
    RULES = "rules"
    PEOPLE = "people"
    SEE_UNASSIGNED = "see_unassigned"
    PRIVACY = "privacy"
    # Moving a case out of a phase that only managers may leave; reopening what is lost.
    MANAGE_CASES = "manage_cases"


NOBODY = Q(pk__in=[])
EVERYBODY = ~NOBODY


def filter_for(viewer: "Viewer", act: Act, model: type[models.Model]) -> Q:
    """
    Return the filter that leaves the rows of `model` on which `viewer` may `act`.

    :raises KeyError: if the policy says nothing about this model
    """
    return _FILTERS[model](viewer, act)


def _cases(viewer: "Viewer", act: Act) -> Q:
    lead, opportunity = (_cases_of(viewer, act, e) for e in (Entity.LEAD, Entity.OPPORTUNITY))
    if lead == opportunity:
        return lead
    return (Q(kind=Case.Kind.LEAD) & lead) | (Q(kind=Case.Kind.OPPORTUNITY) & opportunity)


def _cases_of(viewer: "Viewer", act: Act, entity: Entity) -> Q:
    if act == Act.ANSWER:
        return _answerable(viewer, entity)

    level = viewer.level(entity, act)
    reach = _reach(viewer, level)
    # Of what is held out to a partner its people see the offer alone: who it is, and how to reach
    # them, is told once one of them has accepted.
    if act == Act.SEE and level != Level.NONE and not viewer.partner_id:
        reach |= _asked(viewer)
    if level in {Level.TEAM, Level.ALL} and not viewer.has(Right.SEE_UNASSIGNED):
        reach &= Q(assignee__isnull=False) | Q(closed_at__isnull=False) | _asked(viewer)
    return _within_partner(viewer, reach)


def _reach(viewer: "Viewer", level: Level) -> Q:
    if level == Level.ALL:
        return EVERYBODY
    if level == Level.NONE or viewer.person_id is None:
        return NOBODY
    own = Q(assignee=viewer.person_id)
    if level == Level.OWN:
        return own
    if viewer.partner_id:
        return own | Q(partner=viewer.partner_id)
    return own | Q(team__in=viewer.team_ids)


def _asked(viewer: "Viewer") -> Q:
    if viewer.person_id is None:
        return NOBODY
    asked = Q(asked_person=viewer.person_id)
    if viewer.team_ids:
        asked |= Q(asked_team__in=viewer.team_ids)
    if viewer.partner_id:
        asked |= Q(asked_partner=viewer.partner_id)
    return asked & Q(assignee=None, closed_at=None)


def _answerable(viewer: "Viewer", entity: Entity) -> Q:
    if viewer.level(entity, Act.SEE) == Level.NONE:
        return NOBODY
    mine = Q(assignee=viewer.person_id) if viewer.person_id else NOBODY
    held = _within_partner(viewer, mine | _cases_of(viewer, Act.ASSIGN, entity))
    return _asked(viewer) | held


def _within_partner(viewer: "Viewer", reach: Q) -> Q:
    # A partner's user never sees beyond the partner, whatever other role they were given.
    if not viewer.partner_id:
        return reach
    return reach & Q(partner=viewer.partner_id)


def _accounts(viewer: "Viewer", act: Act) -> Q:
    return _customers(viewer, act, cases_by="account_id")


def _contacts(viewer: "Viewer", act: Act) -> Q:
    return _customers(viewer, act, cases_by="contact_id")


def _customers(viewer: "Viewer", act: Act, *, cases_by: str) -> Q:
    level = viewer.level(Entity.ACCOUNT, act)
    if level == Level.NONE or (viewer.person_id is None and level != Level.ALL):
        return NOBODY
    if level == Level.ALL and not viewer.partner_id:
        return EVERYBODY

    # Whoever works somebody's case works with that account and contact.
    own = Q(owner=viewer.person_id)
    worked = Q(assignee=viewer.person_id)
    if level in {Level.TEAM, Level.ALL} and viewer.partner_id:
        own, worked = own | Q(partner=viewer.partner_id), worked | Q(partner=viewer.partner_id)
    elif level == Level.TEAM:
        own, worked = own | Q(team__in=viewer.team_ids), worked | Q(team__in=viewer.team_ids)
    worked_rows = Case.objects.filter(worked).exclude(**{cases_by: None})
    return own | Q(pk__in=worked_rows.values(cases_by))


def _of_cases(viewer: "Viewer", act: Act) -> Q:
    wanted = Act.SEE if act == Act.SEE else Act.EDIT
    return Q(case__in=Case.objects.filter(_cases(viewer, wanted)).values("pk"))


def _notes(viewer: "Viewer", act: Act) -> Q:
    visible = _of_cases(viewer, act)
    if viewer.partner_id:
        return visible & (Q(for_partner=True) | Q(written_by__partner=viewer.partner_id))
    return visible


def _inquiries(viewer: "Viewer", act: Act) -> Q:
    visible = _of_cases(viewer, act)
    return visible | Q(case=None) if viewer.has(Right.IMPORT) else visible


def _offers(viewer: "Viewer", act: Act) -> Q:
    # Whoever was asked may always see what became of the offer; so may those who see the case.
    asked = NOBODY
    if viewer.person_id is not None:
        asked = Q(person=viewer.person_id) | Q(team__in=viewer.team_ids)
        asked |= Q(partner=viewer.partner_id) if viewer.partner_id else NOBODY
    if act == Act.SEE and viewer.partner_id:
        return asked
    wanted = Act.SEE if act == Act.SEE else Act.ANSWER
    return asked | Q(case__in=Case.objects.filter(_cases(viewer, wanted)).values("pk"))


def _imports(viewer: "Viewer", act: Act) -> Q:
    if not viewer.has(Right.IMPORT):
        return NOBODY
    # A file shows everything that is in it: only who sees all leads sees the files of others.
    sees_all = viewer.level(Entity.LEAD, Act.SEE) == Level.ALL and not viewer.partner_id
    return EVERYBODY if sees_all else Q(by=viewer.person_id) & Q(by__isnull=False)


def _people(viewer: "Viewer", act: Act) -> Q:
    inside = not viewer.partner_id
    if act == Act.SEE:
        # Names of colleagues are no secret inside; a partner's users know their own house.
        return EVERYBODY if inside else Q(partner=viewer.partner_id)
    keeps = viewer.has(Right.PEOPLE) or (act == Act.PLAN and viewer.has(Right.MANAGE_CASES))
    if inside and keeps:
        return EVERYBODY
    return Q(pk=viewer.person_id) if act == Act.PLAN and viewer.person_id else NOBODY


def _houses(viewer: "Viewer", act: Act) -> Q:
    """A partner's users know their own house and no other."""
    if act != Act.SEE:
        return EVERYBODY if viewer.has(Right.PEOPLE) and not viewer.partner_id else NOBODY
    return Q(pk=viewer.partner_id) if viewer.partner_id else EVERYBODY


def _teams(viewer: "Viewer", act: Act) -> Q:
    return NOBODY if viewer.partner_id else _houses(viewer, act)


def _acts(viewer: "Viewer", act: Act) -> Q:
    """What was done in one go is taken back by whoever did it, and by those who manage cases."""
    if viewer.has(Right.MANAGE_CASES) and not viewer.partner_id:
        return EVERYBODY
    return NOBODY if viewer.id is None else Q(actor_kind=viewer.kind, actor_id=viewer.id)


_FILTERS: dict[type[models.Model], Callable[["Viewer", Act], Q]] = {
    Case: _cases,
    Lead: _cases,
    Opportunity: _cases,
    Account: _accounts,
    Contact: _contacts,
    Task: _of_cases,
    Appointment: _of_cases,
    Note: _notes,
    Inquiry: _inquiries,
    Offer: _offers,
    Import: _imports,
    User: _people,
    Team: _teams,
    Partner: _houses,
    Done: _acts,
}


def _row(*levels: str) -> dict[str, str]:
    acts = (Act.SEE, Act.CREATE, Act.EDIT, Act.DELETE, Act.ASSIGN, Act.EXPORT)
    return dict(zip((a.value for a in acts), levels, strict=True))


_ALL = _row("all", "all", "all", "all", "all", "all")
_READ = _row("all", "none", "none", "none", "none", "all")

# The preset roles: key -> (German, English, matrix, rights).
PRESETS: dict[str, tuple[str, str, dict[str, Any], list[str]]] = {
    "administrator": (
        "Administration", "Administrator",
        {"lead": _ALL, "opportunity": _ALL, "account": _ALL, "person": _ALL},
        [r.value for r in Right],
    ),
    "sales_manager": (
        "Vertriebsleitung", "Sales manager",
        {"lead": _ALL, "opportunity": _ALL, "account": _ALL, "person": _row("all", "none", "none", "none", "none", "none")},
        ["import", "rules", "see_unassigned", "manage_cases", "request_campaigns"],
    ),
    "sales_rep": (
        "Vertrieb", "Sales rep",
        {
            "lead": _row("team", "all", "own", "none", "own", "own"),
            "opportunity": _row("team", "all", "own", "none", "own", "own"),
            "account": _row("team", "all", "team", "none", "none", "own"),
        },
        ["request_campaigns"],
    ),
    "marketing": (
        "Marketing", "Marketing",
        {
            "lead": _row("all", "all", "none", "none", "none", "all"),
            "opportunity": _row("all", "none", "none", "none", "none", "none"),
            "account": _row("all", "all", "all", "none", "none", "all"),
        },
        ["manage_actions", "request_campaigns", "import", "see_unassigned"],
    ),
    "partner_manager": (
        "Leitung beim Partner", "Partner manager",
        {
            "lead": _row("team", "none", "team", "none", "team", "team"),
            "opportunity": _row("team", "none", "team", "none", "team", "team"),
            "account": _row("team", "none", "team", "none", "none", "none"),
        },
        [],
    ),
    "partner_user": (
        "Vertriebspartner", "Partner user",
        {
            "lead": _row("own", "none", "own", "none", "none", "none"),
            "opportunity": _row("own", "none", "own", "none", "none", "none"),
            "account": _row("own", "none", "own", "none", "none", "none"),
        },
        [],
    ),
    "auditor": (
        "Revision", "Auditor",
        {"lead": _READ, "opportunity": _READ, "account": _READ, "person": _row("all", "none", "none", "none", "none", "none")},
        ["see_unassigned"],
    ),
}  # fmt: skip
