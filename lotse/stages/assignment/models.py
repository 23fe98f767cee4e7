"""The assignment rules and their versions, whose turn it is, who was asked, what waits in the pool."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lotse.kernel.conditions import Condition
from lotse.stages.assignment.rules import Kind, Rule, Strategy, Target


class Lock(models.Model):
    """
    One row that whoever decides holds until the decision is written.

    Two workers that read the same turn or the same free place would both give it away.
    """


class AssignmentRule(models.Model):
    """One sentence: which leads, to whom, how; asked in the order of `position`."""

    position = models.PositiveSmallIntegerField()
    name_de = models.CharField(_("name (German)"), max_length=80, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    is_on = models.BooleanField(_("on"), default=True)
    switched_at = models.DateTimeField()
    # [{"field": "postcode", "op": "between", "value": ["20", "29"]}, ...]; all must hold.
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    target = models.CharField(
        _("to whom"),
        max_length=8,
        choices=[
            (Target.OWNER.value, _("whoever looks after the customer")),
            (Target.USER.value, _("one person")),
            (Target.TEAM.value, _("a team")),
            (Target.PARTNER.value, _("a sales partner")),
            (Target.AREA.value, _("the partner or team in the sales area")),
        ],
    )
    target_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    target_team = models.ForeignKey(
        "people.Team", models.PROTECT, null=True, blank=True, related_name="+"
    )
    target_partner = models.ForeignKey(
        "people.Partner", models.PROTECT, null=True, blank=True, related_name="+"
    )
    strategy = models.CharField(
        _("who of them"),
        max_length=11,
        choices=[
            (Strategy.ROUND_ROBIN.value, _("in turn")),
            (Strategy.LEAST_BUSY.value, _("whoever has the fewest open")),
            (Strategy.WHOLE.value, _("all of them, the first to accept gets it")),
        ],
        default=Strategy.ROUND_ROBIN.value,
    )
    by_offer = models.BooleanField(_("as an offer"), default=True)
    # Empty: as the lead type says.
    offer_hours = models.PositiveSmallIntegerField(
        _("opening hours to answer"), null=True, blank=True
    )
    tries = models.PositiveSmallIntegerField(
        _("attempts, then the next rule"), null=True, blank=True
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(target="user", target_user__isnull=False, target_team=None, target_partner=None)
                | Q(target="team", target_user=None, target_team__isnull=False, target_partner=None)
                | Q(target="partner", target_user=None, target_team=None, target_partner__isnull=False)
                | Q(target__in=["owner", "area"], target_user=None, target_team=None, target_partner=None),
                name="rule_names_its_target",
            ),
            # What is held out to many can't be given at once: nobody would hold it.
            models.CheckConstraint(
                condition=Q(by_offer=True) | (~Q(target="area") & ~Q(strategy="whole")),
                name="rule_for_many_is_an_offer",
            ),
            models.CheckConstraint(
                condition=Q(offer_hours=None) | Q(offer_hours__gte=1), name="rule_offer_hours"
            ),
            models.CheckConstraint(condition=Q(tries=None) | Q(tries__gte=1), name="rule_tries"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or gettext("Rule %(position)s") % {"position": self.position}

    @property
    def name(self) -> str:
        if (get_language() or "de").startswith("en"):
            return self.name_en or self.name_de
        return self.name_de or self.name_en

    @property
    def target_id(self) -> int | None:
        return self.target_user_id or self.target_team_id or self.target_partner_id

    def to_rule(self) -> Rule:
        return Rule(
            id=self.pk,
            target=Target(self.target),
            target_id=self.target_id,
            conditions=tuple(Condition.from_data(c) for c in self.conditions),
            strategy=Strategy(self.strategy),
            by_offer=self.by_offer,
            offer_hours=self.offer_hours,
            tries=self.tries,
        )

    def to_data(self) -> dict[str, Any]:
        """Return the rule as a version keeps it: as decisions read it, and how it was called."""
        return {
            **self.to_rule().to_data(),
            "position": self.position,
            "name_de": self.name_de,
            "name_en": self.name_en,
            "is_on": self.is_on,
        }


class RuleVersion(models.Model):
    """All rules as they stood from one change to the next; written once, so that decisions can be replayed."""

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def decided_by(self) -> list[Rule]:
        """Return the rules that are on, in their order."""
        return [Rule.from_data(one) for one in self.rules if one["is_on"]]


class Turn(models.Model):
    """What a rule owes to one of its candidates: see `rules.take_turn`."""

    rule = models.ForeignKey(AssignmentRule, models.CASCADE, related_name="turns")
    kind = models.CharField(max_length=7, choices=[(k.value, k.value) for k in Kind])
    target_id = models.BigIntegerField()
    credit = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "kind", "target_id"], name="turn_once")
        ]


class Ask(models.Model):
    """That a case was held out or given to somebody: they are not asked again, except by hand."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="asks")
    kind = models.CharField(max_length=7, choices=[(k.value, k.value) for k in Kind])
    target_id = models.BigIntegerField()
    # Empty: by hand.
    rule = models.ForeignKey(AssignmentRule, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "target_id", "at"], name="ask_of_target"),
        ]


class Waiting(models.Model):
    """
    That a case waits in the pool, and what was said about it, so that it is said only once.

    The row counts as long as nobody was asked since: `after_asks` is how many had been asked then.
    """

    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="waiting")
    since_at = models.DateTimeField()
    # Put there on purpose: the rules leave it alone.
    by_hand = models.BooleanField(default=False)
    said = models.CharField(max_length=32)
    after_asks = models.PositiveIntegerField(default=0)
