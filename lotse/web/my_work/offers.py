"""The leads that are held out to a person, the one that runs out first on top."""

from datetime import datetime

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.stages.acceptance.models import Offer


def get_offers(viewer: Viewer, *, now: datetime) -> list[Offer]:
    if viewer.person_id is None:
        return []
    mine = Offer.objects.standing(now).to_member(
        viewer.person_id, team_ids=viewer.team_ids, partner_id=viewer.partner_id
    )
    cases = gate.rows(viewer, May.SEE, Case.objects.new())
    rows = mine.filter(case__in=cases).select_related("case", "case__product__line")
    return list(rows.order_by("deadline_at", "id")[:50])
