"""What there is to set, where, and who may."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotse.access.policy import Act, Entity, Level, Right
from lotse.access.viewer import Viewer
from lotse.web.settings.kinds import KINDS


@dataclass(frozen=True)
class SettingsPlace:
    """One thing to set: its page, what it is for, and the right that opens it."""

    address: str
    label: Promise | str
    about: Promise | str
    icon: str
    right: Right = Right.SETTINGS

    def is_open_to(self, viewer: Viewer) -> bool:
        return viewer.has(self.right)


def open_to(viewer: Viewer) -> list[SettingsPlace]:
    """Return the settings this viewer may look at."""
    return [place for place in _places(viewer) if place.is_open_to(viewer)]


def _places(viewer: Viewer) -> list[SettingsPlace]:
    lists = [
        SettingsPlace(reverse("list", args=[kind.key]), kind.title, kind.about, kind.icon)
        for kind in KINDS.values()
    ]
    return [
        SettingsPlace(
            reverse("processes"),
            _("Sales processes"),
            _("Phases in their order, and how long a lead may stay in each."),
            "process",
        ),
        *lists,
        *_people(viewer),
        SettingsPlace(
            reverse("rules"),
            _("Lead distribution"),
            _("Whom the assignment rules ask, and in which order."),
            "route",
            Right.RULES,
        ),
        SettingsPlace(
            reverse("import"),
            _("Import"),
            _("Leads from a file, and what became of them."),
            "upload",
            Right.IMPORT,
        ),
        SettingsPlace(
            reverse("roles"),
            _("Roles"),
            _("Who may see and do what."),
            "shield",
            Right.PEOPLE,
        ),
        SettingsPlace(
            reverse("keys"),
            _("Interfaces"),
            _("Keys with which other programs reach Lotse."),
            "webhook",
            Right.PEOPLE,
        ),
        SettingsPlace(
            reverse("outbox"),
            _("Outbox"),
            _("What waits to leave, what went, and what failed and why."),
            "send",
        ),
    ]


def _people(viewer: Viewer) -> list[SettingsPlace]:
    if viewer.level(Entity.PERSON, Act.SEE) == Level.NONE:
        return []
    # Whoever sees people may have either right of those that lead here.
    right = Right.SETTINGS if viewer.has(Right.SETTINGS) else Right.PEOPLE
    return [
        SettingsPlace(
            reverse("people"),
            _("People and teams"),
            _("Who works with Lotse, and in which team."),
            "people",
            right,
        ),
        SettingsPlace(
            reverse("partners"),
            _("Sales partners"),
            _("Companies that take leads, and where they sell."),
            "partner",
            right,
        ),
        SettingsPlace(
            reverse("hours"),
            _("Opening hours"),
            _("When deadlines run, and when they stand still."),
            "clock",
            right,
        ),
    ]
