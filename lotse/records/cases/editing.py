"""Editing a case by hand: what it says of the person, the matter and the value."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from lotse.kernel.actors import Actor
from lotse.records.accounts.editing import former_text
from lotse.records.accounts.models import FormerValue
from lotse.records.cases.facts import Edited
from lotse.records.cases.models import Case
from lotse.records.cases.services import change_if, reindex
from lotse.records.journal.services import record


@transaction.atomic
def edit(case: Case, *, version: int, fields: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """
    Write some fields and keep what they said before.

    :raises CaseChanged: if somebody else wrote the case since `version` was read
    """
    former = {name: former_text(case, name) for name in fields}
    change_if(case, version=version, **fields)
    if not fields:
        return
    reindex(case)
    entry = record(Edited(fields=sorted(fields)), about=case, by=by, at=now)
    FormerValue.objects.bulk_create(
        FormerValue(
            record_type="case",
            record_id=case.pk,
            field=name,
            value=value,
            was_taken=True,
            entry_id=entry.pk,
            at=now,
        )
        for name, value in former.items()
    )
