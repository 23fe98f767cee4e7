"""Who is told when nobody is left to ask."""

from collections.abc import Callable, Sequence

from lotse.records.people.models import Partner, Team, User
from lotse.stages.assignment.rules import Rule, Target

# Where no team or partner has a manager: everybody with the first of these roles that somebody has.
WATCHING = ("sales_manager", "administrator")


def get_managers(rules: Sequence[Rule | None]) -> Callable[[Rule | None], list[int]]:
    """Read the managers of the rules' teams and partners; return who is told for a rule."""
    teams = _managers_of(Team, _targets(rules, Target.TEAM))
    partners = _managers_of(Partner, _targets(rules, Target.PARTNER))
    everybody: list[int] | None = None

    def managers(rule: Rule | None) -> list[int]:
        nonlocal everybody
        of_rule = None
        if rule and rule.target == Target.TEAM:
            of_rule = teams.get(rule.target_id or 0)
        elif rule and rule.target == Target.PARTNER:
            of_rule = partners.get(rule.target_id or 0)
        if of_rule:
            return [of_rule]
        if everybody is None:
            everybody = get_watching()
        return everybody

    return managers


def get_watching() -> list[int]:
    """Return those who watch the pool."""
    for key in WATCHING:
        found = User.objects.filter(roles__key=key, is_active=True).order_by("pk")
        if ids := list(found.values_list("pk", flat=True)):
            return ids
    return []


def _targets(rules: Sequence[Rule | None], target: Target) -> set[int]:
    return {r.target_id for r in rules if r and r.target == target and r.target_id}


def _managers_of(model: type[Team] | type[Partner], ids: set[int]) -> dict[int, int]:
    if not ids:
        return {}
    rows = model._default_manager.filter(pk__in=ids, manager__is_active=True)
    return dict(rows.values_list("pk", "manager_id"))
