"""Open cases of the same people, found by the key table for many leads at once."""

from collections.abc import Mapping, Sequence

from lotse.records.accounts.alike import compare
from lotse.records.accounts.keys import keys_of_person, records_by_key
from lotse.records.accounts.models import MatchKey
from lotse.records.accounts.profiles import Normal
from lotse.records.accounts.queries import TOO_COMMON
from lotse.records.cases.models import Case
from lotse.records.cases.services import profile_of
from lotse.stages.matching.rules import Open


def find_open_cases(cases: Sequence[Case], profiles: Mapping[int, Normal]) -> dict[int, list[Open]]:
    """
    Return for each lead the open cases that came before it and are certainly of the same person.

    Two queries. Leads of the same batch count, too: of two rows of one file the second joins the first.
    """
    keys = {case.pk: keys_of_person(profiles[case.pk]) for case in cases}
    by_key = records_by_key(MatchKey.Of.CASE, sorted({k for some in keys.values() for k in some}))
    earlier = {
        pk: sorted(
            {
                r
                for key in some
                if len(by_key.get(key, ())) <= TOO_COMMON
                for r in by_key.get(key, ())
                if r < pk
            }
        )
        for pk, some in keys.items()
    }
    ids = {r for some in earlier.values() for r in some}
    known = {c.pk: c for c in Case.objects.open().standing().filter(pk__in=ids)} if ids else {}
    normal = {pk: profiles.get(pk) or profile_of(case) for pk, case in known.items()}
    return {
        pk: [
            Open(r, known[r].product_id, found.agrees)
            for r in some
            if r in known
            and (found := compare(profiles[pk], normal[r], record_id=r, side="contact")).is_exact
        ]
        for pk, some in earlier.items()
    }
