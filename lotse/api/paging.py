"""Pages by key: a cursor says where the last page ended, so that no page is missed or read twice."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lotse.api.problems import field_problem
from lotse.records.cases.models import Case

MOST = 200


def page_of(cases: QuerySet[Case], *, cursor: str, limit: int) -> tuple[list[Case], str]:
    """
    Return a page of cases, newest first, and the cursor of the next one ('' if this is the last).

    :raises Problem: if the cursor is none of ours
    """
    if cursor:
        created_at, pk = _read(cursor)
        cases = cases.filter(Q(created_at__lt=created_at) | Q(created_at=created_at, pk__lt=pk))
    found = list(cases.order_by("-created_at", "-id")[: limit + 1])
    if len(found) <= limit:
        return found, ""
    return found[:limit], _write(found[limit - 1])


def _write(case: Case) -> str:
    text = json.dumps([case.created_at.isoformat(), case.pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, int]:
    try:
        raw: Any = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return datetime.fromisoformat(raw[0]), int(raw[1])
    except (ValueError, TypeError, IndexError, KeyError, binascii.Error) as error:
        raise field_problem(
            "cursor", _("Take the cursor from the field “next” of the page before.")
        ) from error
