"""Keeping the rules: each change makes a new version of all of them."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from lotse.kernel.actors import Actor
from lotse.records.journal.services import record
from lotse.stages.assignment.facts import RulesChanged
from lotse.stages.assignment.models import AssignmentRule, RuleVersion
from lotse.stages.assignment.services.deciding import take_lock


@transaction.atomic
def save_rule(*, rule: AssignmentRule, by: Actor, now: datetime) -> AssignmentRule:
    """Save a rule as its form filled it; a new one stands behind all others."""
    take_lock()
    if rule.pk is None:
        rule.position = _last_position() + 1
        rule.switched_at = now
    rule.save()
    _write_version(by=by, now=now)
    return rule


@transaction.atomic
def switch_rule(*, rule: AssignmentRule, is_on: bool, by: Actor, now: datetime) -> None:
    """Switch a rule on or off; twice the same changes nothing."""
    take_lock()
    if (
        AssignmentRule.objects.filter(pk=rule.pk)
        .exclude(is_on=is_on)
        .update(is_on=is_on, switched_at=now)
    ):
        _write_version(by=by, now=now)


@transaction.atomic
def move_rule(*, rule: AssignmentRule, up: bool, by: Actor, now: datetime) -> None:
    """Let a rule change places with the one before or behind it; at the end it stays."""
    _place(rule, lambda at: at - 1 if up else at + 1, by=by, now=now)


@transaction.atomic
def place_rule(*, rule: AssignmentRule, position: int, by: Actor, now: datetime) -> None:
    """Put a rule in this place, counted from 1; the others make room."""
    _place(rule, lambda _: position - 1, by=by, now=now)


@transaction.atomic
def delete_rule(*, rule: AssignmentRule, by: Actor, now: datetime) -> None:
    """Delete a rule; what it decided stays explained, for the versions keep it."""
    take_lock()
    AssignmentRule.objects.filter(pk=rule.pk).delete()
    _number(list(AssignmentRule.objects.order_by("position", "id")))
    _write_version(by=by, now=now)


def _place(rule: AssignmentRule, where: Callable[[int], int], *, by: Actor, now: datetime) -> None:
    take_lock()
    rules = list(AssignmentRule.objects.order_by("position", "id"))
    at = next((i for i, one in enumerate(rules) if one.pk == rule.pk), None)
    if at is None:
        return
    wanted = max(0, min(where(at), len(rules) - 1))
    if wanted == at:
        return
    rules.insert(wanted, rules.pop(at))
    _number(rules)
    _write_version(by=by, now=now)


def _last_position() -> int:
    return AssignmentRule.objects.aggregate(last=Max("position"))["last"] or 0


def _number(rules: list[AssignmentRule]) -> None:
    for position, rule in enumerate(rules, start=1):
        rule.position = position
    AssignmentRule.objects.bulk_update(rules, ["position"])


def _write_version(*, by: Actor, now: datetime) -> None:
    number = (RuleVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    version = RuleVersion.objects.create(
        number=number,
        rules=[one.to_data() for one in AssignmentRule.objects.order_by("position", "id")],
        at=now,
        by_id=by.person_id,
    )
    record(RulesChanged(version=number), about=version, by=by, at=now)
