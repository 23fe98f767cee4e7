"""Tasks, appointments and notes on a case: what somebody is to do, or did."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotse.records.cases.models import Case


class Task(models.Model):
    """Something to do by the end of a day, as reckoned where its assignee is."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    title = models.CharField(_("what"), max_length=200)
    due_on = models.DateField(_("due day"))
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks")
    created_at = models.DateTimeField()
    # A task that a person created ends the reminders; one made by an action does not.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["assignee", "due_on"], condition=Q(done_at=None), name="task_open"
            ),
        ]


class Appointment(models.Model):
    """A meeting, visit or call at a time."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="appointments")
    title = models.CharField(_("what"), max_length=200)
    place = models.CharField(_("where"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="appointment_ends_after_start"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["assignee", "starts_at"],
                condition=Q(cancelled_at=None),
                name="appointment_ahead",
            ),
        ]


class Note(models.Model):
    """What somebody wrote down, or what was said in a call."""

    class Kind(models.TextChoices):
        NOTE = "note", _("note")
        CALL = "call", _("call")

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.NOTE)
    text = models.TextField(_("text"))
    # A partner's users read a note only if it is marked for them, or one of them wrote it.
    for_partner = models.BooleanField(_("visible to the partner"), default=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-id"], name="note_of_case")]
