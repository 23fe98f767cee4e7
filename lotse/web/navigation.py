"""The places of Lotse: what the sidebar, the bar at a phone's foot and the palette lead to."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotse.access.policy import Act, Entity, Level, Right
from lotse.access.viewer import Viewer


@dataclass(frozen=True)
class Place:
    """A page one can go to, who may, and the keys that lead there."""

    name: str
    label: Promise | str
    icon: str
    key: str = ""
    sees: Entity | None = None
    rights: tuple[Right, ...] = ()
    inside_only: bool = False
    # For what the "+" offers: the record that the viewer must be allowed to create.
    creates: Entity | None = None

    @property
    def address(self) -> str:
        """Return where it is; '' as long as there is no such page."""
        return _address_of(self.name)

    def is_open_to(self, viewer: Viewer) -> bool:
        if self.inside_only and viewer.partner_id:
            return False
        if self.rights and not any(viewer.has(right) for right in self.rights):
            return False
        if self.creates and viewer.level(self.creates, Act.CREATE) == Level.NONE:
            return False
        return self.sees is None or viewer.level(self.sees, Act.SEE) != Level.NONE


@cache
def _address_of(name: str) -> str:
    # The same on every page, and asked for dozens of times on each.
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Group:
    label: Promise | str
    places: tuple[Place, ...]


GROUPS = (
    Group("", (
        Place("my-work", _("My work"), "today", "g m"),
        Place("leads", _("Leads"), "inbox", "g l", sees=Entity.LEAD),
        Place("board", _("Board"), "board", "g b", sees=Entity.LEAD),
        Place("calendar", _("Calendar"), "calendar", "g k"),
        Place("opportunities", _("Opportunities"), "chance", sees=Entity.OPPORTUNITY),
    )),
    Group(_("Customers"), (
        Place("accounts", _("Accounts"), "account", sees=Entity.ACCOUNT),
        Place("contacts", _("Contacts"), "contact", sees=Entity.ACCOUNT),
        Place("import", _("Import"), "upload", rights=(Right.IMPORT,)),
    )),
    Group(_("Steering"), (
        Place("rules", _("Lead distribution"), "route", rights=(Right.RULES, Right.SEE_UNASSIGNED), inside_only=True),
        Place("partners", _("Sales partners"), "partner", sees=Entity.PERSON, inside_only=True),
        Place("people", _("People and teams"), "people", sees=Entity.PERSON, inside_only=True),
        Place("settings", _("Settings"), "settings", rights=(Right.SETTINGS, Right.PEOPLE), inside_only=True),
    )),
)  # fmt: skip

# What the "+" offers on every page.
NEW = (
    Place("lead-new", _("Lead"), "inbox", creates=Entity.LEAD),
    Place("account-new", _("Account"), "account", creates=Entity.ACCOUNT),
    Place("contact-new", _("Contact"), "contact", creates=Entity.ACCOUNT),
    Place("task-new", _("Task"), "check-circle", sees=Entity.LEAD),
    Place("appointment-new", _("Appointment"), "calendar", sees=Entity.LEAD),
)

# What the bar at the foot of a phone has room for.
FOOT = ("my-work", "leads", "board")


@dataclass(frozen=True)
class Link:
    """A place as one viewer meets it on one page."""

    place: Place
    is_here: bool

    @property
    def address(self) -> str:
        return self.place.address


def links_for(viewer: Viewer, path: str) -> list[tuple[Group, list[Link]]]:
    """Return the groups of places this viewer may go to; groups without any are left out."""
    groups = ((group, list(_links(group.places, viewer, path))) for group in GROUPS)
    return [(group, links) for group, links in groups if links]


def places_to_create(viewer: Viewer) -> list[Place]:
    """Return what this viewer may create on any page."""
    return [place for place in NEW if place.address and place.is_open_to(viewer)]


def foot_for(groups: Iterable[tuple[Group, list[Link]]]) -> list[Link]:
    return [link for _group, links in groups for link in links if link.place.name in FOOT]


def _links(places: Iterable[Place], viewer: Viewer, path: str) -> Iterable[Link]:
    for place in places:
        address = place.address
        if address and place.is_open_to(viewer):
            here = path == address or (address != "/" and path.startswith(address))
            yield Link(place, here)
