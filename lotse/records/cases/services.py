"""Writing cases, the same for all stages: opening them, changing columns with their former values kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case as DbCase
from django.db.models import F, Value, When, prefetch_related_objects
from django.db.models.functions import Cast

from lotse.kernel.words import words_of
from lotse.records.accounts.keys import keys_of_person, write_keys
from lotse.records.accounts.models import MatchKey
from lotse.records.accounts.profiles import Normal, Profile, normalise
from lotse.records.accounts.rows import add_rows
from lotse.records.cases.models import Case, CaseWord
from lotse.records.cases.overdue import rederive

# What the name in lists is made of.
NAMED_BY = frozenset({"first_name", "last_name", "company", "email", "phone"})
# Up to so many sets of values, `write_many` writes each with a statement of its own.
MOST_SETS = 12


class CaseChanged(Exception):
    """The case is no longer as the caller read it: somebody else was quicker."""


def profile_of(case: Case) -> Normal:
    """Return who the inquiry says it is, normalised."""
    profile = Profile(
        first_name=case.first_name,
        last_name=case.last_name,
        company=case.company,
        email=case.email,
        phones=(case.phone,),
        street=case.street,
        postcode=case.postcode,
        city=case.city,
        country=case.country,
    )
    return normalise(profile, home_country=settings.HOME_COUNTRY)


def open_cases(cases: Sequence[Case]) -> list[Case]:
    """Create cases with their words and keys; three statements, however many they are."""
    for case in cases:
        case.sort_name = case.list_name
    created = Case.objects.bulk_create(cases, batch_size=1000)
    index(created)
    return created


def index(cases: Iterable[Case]) -> None:
    """Write the words and keys of new cases."""
    cases = list(cases)
    words = [(word, case.pk) for case in cases for word in sorted(words_of_case(case))]
    add_rows(CaseWord, ("word", "case"), words)
    write_keys(MatchKey.Of.CASE, ((c.pk, keys_of_person(profile_of(c))) for c in cases))


def reindex(case: Case) -> None:
    """Bring words and keys of a changed case in step with it."""
    CaseWord.objects.filter(case=case).delete()
    MatchKey.objects.filter(of=MatchKey.Of.CASE, record_id=case.pk).delete()
    index([case])


def words_of_case(case: Case) -> set[str]:
    texts = (
        case.first_name, case.last_name, case.company, case.email, case.city, case.postcode,
        case.subject, case.external_id,
    )  # fmt: skip
    return words_of(texts, (case.phone,))


def snapshot(case: Case, fields: Collection[str]) -> dict[str, Any]:
    """Return the present values of some columns as the journal keeps them, for `restore`."""
    return {name: _plain(getattr(case, name)) for name in _attnames(fields)}


def change(case: Case, **fields: Any) -> dict[str, Any]:
    """
    Write some columns of a case, derive what hangs on them, and return the former values.

    The caller has read the case in this transaction, or lets a condition of its own decide races.
    """
    before = snapshot(case, fields)
    for name, value in fields.items():
        setattr(case, name, value)
    rederive([case], zone=ZoneInfo(settings.HOME_ZONE))
    columns = {*fields, "due_at", "overdue_at"}
    if not NAMED_BY.isdisjoint(fields):
        case.sort_name = case.list_name
        columns.add("sort_name")
    case.version += 1
    values = {name: getattr(case, name) for name in _attnames(columns)}
    Case.objects.filter(pk=case.pk).update(version=F("version") + 1, **values)
    return before


def change_if(case: Case, *, version: int, **fields: Any) -> dict[str, Any]:
    """
    Do the same, if nobody changed the case since `version` was read.

    :raises CaseChanged: if somebody did
    """
    if not Case.objects.filter(pk=case.pk, version=version).update(version=F("version")):
        raise CaseChanged(case.pk)
    return change(case, **fields)


def write_many(cases: Sequence[Case], fields: Collection[str]) -> None:
    """
    Write some columns of many cases that were set in memory, and derive what hangs on them.

    Most acts set the same values on all: one statement for each set of values. Where there are too
    many sets, they go together.
    """
    prefetch_related_objects(cases, "phase")
    rederive(cases, zone=ZoneInfo(settings.HOME_ZONE))
    names = _attnames({*fields, "due_at", "overdue_at"})
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for case in cases:
        case.version += 1
        alike[tuple(getattr(case, name) for name in names)].append(case.pk)

    if len(alike) > MOST_SETS:
        Case.objects.bulk_update(cases, names, batch_size=500)
        Case.objects.filter(pk__in=[c.pk for c in cases]).update(version=F("version") + 1)
        return
    for values, ids in alike.items():
        Case.objects.filter(pk__in=ids).update(
            version=F("version") + 1, **dict(zip(names, values, strict=True))
        )


def write_groups(groups: Sequence[tuple[Collection[int], Mapping[str, Any]]]) -> None:
    """
    Write to each group of cases its own values of the same columns, with one statement for all.

    Nothing is derived: for cases that have no phase yet.
    """
    if not groups:
        return
    columns = {
        name: _by_group(name, [(ids, values[name]) for ids, values in groups])
        for name in groups[0][1]
    }
    everyone = [pk for ids, _ in groups for pk in ids]
    Case.objects.filter(pk__in=everyone).update(version=F("version") + 1, **columns)


def _by_group(name: str, groups: Sequence[tuple[Collection[int], Any]]) -> Any:
    first = groups[0][1]
    if all(value == first for _, value in groups):
        return first
    field: Any = next(f for f in Case._meta.concrete_fields if name in {f.name, f.attname})
    whens = [When(pk__in=ids, then=Value(value, output_field=field)) for ids, value in groups]
    # PostgreSQL takes a choice between values for text unless told otherwise.
    return Cast(DbCase(*whens, output_field=field), output_field=field)


def restore(case: Case, before: Mapping[str, Any]) -> None:
    """Put former values back, as `snapshot` kept them."""
    names = {f.attname: f for f in Case._meta.concrete_fields}
    change(case, **{name: names[name].to_python(value) for name, value in before.items()})


def _attnames(fields: Collection[str]) -> list[str]:
    columns = {f.name: f.attname for f in Case._meta.concrete_fields}
    return [columns.get(name, name) for name in sorted(fields)]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
