"""Lets leads join open cases of the same person, and notes whom the others are from."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from lotse.kernel.actors import SYSTEM
from lotse.kernel.reasons import because
from lotse.records.accounts.alike import Match, Outcome
from lotse.records.accounts.models import Contact
from lotse.records.accounts.profiles import Normal
from lotse.records.accounts.queries import match_accounts, match_contacts
from lotse.records.cases.models import Case, Inquiry
from lotse.records.cases.services import write_many
from lotse.records.journal.services import Line, record_all
from lotse.records.outbox.services import notify_each
from lotse.stages.matching import rules
from lotse.stages.matching.facts import InquiryJoined, Joined, Matched

# So many candidates of each side are kept with the decision.
MOST_KEPT = 5


def hold(ids: Collection[int], batch: Sequence[Case]) -> dict[int, Case]:
    """Lock open cases until the transaction ends; what another process holds is left out."""
    own = {case.pk: case for case in batch}
    others = set(ids) - own.keys()
    if not others:
        return own
    # Passing over locked rows instead of waiting for them: two workers that wait for each other's
    # rows would wait for ever.
    free = Case.objects.select_for_update(skip_locked=True, of=("self",)).open().standing()
    return own | {case.pk: case for case in free.filter(pk__in=others)}


def join(
    cases: Sequence[Case],
    joins: Mapping[int, rules.Open],
    targets: Mapping[int, Case],
    now: datetime,
) -> None:
    """Close leads as joined to open cases, hand their inquiries over, and tell whoever works those."""
    if not cases:
        return
    kept = {case.pk: targets[joins[case.pk].case_id] for case in cases}
    for case in cases:
        case.outcome, case.closed_at, case.joined_to = Case.Outcome.JOINED, now, kept[case.pk]
    write_many(cases, ("outcome", "closed_at", "joined_to"))

    inquiries = list(Inquiry.objects.filter(case__in=list(kept)))
    for inquiry in inquiries:
        inquiry.case = kept[inquiry.case_id or 0]
    Inquiry.objects.bulk_update(inquiries, ["case"], batch_size=500)

    lines = []
    for case in cases:
        target = kept[case.pk]
        why = rules.why(joins[case.pk])
        lines.append(Line(Joined(case_id=target.pk), about=case, reasons=why))
        lines.append(Line(InquiryJoined(from_case_id=case.pk), about=target, reasons=why))
    record_all(lines, by=SYSTEM, at=now)
    rings = (
        (kept[c.pk].assignee_id, InquiryJoined(from_case_id=c.pk), kept[c.pk].pk) for c in cases
    )
    notify_each(rings, now=now)


def note_matches(cases: Sequence[Case], profiles: Mapping[int, Normal], now: datetime) -> None:
    """Look for the accounts and contacts of leads, and keep whom they certainly are from."""
    wanted = {case.pk: profiles[case.pk] for case in cases}
    accounts, contacts = match_accounts(wanted), match_contacts(wanted)
    under = _accounts_of({m.same_id for m in contacts.values() if m.same_id})
    lines, known = [], []
    for case in cases:
        account, contact = accounts.get(case.pk), contacts.get(case.pk)
        case.known_contact_id = contact.same_id if contact else None
        same_account = account.same_id if account else under.get(case.known_contact_id or 0)
        case.known_account_id = same_account
        if case.known_account_id or case.known_contact_id:
            known.append(case)
        lines.append(_line(case, account, contact))
    if known:
        write_many(known, ("known_account", "known_contact"))
    record_all(lines, by=SYSTEM, at=now)


def _accounts_of(contact_ids: set[int]) -> dict[int, int | None]:
    if not contact_ids:
        return {}
    return dict(Contact.objects.filter(pk__in=contact_ids).values_list("pk", "account_id"))


def _line(case: Case, account: Match | None, contact: Match | None) -> Line:
    sides = [side for side in (account, contact) if side]
    fact = Matched(
        account_id=case.known_account_id,
        contact_id=case.known_contact_id,
        similar=sum(len(s.candidates) for s in sides if s.outcome == Outcome.SIMILAR),
    )
    reasons = [
        because(rules.AGREES, agree_fields=sorted(s.candidates[0].agrees))
        for s in sides
        if s.outcome == Outcome.SAME
    ]
    basis = {"account": _basis(account), "contact": _basis(contact)}
    has_basis = any(basis.values())
    return Line(fact, about=case, reasons=reasons, basis=basis if has_basis else None)


def _basis(match: Match | None) -> list[dict[str, Any]]:
    candidates = match.candidates[:MOST_KEPT] if match else ()
    return [
        {
            "id": c.record_id,
            "likeness": c.likeness,
            "agrees": list(c.agrees),
            "differs": list(c.differs),
            "is_exact": c.is_exact,
        }
        for c in candidates
    ]
