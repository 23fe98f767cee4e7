"""Reads the guide of a case for whoever asks, through the gate."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from lotse.access import gate
from lotse.access.policy import May
from lotse.records.cases.models import Case
from lotse.stages.acceptance.queries.guide import Guide, get_guide
from lotse.web.acceptance import drafts
from lotse.web.desk import DeskRequest

M = TypeVar("M", bound=Model)


def read_guide(request: DeskRequest, case: Case) -> Guide:
    def see(among: QuerySet[M], /) -> QuerySet[M]:
        return gate.rows(request.actor, May.SEE, among)

    answers = drafts.read(request, case.pk)
    return get_guide(case, answers, see=see, is_outside=bool(request.actor.partner_id))
