"""The assignment rules of the demo company, in their order."""

from datetime import datetime

from lotse.kernel.actors import Actor
from lotse.kernel.conditions import Condition, Op
from lotse.records.catalog.models import LeadSource, LeadType, ProductLine
from lotse.records.people.models import Team
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.assignment.rules import Strategy, Target


def write_rules(*, by: Actor, now: datetime) -> None:
    """Write the rules; what none of them takes waits in the pool for the manager."""
    lists = LeadSource.objects.filter(key__in=["trade_fair", "csv_import"])
    by_hand = Condition("source", Op.NONE_OF, sorted(lists.values_list("pk", flat=True)))
    lines = dict(ProductLine.objects.values_list("key", "pk"))
    business = LeadType.objects.get(key="business").pk
    for rule in (
        AssignmentRule(
            name_de="Wer den Kunden schon betreut",
            name_en="Whoever looks after the customer",
            conditions=[Condition("has_owner", Op.IS, value=True).to_data(), by_hand.to_data()],
            target=Target.OWNER,
        ),
        AssignmentRule(
            name_de="Gewerbe",
            name_en="Business",
            conditions=[Condition("lead_type", Op.IS, business).to_data(), by_hand.to_data()],
            target=Target.TEAM,
            target_team=Team.objects.get(name="Vertrieb Gewerbe"),
            strategy=Strategy.LEAST_BUSY,
        ),
        AssignmentRule(
            name_de="Photovoltaik im Gebiet eines Partners",
            name_en="Photovoltaics in a partner's area",
            conditions=[
                Condition("product_line", Op.IS, lines["solar"]).to_data(),
                by_hand.to_data(),
            ],
            target=Target.AREA,
            tries=2,
        ),
        AssignmentRule(
            name_de="Wärmepumpe und alles andere",
            name_en="Heat pumps and everything else",
            conditions=[by_hand.to_data()],
            target=Target.TEAM,
            target_team=Team.objects.get(name="Vertrieb Nord"),
            strategy=Strategy.ROUND_ROBIN,
            tries=3,
        ),
    ):
        assignment.save_rule(rule=rule, by=by, now=now)
