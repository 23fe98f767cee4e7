"""Going through a list one by one: the list is remembered, and each page knows its neighbours in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from lotse.access import gate
from lotse.access.policy import May
from lotse.records.cases.models import Case
from lotse.web.desk import DeskRequest

KEY = "walk"
# A walk is a day's work at most; a session is no place for more.
LONGEST = 200


@dataclass(frozen=True)
class Walk:
    """Where a case stands in the list it was opened from."""

    address: str
    name: str
    place: int
    total: int
    previous_id: int | None
    next_id: int | None


def remember(request: DeskRequest, *, address: str, name: str, case_ids: Sequence[int]) -> None:
    """Keep the list that the person looks at, in its order."""
    walk = {"address": address, "name": name, "ids": list(case_ids[:LONGEST])}
    # Writing a session costs a statement; the same list again is the usual case.
    if request.session.get(KEY) != walk:
        request.session[KEY] = walk


def get_walk(request: DeskRequest, case: Case) -> Walk | None:
    """Return the neighbours of a case in the list it was opened from; None if it was opened otherwise."""
    kept = request.session.get(KEY)
    if not kept or case.pk not in kept["ids"]:
        return None
    # What was moved out of sight since is passed over.
    rows = gate.rows(request.actor, May.SEE, Case.objects.filter(pk__in=kept["ids"]))
    visible = set(rows.values_list("pk", flat=True)) | {case.pk}
    ids = [pk for pk in kept["ids"] if pk in visible]
    place = ids.index(case.pk)
    return Walk(
        address=kept["address"],
        name=kept["name"],
        place=place + 1,
        total=len(ids),
        previous_id=ids[place - 1] if place else None,
        next_id=ids[place + 1] if place + 1 < len(ids) else None,
    )
