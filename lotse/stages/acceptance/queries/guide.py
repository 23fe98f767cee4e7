"""What the guide shows and asks for one lead, given the answers so far; reads only."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from django.db.models import Model, QuerySet

from lotse.records.accounts.alike import Comparison, Match, Outcome, compare, judge
from lotse.records.accounts.models import Account, Contact
from lotse.records.accounts.profiles import Normal
from lotse.records.accounts.queries import match_accounts, match_contacts, profile_of_contact
from lotse.records.cases.models import Case
from lotse.records.cases.services import profile_of
from lotse.records.catalog.models import LeadType, Process
from lotse.stages.acceptance.queries.asked import get_lead_type
from lotse.stages.acceptance.queries.contacts import beside
from lotse.stages.acceptance.queries.processes import get_processes
from lotse.stages.acceptance.rules.fields import Beside, Decision, State
from lotse.stages.acceptance.rules.steps import (
    Choice,
    Finding,
    Result,
    Step,
    Verdict,
    find,
    judge_side,
)

M = TypeVar("M", bound=Model)
# Of a large company this many contacts are held beside the lead.
MOST_COLLEAGUES = 200


class See(Protocol):
    """Leaves of some rows those that whoever runs the guide may see."""

    def __call__(self, among: QuerySet[M], /) -> QuerySet[M]: ...


@dataclass(frozen=True)
class Answers:
    """What was answered so far; nothing of it is written anywhere before the last click."""

    account: Choice = field(default_factory=Choice)
    contact: Choice = field(default_factory=Choice)
    contact_version: int | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Side:
    """The account or the contact: what was found, what becomes of it, and the record, if one is taken."""

    finding: Finding
    verdict: Verdict
    records: Mapping[int, Account | Contact] = field(default_factory=dict)
    hidden: tuple[Account | Contact, ...] = ()

    @property
    def record(self) -> Account | Contact | None:
        return self.records.get(self.verdict.record_id or 0)

    @property
    def candidates(self) -> list[tuple[Comparison, Account | Contact]]:
        return [(c, self.records[c.record_id]) for c in self.finding.candidates]

    @property
    def is_open(self) -> bool:
        return self.verdict.result == Result.ASK


@dataclass(frozen=True)
class Guide:
    """The four steps of one lead."""

    case: Case
    lead_type: LeadType
    account: Side
    contact: Side
    beside: tuple[Beside, ...]
    undecided: tuple[str, ...]
    # Open cases of the contact that the lead may be attached to; how many more there are, unseen.
    open_cases: tuple[Case, ...]
    hidden_cases: int
    processes: tuple[Process, ...]

    @property
    def differing(self) -> list[Beside]:
        return [b for b in self.beside if b.state == State.DIFFERS]

    def has_question(self, step: Step) -> bool:
        """Say whether a step has anything to ask; the lead itself is done by the click."""
        if step == Step.ACCOUNT:
            return self.account.verdict.has_question
        if step == Step.CONTACT:
            return self.contact.verdict.has_question or bool(self.differing)
        return step == Step.CASE and (bool(self.open_cases) or len(self.processes) > 1)

    def is_answered(self, step: Step) -> bool:
        if step == Step.ACCOUNT:
            return not self.account.is_open
        if step == Step.CONTACT:
            return not self.contact.is_open and not self.undecided
        return step == Step.LEAD

    @property
    def knows_people(self) -> bool:
        """Say whether account and contact are settled, so that only the case is left."""
        return self.is_answered(Step.ACCOUNT) and self.is_answered(Step.CONTACT)


def get_guide(case: Case, answers: Answers, *, see: See, is_outside: bool = False) -> Guide:
    """
    Compare a lead with all accounts and contacts, and say what is left to ask.

    :param see: the gate; an answer that names what it does not let through counts as none
    :param is_outside: whoever runs it belongs to a partner, and is not told that there are others
    """
    profile = profile_of(case)
    account = _account(case, profile, answers.account, see=see, is_outside=is_outside)
    under = account_of(case, account)
    contact = _contact(case, profile, answers.contact, under, see=see, is_outside=is_outside)
    known = contact.record
    fields = beside(case, known, under) if isinstance(known, Contact) else []
    open_cases, hidden_cases = _open_cases(case, known, see=see)
    lead_type = get_lead_type(case)
    return Guide(
        case=case,
        lead_type=lead_type,
        account=account,
        contact=contact,
        beside=tuple(fields),
        undecided=_undecided(fields, answers.decisions),
        open_cases=tuple(open_cases),
        hidden_cases=0 if is_outside else hidden_cases,
        processes=() if case.phase_id else tuple(get_processes(lead_type)),
    )


def count_compared(step: Step) -> int:
    """Return with how many accounts or contacts the lead was compared, whoever may see them."""
    return Account.objects.count() if step == Step.ACCOUNT else Contact.objects.count()


def account_of(case: Case, side: Side) -> Account | None:
    """Return the account that is taken, or the one that would be created, not saved."""
    if side.verdict.result == Result.CREATED:
        return Account(name=case.company, city=case.city, postcode=case.postcode)
    return side.record if isinstance(side.record, Account) else None


def _account(case: Case, profile: Normal, choice: Choice, *, see: See, is_outside: bool) -> Side:
    match = match_accounts({case.pk: profile}).get(case.pk)
    found = Account.objects.select_related("owner", "team", "partner")
    return _side(
        match, choice, found, see=see, is_outside=is_outside, is_named=bool(profile.company)
    )


def _contact(
    case: Case,
    profile: Normal,
    choice: Choice,
    account: Account | None,
    *,
    see: See,
    is_outside: bool,
) -> Side:
    is_named = bool(profile.name or profile.email or profile.phones)
    match = match_contacts({case.pk: profile}).get(case.pk) if is_named else None
    found = Contact.objects.select_related("account", "owner", "team", "partner")
    if match and account and account.pk:
        match = _with_colleagues(match, profile, account)
    side = _side(match, choice, found, see=see, is_outside=is_outside, is_named=is_named)
    return _own_first(side, account)


def _side(
    match: Match | None,
    choice: Choice,
    found: QuerySet[M],
    *,
    see: See,
    is_outside: bool,
    is_named: bool,
) -> Side:
    ids = [c.record_id for c in match.candidates] if match else []
    rows = {row.pk: row for row in found.filter(pk__in=ids)}
    visible = {row.pk: row for row in see(found.filter(pk__in=ids))}
    finding = find(match, visible.keys(), counts_hidden=not is_outside)
    # An id that is not among the candidates counts as no answer, whether or not it exists.
    if choice.record_id is not None and not finding.holds(choice.record_id):
        choice = Choice()
    hidden = tuple(rows[pk] for pk in ids if pk in rows and pk not in visible)
    verdict = judge_side(finding, choice, is_named=is_named)
    return Side(finding, verdict, visible, () if is_outside else hidden)  # type: ignore[arg-type]


def _with_colleagues(match: Match, profile: Normal, account: Account) -> Match:
    """Hold the lead beside the contacts of the chosen account, too, by whatever key they are found."""
    known = {c.record_id for c in match.candidates}
    others = account.contacts.exclude(pk__in=known).order_by("id")[:MOST_COLLEAGUES]
    more = [compare(profile, profile_of_contact(c), record_id=c.pk, side="contact") for c in others]
    return judge([*match.candidates, *more])


def _own_first(side: Side, account: Account | None) -> Side:
    """Put the contacts of the chosen account before the others."""
    if side.finding.outcome == Outcome.SAME or account is None:
        return side
    own = {pk for pk, c in side.records.items() if _account_id(c) == account.pk}
    ranked = sorted(side.finding.candidates, key=lambda c: c.record_id not in own)
    return replace(side, finding=replace(side.finding, candidates=tuple(ranked)))


def _account_id(record: Account | Contact) -> int | None:
    return record.account_id if isinstance(record, Contact) else None


def _undecided(fields: list[Beside], decisions: Mapping[str, Decision]) -> tuple[str, ...]:
    differing = (b.field for b in fields if b.state == State.DIFFERS)
    return tuple(name for name in differing if name not in decisions)


def _open_cases(
    case: Case, contact: Account | Contact | None, *, see: See
) -> tuple[list[Case], int]:
    if contact is None:
        return [], 0
    others = Case.objects.open().filter(contact=contact.pk).exclude(pk=case.pk)
    visible = see(others.select_related("phase", "assignee", "process")).order_by("id")
    shown = list(visible[:20])
    return shown, others.count() - len(shown)
