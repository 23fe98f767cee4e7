"""Where teams and partners sell: ranges of postcodes, entered and taken out on their pages."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotse.access.policy import May
from lotse.records.catalog.models import SalesArea
from lotse.records.journal import lists
from lotse.records.people.models import Team
from lotse.web.desk import DeskRequest
from lotse.web.people.forms import AreaForm
from lotse.web.people.houses import House, address_of, find_partner, find_team, show_house
from lotse.web.show import go
from lotse.web.toasts import say


@require_POST
def team_areas(request: DeskRequest, pk: int) -> HttpResponse:
    return _add(request, find_team(request, pk, May.EDIT))


@require_POST
def partner_areas(request: DeskRequest, pk: int) -> HttpResponse:
    return _add(request, find_partner(request, pk, May.EDIT))


@require_POST
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    area = get_object_or_404(SalesArea, pk=pk)
    if area.partner_id:
        house: House = find_partner(request, area.partner_id, May.EDIT)
    else:
        house = find_team(request, area.team_id or 0, May.EDIT)
    with transaction.atomic():
        area.delete()
        lists.note_change(house, ["areas"], by=request.actor, now=request.now)
    say(request, _("The sales area is taken out."))
    return go(request, address_of(house))


def _add(request: DeskRequest, house: House) -> HttpResponse:
    form = AreaForm(request.POST)
    if not form.is_valid():
        return show_house(request, house, area_form=form, status=422)
    area = form.save(commit=False)
    setattr(area, "team" if isinstance(house, Team) else "partner", house)
    with transaction.atomic():
        area.save()
        lists.note_change(house, ["areas"], by=request.actor, now=request.now)
    say(request, _("The sales area is entered."))
    return go(request, address_of(house))
