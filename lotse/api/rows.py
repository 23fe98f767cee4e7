"""From records to what goes out over the interface."""

from typing import Any

from django.conf import settings

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.api import schemas
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry

# What a row shows; joined in one query, and nothing else is fetched.
JOINED = ("product", "source", "campaign", "phase", "assignee")


def named(record: object | None) -> schemas.Named | None:
    if record is None:
        return None
    return schemas.Named(id=record.pk, name=str(record))  # type: ignore[attr-defined]


def row(case: Case) -> schemas.LeadRow:
    return schemas.LeadRow(**_row(case))


def whole(viewer: Viewer, case: Case, entries: list[Entry]) -> schemas.LeadOut:
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
        inquiries=[
            {"id": i.pk, "channel": i.channel, "received_at": i.received_at, "payload": i.payload}
            for i in case.inquiries.order_by("id")
        ],
        timeline=[entry_out(e) for e in entries],
    )


def entry_out(entry: Entry) -> schemas.EntryOut:
    return schemas.EntryOut(
        id=entry.pk,
        at=entry.at,
        kind=entry.kind,
        text=entry.kind,
        by={"kind": entry.actor_kind, "id": entry.actor_id},
        data=entry.data,
        reasons=entry.reasons,
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
