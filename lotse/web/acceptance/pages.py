"""Which template shows a page: a partner's users have their own, made for the thumb."""

from lotse.web.desk import DeskRequest


def template_for(request: DeskRequest, name: str) -> str:
    house = "phone/" if request.actor.partner_id else ""
    return f"acceptance/{house}{name}.html"
