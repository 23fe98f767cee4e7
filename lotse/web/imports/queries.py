"""What the pages of importing show: what would become of the rows, and what has to be mended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.text import Truncator

from lotse.records.accounts.alike import Match, Outcome
from lotse.records.accounts.profiles import Profile, normalise
from lotse.records.accounts.queries import match_accounts, match_contacts
from lotse.records.cases.models import Inquiry
from lotse.stages.intake.files import queries as files
from lotse.stages.intake.files import reading, stored
from lotse.stages.intake.files.arrivals import Arrivals, key_of
from lotse.stages.intake.files.tables import Record
from lotse.stages.intake.files.telling import tell_faults
from lotse.stages.intake.models import Import
from lotse.stages.intake.rules import Fault
from lotse.stages.intake.services import faults_of, judge

# So many rows are looked at before the import begins; of a larger file they are a sample.
LOOKED_AT = 5_000
BATCH = 500
# So many rows are listed; all of them are in the file to mend afterwards.
LISTED = 100
LONGEST = 70


@dataclass(frozen=True)
class RowToMend:
    line: int | None
    cells: str
    reason: str


@dataclass
class Check:
    """What would happen to the rows that were looked at; the parts add up."""

    looked_at: int = 0
    new: int = 0
    known: int = 0
    already_there: int = 0
    set_aside: int = 0
    to_mend: list[RowToMend] = field(default_factory=list)


def get_check(one: Import) -> Check:
    """Read the first rows as the import would, without writing anything; two queries a batch and kind."""
    check, arrivals = Check(), Arrivals(one)
    rows = islice(reading.rows(stored.path_of(one), stored.shape_of(one)), LOOKED_AT)
    while batch := list(islice(rows, BATCH)):
        check.looked_at += len(batch)
        there = files.get_known_keys(key_of(one.file_hash, record.row) for record in batch)
        fresh = [r for r in batch if key_of(one.file_hash, r.row) not in there]
        check.already_there += len(batch) - len(fresh)
        _look(check, arrivals, fresh)
    return check


def _look(check: Check, arrivals: Arrivals, fresh: Sequence[Record]) -> None:
    good: dict[int, Mapping[str, Any]] = {}
    for record in fresh:
        read = judge(arrivals.of(record))
        if not read.faults:
            good[record.row] = read.values
            continue
        check.set_aside += 1
        if len(check.to_mend) < LISTED:
            check.to_mend.append(_row(record.line, record.cells, read.faults))
    known = _known(good)
    check.known += len(known)
    check.new += len(good) - len(known)


def _known(rows: Mapping[int, Mapping[str, Any]]) -> set[int]:
    profiles = {row: _profile(fields) for row, fields in rows.items()}
    normal = {
        row: normalise(profile, home_country=settings.HOME_COUNTRY)
        for row, profile in profiles.items()
    }
    matches = (match_contacts(normal), match_accounts(normal))
    return {row for found in matches for row, match in found.items() if _is_same(match)}


def _is_same(match: Match) -> bool:
    return match.outcome == Outcome.SAME


def _profile(fields: Mapping[str, Any]) -> Profile:
    names = ("first_name", "last_name", "company", "email", "street", "postcode", "city", "country")
    filled = {name: fields.get(name, "") for name in names}
    return Profile(**filled, phones=(fields.get("phone", ""),))


def rows_to_mend(inquiries: Iterable[Inquiry]) -> list[RowToMend]:
    """Tell rows that were set aside: where they stand, what is in them, and what is wrong."""
    return [_row(i.line, i.payload.values(), faults_of(i)) for i in inquiries]


def _row(line: int | None, cells: Iterable[str], faults: Iterable[Fault]) -> RowToMend:
    shown = " · ".join(cell.strip() for cell in cells if cell.strip())
    return RowToMend(line, Truncator(shown).chars(LONGEST), tell_faults(faults))
