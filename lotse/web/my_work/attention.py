"""What a manager should look at: leads nobody works, offers nobody answered, holders who left."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import ngettext

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case, CaseQuerySet
from lotse.stages.acceptance.models import Offer

RECENT = timedelta(days=7)


@dataclass(frozen=True)
class Point:
    """One thing to look at: how many, in words, and the list it was counted from."""

    number: int
    text: str
    address: str
    sign: str
    tone: str = ""


def get_points(viewer: Viewer, reader: Reader) -> list[Point]:
    """Return what wants a manager's attention; nothing for whoever only works their own cases."""
    if not viewer.has(Right.MANAGE_CASES):
        return []
    return [point for point in _points(viewer, reader) if point.number]


def _points(viewer: Viewer, reader: Reader) -> list[Point]:
    def seen(cases: CaseQuerySet) -> QuerySet[Case]:
        return gate.rows(viewer, May.SEE, cases)

    leads, standing = _address_of_leads(), Case.objects.standing().open()
    nobody = Q(asked_person=None, asked_team=None, asked_partner=None)
    pool = seen(standing.new()).filter(nobody).count()
    recent = Offer.objects.filter(
        answer=Offer.Answer.RAN_OUT,
        answered_at__gte=reader.now - RECENT,
        case__in=seen(standing.new()),
    )
    ran_out = recent.values("case").distinct().count()
    orphaned = seen(standing).filter(assignee__is_active=False).count()
    overdue = seen(standing.overdue(reader.now)).count()
    return [
        Point(
            pool,
            ngettext("lead waits in the pool", "leads wait in the pool", pool),
            f"{leads}?group=new",
            "inbox",
        ),
        Point(
            ran_out,
            ngettext("lead nobody answered this week", "leads nobody answered this week", ran_out),
            f"{leads}?group=new",
            "hourglass",
        ),
        Point(
            orphaned,
            ngettext(
                "case is held by somebody who left", "cases are held by somebody who left", orphaned
            ),
            f"{leads}?group=active&holder=inactive",
            "people",
            "bad",
        ),
        Point(
            overdue,
            ngettext("case is overdue", "cases are overdue", overdue),
            f"{leads}?group=active&overdue=1",
            "clock",
            "bad",
        ),
    ]


def _address_of_leads() -> str:
    try:
        return reverse("leads")
    except NoReverseMatch:
        # As long as there is no list, the numbers lead back to this page.
        return reverse("my-work")
