"""The case with which a mail is shown before any is sent: a real one if there is one, else an example."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import get_viewer
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process, Product
from lotse.records.people.models import User
from lotse.stages.process.models import Series


def get_sample(process: Process, user: User, *, now: datetime) -> Series:
    """Return the series of an overdue case of the process that the user sees, or an example that is not kept."""
    cases = gate.rows(get_viewer(user), May.SEE, Case.objects.filter(process=process))
    overdue = cases.filter(closed_at=None, overdue_at__lte=now)
    found = (
        Series.objects.filter(ended_at=None, case__in=overdue)
        .select_related("case__phase", "case__process", "case__product", "assignee")
        .order_by("-id")
        .first()
    )
    return found or _example(process, user, now=now)


def _example(process: Process, user: User, *, now: datetime) -> Series:
    open_ = process.phases.filter(kind=Phase.Kind.OPEN).order_by("position")
    phase = open_.filter(duration_number__gte=1).first() or open_.first()
    overdue_at = now - timedelta(days=1)
    case = Case(
        # No such case: its links lead nowhere, and it has no history.
        pk=0,
        kind=process.kind,
        process=process,
        phase=phase,
        first_name=_("Erika"),
        last_name=_("Example"),
        postcode="24340",
        city=_("Sampleton"),
        phone="+49 4351 555 020",
        product=Product.objects.order_by("pk").first(),
        created_at=overdue_at - timedelta(days=2),
        clock_from=overdue_at - timedelta(days=2),
        overdue_at=overdue_at,
    )
    return Series(case=case, assignee=user, started_at=overdue_at)
