"""Why a case is with whom it is with: drawn from the journal, with those who could have been asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.names import Names, Ref, get_names, refs_of
from lotse.access.telling.sentences import Teller, refs_in
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.kernel.reasons import Reason
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.records.people.models import User
from lotse.stages.assignment.queries.decisions import replay
from lotse.stages.assignment.rules import Decision, Kind, Trial, Verdict

# What says to whom a case goes, and what came of asking.
DECISIONS = ("assignment.asked", "assignment.distributed", "assignment.assigned",
             "assignment.sent_to_pool", "assignment.put_into_pool")  # fmt: skip
ANSWERS = ("acceptance.accepted", "acceptance.declined", "acceptance.ran_out",
           "acceptance.withdrawn")  # fmt: skip
# So many decisions and answers are told, the newest; a case that went round longer has its history.
MOST = 20


@dataclass(frozen=True)
class Line:
    """A decision or an answer, told."""

    text: str
    when: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """One who could have been asked, and why it was not them; `person` for the avatar."""

    name: str
    text: str
    is_chosen: bool
    is_out: bool
    person: User | None


@dataclass(frozen=True)
class Round:
    """One rule that was tried, with its candidates."""

    rule: str
    because: tuple[str, ...]
    candidates: Sequence[Candidate]


@dataclass(frozen=True)
class Why:
    title: str
    decision: Line
    version: int | None
    rounds: Sequence[Round]
    # What happened before and after, oldest first.
    lines: Sequence[Line]


def get_why(viewer: Viewer, case: Case, reader: Reader) -> Why | None:
    """Read why; None where nobody decided anything yet. A constant number of queries."""
    told = Entry.objects.about(case).filter(kind__in=(*DECISIONS, *ANSWERS), act__undone_at=None)
    entries = list(told.order_by("-id")[:MOST])[::-1]
    decisive = next((e for e in reversed(entries) if e.kind in DECISIONS), None)
    if decisive is None:
        return None
    # Who else sells for the house, and how busy they are, is not for the partner to know.
    decision = _decision(decisive) if viewer.partner_id is None else Decision()
    names = get_names(viewer, refs_in(entries) | _refs_of(decision))
    teller = Teller(names, reader)
    return Why(
        title=_title(viewer, case, names),
        decision=_line(decisive, teller, decision, viewer),
        version=(decisive.basis or {}).get("version") if decision.trials else None,
        rounds=_rounds(viewer, decision, names, teller),
        lines=[_line(entry, teller, Decision(), viewer) for entry in entries],
    )


def _decision(entry: Entry) -> Decision:
    # What was decided by hand keeps no rules to decide by again.
    return replay(entry) if entry.basis and "trials" in entry.basis else Decision()


def _refs_of(decision: Decision) -> set[Ref]:
    refs: set[Ref] = set()
    for trial in decision.trials:
        refs.add(("rule", trial.rule.id))
        refs |= {(str(v.candidate.kind), v.candidate.id) for v in trial.verdicts}
        for reason in (*trial.because, *(v.why_not for v in trial.verdicts if v.why_not)):
            refs |= refs_of(reason.values)
    return refs


def _title(viewer: Viewer, case: Case, names: Names) -> str:
    if case.assignee_id == viewer.id and viewer.id is not None:
        return _("Why do I have this lead?") if _is_lead(case) else _("Why do I have this case?")
    if case.assignee_id:
        return _("Why does %(name)s have it?") % {"name": case.assignee}
    if case.asked_person_id == viewer.id and viewer.id is not None:
        return _("Why am I asked?")
    asked = case.asked_person or case.asked_team or case.asked_partner
    return _("Why is %(name)s asked?") % {"name": asked} if asked else _("Why with nobody yet?")


def _is_lead(case: Case) -> bool:
    return case.kind == Case.Kind.LEAD


def _line(entry: Entry, teller: Teller, decision: Decision, viewer: Viewer) -> Line:
    # Of a decision that is laid out with its candidates only the reasons for the choice are told.
    reasons: Iterable[Reason] = decision.trials[-1].because if decision.trials else entry.because
    if viewer.partner_id:
        reasons = ()
    told = tuple(teller.reason(reason) for reason in reasons)
    return Line(teller.entry(entry), teller.reader.moment(entry.at), told)


def _rounds(viewer: Viewer, decision: Decision, names: Names, teller: Teller) -> list[Round]:
    people = _people(viewer, decision)
    return [
        Round(
            rule=names.of(("rule", trial.rule.id)).text,
            because=tuple(teller.reason(reason) for reason in trial.because),
            candidates=_candidates(trial, people, names, teller),
        )
        for trial in decision.trials
    ]


def _people(viewer: Viewer, decision: Decision) -> dict[int, User]:
    verdicts = [v for trial in decision.trials for v in trial.verdicts]
    ids = {v.candidate.id for v in verdicts if v.candidate.kind == Kind.PERSON}
    if not ids:
        return {}
    return gate.rows(viewer, May.SEE, User.objects.all()).in_bulk(ids)


def _candidates(
    trial: Trial, people: dict[int, User], names: Names, teller: Teller
) -> list[Candidate]:
    """Return whoever was chosen first, then those who could have been, then those ruled out."""
    winner = trial.winner.key if trial.winner else None
    ordered = sorted(
        trial.verdicts, key=lambda v: (v.candidate.key != winner, v.why_not is not None)
    )
    return [
        Candidate(
            name=names.of((str(v.candidate.kind), v.candidate.id)).text,
            text=_verdict(v, names, teller),
            is_chosen=v.candidate.key == winner,
            is_out=v.why_not is not None,
            person=people.get(v.candidate.id) if v.candidate.kind == Kind.PERSON else None,
        )
        for v in ordered
    ]


def _verdict(verdict: Verdict, names: Names, teller: Teller) -> str:
    if verdict.why_not is None:
        number = {"number": verdict.candidate.open}
        return _("%(number)s open") % number
    name = names.of((str(verdict.candidate.kind), verdict.candidate.id)).text
    # The list shows the name already; sentences about a candidate begin with it.
    return teller.reason(verdict.why_not).removeprefix(f"{name}: ")
