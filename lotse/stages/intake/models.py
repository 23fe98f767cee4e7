"""Imports: which file, how its columns are read, and how far it came."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportQuerySet(models.QuerySet["Import"]):
    def due(self, now: datetime) -> Self:
        """Are to be read, and nobody is reading them; whoever died in the middle has no lease any more."""
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.filter(free, state__in=[Import.State.WAITING, Import.State.RUNNING])


class Import(models.Model):
    """
    One file on its way into leads.

    The rows themselves are inquiries: what became of them is counted there, never kept here.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("under way")
        DONE = "done", _("finished")

    name = models.CharField(max_length=200)
    # SHA-256 of the bytes: under this the file is kept, and by this its rows are known again.
    file_hash = models.CharField(max_length=64)
    size = models.BigIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="imports"
    )
    created_at = models.DateTimeField()

    # What a look at the file told, and what a person made of it; see files/reading.py.
    shape = models.JSONField()
    columns = models.JSONField()
    notation = models.JSONField()
    asks_date = models.CharField(max_length=40, blank=True)
    total = models.PositiveIntegerField()
    source = models.ForeignKey(
        "catalog.LeadSource", models.PROTECT, null=True, blank=True, related_name="+"
    )
    campaign = models.ForeignKey(
        "catalog.Campaign", models.PROTECT, null=True, blank=True, related_name="+"
    )

    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT)
    act = models.ForeignKey("journal.Act", models.SET_NULL, null=True, related_name="+")
    # The last record that is done; the next batch begins behind it, whoever reads it.
    position = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    already_there = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rows__lte=models.F("total")), name="import_no_more_rows_than_there_are"
            ),
            models.CheckConstraint(
                condition=Q(already_there__lte=models.F("rows")), name="import_parts_within_rows"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=Q(state__in=["waiting", "running"]), name="import_due"
            ),
            models.Index(fields=["file_hash", "-id"], name="import_of_file"),
        ]

    def __str__(self) -> str:
        return self.name
