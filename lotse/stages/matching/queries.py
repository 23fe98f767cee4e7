"""Open cases of the same people, found by the key table for many leads at once; decisions made again."""

from collections.abc import Mapping, Sequence

from lotse.records.accounts.alike import Comparison, Match, compare, judge
from lotse.records.accounts.keys import keys_of_person, records_by_key
from lotse.records.accounts.models import MatchKey
from lotse.records.accounts.profiles import Normal
from lotse.records.accounts.queries import TOO_COMMON
from lotse.records.cases.models import Case
from lotse.records.cases.services import profile_of
from lotse.records.journal.models import Entry
from lotse.stages.matching.rules import Open, interest_of


class Others:
    """The open cases that are certainly of the same people as some leads; two queries."""

    def __init__(self, leads: Sequence[Case], profiles: Mapping[int, Normal]) -> None:
        self._leads = {lead.pk: lead for lead in leads}
        self._profiles = profiles
        near = _near({pk: keys_of_person(profiles[pk]) for pk in self._leads})
        ids = {other for some in near.values() for other in some} - self._leads.keys()
        rows = Case.objects.open().standing().filter(pk__in=ids) if ids else ()
        self.known = {case.pk: case for case in rows} | self._leads
        self._normal = {pk: profiles.get(pk) or profile_of(c) for pk, c in self.known.items()}
        self._same = {pk: self._certain(pk, some) for pk, some in near.items()}

    def before(self, pk: int) -> list[Open]:
        """Return the cases a lead may join: those that came before it, or went on already."""
        return [case for case in self._same[pk] if self._is_before(case.case_id, pk)]

    def beside(self, pk: int) -> list[int]:
        """Return the cases that came after a lead and have not gone on either."""
        others = [case.case_id for case in self._same[pk]]
        return [i for i in others if i not in self._leads and not self._is_before(i, pk)]

    def is_undecided(self, found: Sequence[Open]) -> bool:
        """
        Say whether another worker is matching one of these cases this moment.

        One that stumbled may take long, and is not waited for.
        """
        elsewhere = (self.known[c.case_id] for c in found if c.case_id not in self._leads)
        return any(c.stage == Case.Stage.MATCHING and not c.stumbles for c in elsewhere)

    def _is_before(self, other: int, pk: int) -> bool:
        return other < pk or self.known[other].stage != Case.Stage.MATCHING

    def _certain(self, pk: int, others: Sequence[int]) -> list[Open]:
        lead, found = self._leads[pk], []
        for other in others:
            case = self.known.get(other)
            # An opportunity is further than a lead: a lead may join it, never the other way round.
            if case is None or lead.kind not in {case.kind, Case.Kind.LEAD}:
                continue
            beside = compare(
                self._profiles[pk], self._normal[other], record_id=other, side="contact"
            )
            if beside.is_exact:
                interest = interest_of(case.product_id, case.subject)
                found.append(Open(other, interest, beside.agrees))
        return found


def _near(keys: Mapping[int, set[int]]) -> dict[int, list[int]]:
    by_key = records_by_key(MatchKey.Of.CASE, sorted({k for some in keys.values() for k in some}))
    few = {key: some for key, some in by_key.items() if len(some) <= TOO_COMMON}
    return {
        pk: sorted({other for key in some for other in few.get(key, ())} - {pk})
        for pk, some in keys.items()
    }


def replay(entry: Entry) -> dict[str, Match]:
    """Judge account and contact of a line again, from what was kept with it."""
    basis: dict[str, list[dict[str, object]]] = entry.basis or {}
    return {side: judge([_comparison(data) for data in some]) for side, some in basis.items()}


def _comparison(data: Mapping[str, object]) -> Comparison:
    return Comparison(
        record_id=int(str(data["id"])),
        agrees=tuple(map(str, data["agrees"])),  # type: ignore[call-overload]
        differs=tuple(map(str, data["differs"])),  # type: ignore[call-overload]
        likeness=float(str(data["likeness"])),
        is_exact=bool(data["is_exact"]),
    )
