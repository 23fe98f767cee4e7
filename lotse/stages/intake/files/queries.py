"""What became of the rows of imports, counted where they are: in the inquiries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from lotse.records.cases.models import Case, Inquiry
from lotse.records.journal.models import Entry
from lotse.stages.intake.facts import Arrived
from lotse.stages.intake.models import Import

JOINED = Case.Outcome.JOINED


@dataclass(frozen=True)
class Counts:
    """The parts of an import; they add up to its rows."""

    rows: int = 0
    cases: int = 0
    joined: int = 0
    set_aside: int = 0
    already_there: int = 0


def get_counts(imports: Sequence[Import]) -> Mapping[int, Counts]:
    """Count what became of the rows of each import; three queries, however many there are."""
    acts = [one.act_id for one in imports if one.act_id]
    # An inquiry that joins another case goes there; who opened what stands in the journal for ever.
    opened = Entry.objects.filter(act__in=acts, kind=Arrived.kind)
    joined = opened.filter(about_id__in=Case.objects.filter(outcome=JOINED).values("pk"))
    aside = Inquiry.objects.filter(import_id__in=[one.pk for one in imports], case=None)
    by_act, joined_by_act = _count(opened, "act_id"), _count(joined, "act_id")
    aside_by_import = _count(aside, "import_id")
    return {
        one.pk: Counts(
            rows=one.rows,
            cases=by_act.get(one.act_id, 0) - joined_by_act.get(one.act_id, 0),
            joined=joined_by_act.get(one.act_id, 0),
            set_aside=aside_by_import.get(one.pk, 0),
            already_there=one.already_there,
        )
        for one in imports
    }


def _count(rows: QuerySet[Any], by: str) -> dict[int | None, int]:
    return dict(rows.values_list(by).annotate(Count("pk")).order_by())


def get_set_aside(one: Import) -> QuerySet[Inquiry]:
    """Return the rows that could not become leads, in the order of the file."""
    return Inquiry.objects.filter(import_id=one.pk, case=None).order_by("row", "id")


def get_known_keys(keys: Iterable[str]) -> set[str]:
    """Return those keys under which a row arrived already."""
    return set(Inquiry.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def get_open(file_hash: str) -> Import | None:
    """Return an import of these bytes that was begun and is not at its end."""
    begun = Import.objects.filter(
        file_hash=file_hash, state__in=[Import.State.WAITING, Import.State.RUNNING]
    )
    return begun.order_by("-id").first()
