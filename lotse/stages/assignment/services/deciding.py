"""Deciding by the rules: many cases at once, one after the other in memory, written together."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from lotse.kernel.actors import SYSTEM
from lotse.kernel.actors import rule as actor_rule
from lotse.records.cases.holding import ASKED_NOBODY
from lotse.records.cases.models import Case
from lotse.records.cases.services import write_groups
from lotse.records.journal.services import Line, record_all
from lotse.records.outbox.services import notify
from lotse.stages.assignment.facts import Asked, PoolGrew, SentToPool
from lotse.stages.assignment.models import Ask, Lock, Turn, Waiting
from lotse.stages.assignment.queries.desk import Desk
from lotse.stages.assignment.queries.managers import get_managers
from lotse.stages.assignment.rules import Candidate, Decision, Kind, Rule, basis_of

Decided = Sequence[tuple[Case, Decision]]


def take_lock() -> None:
    """
    Hold the row that serialises deciding, until the transaction ends.

    Note [deciding]. Free places and turns are read, decided on, and written; two who do that at
    once would give the same place away twice. PostgreSQL waits here for whoever decides now; on SQLite
    the transaction has the write lock already. What is read after this line is what the other wrote.
    """
    Lock.objects.get_or_create(pk=1)
    Lock.objects.select_for_update().get(pk=1)


class Answer(Enum):
    ASKED = "asked"
    POOL = "pool"
    # Somebody put it into the pool on purpose.
    KEPT = "kept"


def ask_by_rules(cases: Sequence[Case], *, now: datetime) -> dict[int, Answer]:
    """
    Decide for each case whom to ask, in this order, and write it; say what became of each.

    Cases that somebody put into the pool on purpose are left there. The caller's transaction holds
    the cases.
    """
    take_lock()
    desk = Desk(cases, now=now)
    waiting = _waiting_of(desk)
    kept = {pk for pk, row in waiting.items() if row.by_hand}
    decided = [(case, desk.decide(case)) for case in cases if case.pk not in kept]

    _write_asks([(c, d) for c, d in decided if d.winner], desk, now=now)
    _write_turns(desk)
    _send_to_pool([(c, d) for c, d in decided if not d.winner], desk, waiting, now=now)
    answers = {c.pk: Answer.ASKED if d.winner else Answer.POOL for c, d in decided}
    return {**dict.fromkeys(kept, Answer.KEPT), **answers}


def _waiting_of(desk: Desk) -> dict[int, Waiting]:
    rows = Waiting.objects.filter(case__in=[c.pk for c in desk.cases])
    return {
        row.case_id: row for row in rows if row.after_asks == len(desk.asks.get(row.case_id, ()))
    }


def _write_asks(asked: Decided, desk: Desk, *, now: datetime) -> None:
    rules = {rule.id: rule for rule in desk.rules}
    same: dict[tuple[int, Kind, int], list[int]] = defaultdict(list)
    lines: dict[int, list[Line]] = defaultdict(list)
    rows: list[Ask] = []
    for case, decision in asked:
        rule, winner = decision.rule, decision.winner
        if rule is None or winner is None:
            continue
        same[rule.id, winner.kind, winner.id].append(case.pk)
        lines[rule.id].append(_line(case, decision, rule, winner, desk))
        rows.append(Ask(case=case, kind=winner.kind, target_id=winner.id, rule_id=rule.id, at=now))
    # They leave for the next stage in this transaction; whoever reads them sees who is asked.
    write_groups(
        [
            (some, asking(rules[rule_id], kind, target_id))
            for (rule_id, kind, target_id), some in same.items()
        ]
    )
    Ask.objects.bulk_create(rows, batch_size=2000)
    for rule_id, some_lines in lines.items():
        record_all(some_lines, by=actor_rule(rule_id), at=now)


def asking(rule: Rule, kind: Kind, target_id: int) -> dict[str, Any]:
    """Return the columns of a case that is held out, or given, by this rule."""
    return {
        **ASKED_NOBODY,
        f"asked_{kind.value}_id": target_id,
        "asked_by_offer": rule.by_offer,
        "answer_hours": rule.offer_hours if rule.by_offer else None,
    }


def _line(case: Case, decision: Decision, rule: Rule, winner: Candidate, desk: Desk) -> Line:
    asks = desk.asks_by_rule(case)
    fact = Asked(
        **{f"{winner.kind.value}_id": winner.id},
        rule_id=rule.id,
        version=desk.version,
        attempt=sum(asks.values()) + 1,
        by_offer=rule.by_offer,
    )
    basis = basis_of(decision, desk.facts_of(case), version=desk.version, asks=asks)
    return Line(fact, about=case, reasons=decision.reasons, basis=basis)


def _write_turns(desk: Desk) -> None:
    rows = [
        Turn(rule_id=rule_id, kind=kind, target_id=target_id, credit=credit)
        for (rule_id, (kind, target_id)), credit in desk.changed.items()
    ]
    Turn.objects.bulk_create(
        rows,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["rule", "kind", "target_id"],
        update_fields=["credit"],
    )


def _send_to_pool(
    left: Decided, desk: Desk, waiting: Mapping[int, Waiting], *, now: datetime
) -> None:
    """Keep in the pool what nobody could be asked for; say so, and tell a manager, once."""
    news = [
        (case, decision)
        for case, decision in left
        if case.pk not in waiting or waiting[case.pk].said != _digest(decision)
    ]
    if not news:
        return
    lines = [
        Line(
            SentToPool(version=desk.version),
            about=case,
            reasons=decision.reasons,
            basis=basis_of(
                decision, desk.facts_of(case), version=desk.version, asks=desk.asks_by_rule(case)
            ),
        )
        for case, decision in news
    ]
    record_all(lines, by=SYSTEM, at=now)
    _remember(news, desk, waiting, now=now)
    _tell([(c, d) for c, d in news if c.pk not in waiting], now=now)


def _digest(decision: Decision) -> str:
    # By codes and names alone: that somebody is now full with one case more is no news.
    said = ";".join(
        f"{r.code}:{r.values.get('person_id') or r.values.get('partner_id') or r.values.get('team_id') or r.values.get('rule_id') or ''}"
        for r in decision.reasons
    )
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _remember(news: Decided, desk: Desk, waiting: Mapping[int, Waiting], *, now: datetime) -> None:
    rows = [
        Waiting(
            case=case,
            since_at=waiting[case.pk].since_at if case.pk in waiting else now,
            said=_digest(decision),
            after_asks=len(desk.asks.get(case.pk, ())),
        )
        for case, decision in news
    ]
    Waiting.objects.bulk_create(
        rows,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["since_at", "by_hand", "said", "after_asks"],
    )


def _tell(news: Decided, *, now: datetime) -> None:
    """Put it under the managers' bells: one lead by itself, many as a number."""
    managers = get_managers([last_rule_of(decision) for _, decision in news])
    told: dict[int, list[Case]] = defaultdict(list)
    for case, decision in news:
        for user_id in managers(last_rule_of(decision)):
            told[user_id].append(case)
    _notify_each(told, now=now)


def _notify_each(told: Mapping[int, Sequence[Case]], *, now: datetime) -> None:
    by_content: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    for user_id, cases in told.items():
        by_content[len(cases), cases[0].pk if len(cases) == 1 else None].append(user_id)
    for (number, case_id), user_ids in by_content.items():
        fact = SentToPool() if case_id else PoolGrew(cases=number)
        notify(user_ids, fact, case_id=case_id, now=now)


def last_rule_of(decision: Decision) -> Rule | None:
    """Return the last rule that fitted and came to nobody: whose manager is to look at it."""
    return decision.trials[-1].rule if decision.trials else None
