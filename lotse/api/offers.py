"""Offers: what waits for an answer of whoever the key acts for."""

from ninja import Router

from lotse.access.viewer import Viewer
from lotse.api import rows, schemas
from lotse.api.auth import ApiRequest
from lotse.records.catalog.models import LeadType
from lotse.stages.acceptance.models import Offer
from lotse.stages.acceptance.queries.asked import get_fallback_type
from lotse.stages.acceptance.queries.keeping import keeps_back, nameless_subject
from lotse.stages.acceptance.queries.offers import get_standing_offers

router = Router(tags=["handling"])


@router.get("", response=list[schemas.OfferOut])
def listing(request: ApiRequest) -> list[schemas.OfferOut]:
    """
    List what is held out to you, your teams or your company; what ends first comes first.

    A sales partner reads the lead itself, and whom it is from, once it is accepted.
    """
    viewer = request.actor
    if viewer.person_id is None:
        return []
    standing = get_standing_offers(
        viewer.person_id,
        team_ids=viewer.team_ids,
        partner_id=viewer.partner_id,
        now=request.now,
    )
    usual = get_fallback_type()
    return [_out(viewer, offer, usual) for offer in standing]


def _out(viewer: Viewer, offer: Offer, usual: LeadType) -> schemas.OfferOut:
    case = offer.case
    is_nameless = bool(viewer.partner_id) and keeps_back(case, case.lead_type or usual)
    return schemas.OfferOut(
        id=offer.pk,
        lead_id=case.pk,
        offered_at=offer.offered_at,
        deadline_at=offer.deadline_at,
        name="" if is_nameless else case.name,
        subject=nameless_subject(case) if is_nameless else case.subject,
        product=rows.named(case.product),
        postcode=case.postcode,
        city=case.city,
        country=case.country,
        score=case.score,
    )
