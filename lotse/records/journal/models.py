"""What happened, who or what did it, and why; written once, read by timeline, undo and reports."""

from typing import Any, ClassVar

from django.db import models

from lotse.kernel.actors import Actor, ActorKind
from lotse.kernel.facts import FACTS, Fact
from lotse.kernel.reasons import Reason


class Act(models.Model):
    """What somebody did in one go and can take back in one go, however many records it touched."""

    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["actor_id", "-id"], name="act_by_actor")]

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind(self.actor_kind), self.actor_id)


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, record: models.Model) -> "EntryQuerySet":
        return self.filter(about_type=journal_name(record), about_id=record.pk)


class Entry(models.Model):
    """
    One fact about one record.

    Entries point to records by type and number, not by foreign key: they outlive what they tell of,
    and this app stands below all others.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=48)
    about_type = models.CharField(max_length=16)
    about_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    # What a decision was made from, so that it can be made again and compared.
    basis = models.JSONField(null=True)
    # The former values of what the act changed on the record: what undo puts back.
    before = models.JSONField(null=True)
    act = models.ForeignKey(Act, models.CASCADE, null=True, related_name="entries")
    cause = models.ForeignKey("self", models.SET_NULL, null=True, related_name="effects")

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["about_type", "about_id", "id"], name="entry_about"),
            models.Index(fields=["kind", "at"], name="entry_kind_at"),
        ]

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind(self.actor_kind), self.actor_id)

    @property
    def fact(self) -> Fact:
        return FACTS[self.kind].from_data(self.data)

    @property
    def because(self) -> list[Reason]:
        return [Reason.from_data(d) for d in self.reasons]


def journal_name(record: models.Model | type[models.Model]) -> str:
    """Return the name under which a record stands in the journal; a proxy stands under its table's."""
    concrete: type[Any] = record._meta.concrete_model or type(record)
    return str(concrete._meta.model_name)
