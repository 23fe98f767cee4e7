"""The series of reminders of overdue cases, and the daily runs that send them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotse.records.cases.models import Case
from lotse.records.catalog.models import Process
from lotse.records.outbox.models import Message
from lotse.stages.process.rules.follow_up import Ending, Sent


class Series(models.Model):
    """
    One span in which a case is overdue in the same hands, with the mails that go out because of it.

    There is a row for each such span, whether mails are switched on or not: it also says that the
    journal was told.
    """

    class EndedBy(models.TextChoices):
        MOVED = Ending.MOVED.value, _("the phase changed")
        CLOSED = Ending.CLOSED.value, _("the case was closed")
        HANDED_OVER = Ending.HANDED_OVER.value, _("the case changed hands")
        DEFERRED = Ending.DEFERRED.value, _("the case was put off")
        APPOINTMENT = Ending.APPOINTMENT.value, _("an appointment was entered")
        TASK = Ending.TASK.value, _("a task was created")
        DURATION = Ending.DURATION.value, _("the case is not overdue any more")

    case = models.ForeignKey(Case, models.CASCADE, related_name="reminder_series")
    started_at = models.DateTimeField()
    phase_entered_at = models.DateTimeField()
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Follows one that a task or appointment ended: the process says whether it sends mails.
    is_again = models.BooleanField(default=False)
    anchor_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    sent = models.PositiveSmallIntegerField(default=0)
    last_message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=11, choices=EndedBy.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_series_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="series_ends_for_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-id"], name="series_of_case")]

    @property
    def progress(self) -> Sent:
        return Sent(self.started_at, self.anchor_on, self.last_on)


class FollowUpRun(models.Model):
    """One day's run; the day is claimed by its row, however many workers there are."""

    day = models.DateField(unique=True)
    ran_at = models.DateTimeField()
    # How many mails it put into the outbox, and how many were due but have nobody to go to.
    planned = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)


class ReminderText(models.Model):
    """What the reminders of a process say in a language, instead of the standard text; with merge fields."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="reminder_texts")
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "language"], name="one_reminder_text_each"),
        ]
