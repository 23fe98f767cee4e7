"""The way in for every channel: an inquiry is kept as it came, and opens a case if it can be a lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from lotse.kernel.actors import Actor
from lotse.kernel.reasons import SENTENCES
from lotse.records.cases.models import Case, Inquiry
from lotse.records.cases.services import open_cases
from lotse.records.journal.models import Act
from lotse.records.journal.services import Line, record_all
from lotse.stages.intake.facts import Arrived
from lotse.stages.intake.queries import LISTS, Catalog, word_of
from lotse.stages.intake.rules import Fault, Understood, storable, storable_data, understand

# Somebody else may bring the same keys at the same moment; each time they are then known.
ATTEMPTS = 5


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """
    One submission as a channel hands it in.

    :param key: what makes it the same submission when it comes again
    :param payload: what came in, as it came in; plain data
    :param fields: what it says, by the names of `rules.LIMITS`, `LISTS`, and "name", "value",
        "created_at" (ISO 8601)
    :param faults: what the channel itself could not read; with any of them there will be no case
    """

    key: str
    channel: str
    payload: Any
    fields: Mapping[str, Any]
    kind: str = Case.Kind.LEAD
    import_id: int | None = None
    row: int | None = None
    line: int | None = None
    faults: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Received:
    """
    What became of an arrival: the case it opened, or the faults for which it opened none.

    `is_same` is False where the key came before with another content.
    """

    inquiry_id: int
    case_id: int | None
    is_new: bool
    faults: tuple[Fault, ...] = field(default=())
    is_same: bool = True


def receive(
    arrivals: Sequence[Arrival], *, by: Actor, now: datetime, act: Act | None = None
) -> list[Received]:
    """
    Keep arrivals and open cases for those that can be leads; answers come in their order.

    The same key again, also at the same moment or twice among these, changes nothing and answers
    with the first. A constant number of queries, however many there are.
    """
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _receive(arrivals, by=by, now=now, act=act)
        except IntegrityError:
            # Another process brought one of the keys between our look and our writing.
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def tell_fault(fault: Fault) -> str:
    """Return a fault as a sentence in the language of the reader."""
    reason = fault.reason
    return gettext(SENTENCES[reason.code]) % reason.values


def faults_of(inquiry: Inquiry) -> tuple[Fault, ...]:
    """Return the faults an inquiry was set aside for."""
    return tuple(Fault.from_data(data) for data in inquiry.faults)


def judge(arrival: Arrival) -> Understood:
    """Say what an arrival would become, without writing anything."""
    given = tuple(Fault.from_data(data) for data in arrival.faults)
    return understand(arrival.fields, faults=given)


def _receive(
    arrivals: Sequence[Arrival], *, by: Actor, now: datetime, act: Act | None
) -> list[Received]:
    known = {i.key: i for i in Inquiry.objects.filter(key__in=[a.key for a in arrivals])}
    fresh = list({a.key: a for a in reversed(arrivals) if a.key not in known}.values())[::-1]
    opened = _open(fresh, by=by, now=now, act=act)
    new = {i.key for i in opened.values()}
    answers = []
    for arrival in arrivals:
        inquiry = known.get(arrival.key) or opened[arrival.key]
        is_new = arrival.key in new
        new.discard(arrival.key)
        answers.append(
            Received(
                inquiry.pk,
                inquiry.case_id,
                is_new,
                faults_of(inquiry),
                is_new or inquiry.payload == storable_data(arrival.payload),
            )
        )
    return answers


def _open(
    arrivals: Sequence[Arrival], *, by: Actor, now: datetime, act: Act | None
) -> dict[str, Inquiry]:
    if not arrivals:
        return {}
    read = {a.key: judge(a) for a in arrivals}
    catalog = Catalog(a.fields for a in arrivals)
    leads = [a for a in arrivals if not read[a.key].faults]
    cases = open_cases([_case(a, read[a.key], catalog, now=now) for a in leads])
    by_key = {a.key: case for a, case in zip(leads, cases, strict=True)}
    inquiries = Inquiry.objects.bulk_create(
        [_inquiry(a, read[a.key], by_key.get(a.key), now=now) for a in arrivals], batch_size=1000
    )
    lines = [
        Line(_arrived(a, i, catalog), about=by_key[a.key])
        for a, i in zip(arrivals, inquiries, strict=True)
        if a.key in by_key
    ]
    record_all(lines, by=by, at=now, act=act)
    return {i.key: i for i in inquiries}


def _case(arrival: Arrival, read: Understood, catalog: Catalog, *, now: datetime) -> Case:
    named = {f"{name}_id": catalog.find(arrival.fields, name) for name in LISTS}
    values = dict(read.values)
    if named["product_id"] is None and not values["subject"]:
        # What we do not have in our lists is still what they asked for.
        values["subject"] = storable(str(arrival.fields.get("product") or ""))[:200]
    arrived_at = values.pop("created_at") or now
    return Case(
        kind=arrival.kind,
        stage=Case.Stage.MATCHING,
        created_at=min(arrived_at, now),
        wake_at=now,
        **values,
        **named,
    )


def _inquiry(arrival: Arrival, read: Understood, case: Case | None, *, now: datetime) -> Inquiry:
    return Inquiry(
        key=arrival.key,
        channel=arrival.channel,
        received_at=now,
        payload=storable_data(arrival.payload),
        case=case,
        faults=[fault.to_data() for fault in read.faults],
        import_id=arrival.import_id,
        row=arrival.row,
        line=arrival.line,
    )


def _arrived(arrival: Arrival, inquiry: Inquiry, catalog: Catalog) -> Arrived:
    unknown = [
        name
        for name in LISTS
        if word_of(arrival.fields, name) and catalog.find(arrival.fields, name) is None
    ]
    return Arrived(
        inquiry_id=inquiry.pk,
        channel=arrival.channel,
        import_id=arrival.import_id,
        line=arrival.line,
        unknown_fields=unknown,
    )
