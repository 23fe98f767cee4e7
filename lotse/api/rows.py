"""From records to what goes out over the interface."""

from html import unescape
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.overdue import get_overdue, get_reminders
from lotse.access.telling.sentences import Teller
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.api import schemas
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry

# A case that many inquiries were joined to shows so many of them.
MOST_INQUIRIES = 100
# What a row shows; joined in one query, and nothing else is fetched.
JOINED = ("product", "source", "campaign", "phase", "assignee")


def named(record: object | None) -> schemas.Named | None:
    if record is None:
        return None
    return schemas.Named(id=record.pk, name=str(record))  # type: ignore[attr-defined]


def row(case: Case) -> schemas.LeadRow:
    return schemas.LeadRow(**_row(case))


def whole(viewer: Viewer, case: Case, entries: list[Entry], teller: Teller) -> schemas.LeadOut:
    """Return a case with its inquiries and its history, oldest first."""
    opportunities = gate.rows(viewer, May.SEE, Case.objects.filter(opened_by=case.pk))
    opened = opportunities.values_list("pk", flat=True).first()
    return schemas.LeadOut(
        **_row(case),
        salutation=case.salutation,
        title=case.title,
        first_name=case.first_name,
        last_name=case.last_name,
        street=case.street,
        language=case.language,
        external_id=case.external_id,
        account=named(case.account),
        contact=named(case.contact),
        opened=opened,
        joined_to=case.joined_to_id,
        overdue=_overdue(case, teller.reader),
        inquiries=[
            {"id": i.pk, "channel": i.channel, "received_at": i.received_at, "payload": i.payload}
            for i in case.inquiries.order_by("id")[:MOST_INQUIRIES]
        ],
        timeline=[entry_out(e, teller) for e in entries],
    )


def _overdue(case: Case, reader: Reader) -> schemas.OverdueOut | None:
    found = get_overdue(case, reader)
    if found is None:
        return None
    return schemas.OverdueOut(
        is_overdue=found.is_overdue,
        text=unescape(strip_tags(found.why)),
        reminders=[
            schemas.OverdueDay(day=one.day, text=one.text) for one in get_reminders(case, reader)
        ],
        ends=found.ends,
    )


def entry_out(entry: Entry, teller: Teller) -> schemas.EntryOut:
    return schemas.EntryOut(
        id=entry.pk,
        at=entry.at,
        kind=entry.kind,
        text=teller.entry(entry),
        by={"kind": entry.actor_kind, "id": entry.actor_id},
        data=entry.data,
        reasons=[
            schemas.ReasonOut(code=r.code, values=dict(r.values), text=teller.reason(r))
            for r in entry.because
        ],
        act=entry.act_id,
    )


def address_of(case_id: int) -> str:
    return f"{settings.BASE_URL}/api/leads/{case_id}"


def _row(case: Case) -> dict[str, Any]:
    return {
        "id": case.pk,
        "kind": case.kind,
        "stage": case.stage,
        "name": case.name,
        "company": case.company,
        "email": case.email,
        "phone": case.phone,
        "postcode": case.postcode,
        "city": case.city,
        "country": case.country,
        "subject": case.subject,
        "product": case.product and case.product.name,
        "source": case.source and case.source.key,
        "campaign": case.campaign and case.campaign.name,
        "phase": named(case.phase),
        "assignee": named(case.assignee),
        "value": case.value,
        "score": case.score,
        "created_at": case.created_at,
        "due_at": case.due_at,
        "overdue_since": case.overdue_at,
        "closed_at": case.closed_at,
        "outcome": case.outcome,
        "version": case.version,
    }
