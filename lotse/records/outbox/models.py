"""What waits to leave, and what became of it: messages to the outside, notices on the page."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """
    One message on its way out: the ledger row of `docs/stages/outbox.md`.

    A window of rows is marked `sending` and committed before the first byte leaves; what was
    `sending` when a worker died is `unknown`, for nobody can say whether it arrived.
    """

    class State(models.TextChoices):
        READY = "ready", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        REJECTED = "rejected", _("refused")
        UNKNOWN = "unknown", _("in doubt")
        SKIPPED = "skipped", _("not sent")
        CANCELLED = "cancelled", _("cancelled")
        BOUNCED = "bounced", _("came back")

    class Doubt(models.TextChoices):
        """What to do with a message of which nobody knows whether it arrived."""

        RESEND = "resend", _("send once more")
        LEAVE = "leave", _("leave it")

    # One purpose, occasion and receiver make one message: the key is claimed before any effect.
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=12, default="mail")
    kind = models.CharField(max_length=40)
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    to_address = models.CharField(max_length=254)
    language = models.CharField(max_length=2)
    case_id = models.BigIntegerField(null=True)
    # Plain values from which the text is made at the moment of sending.
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    doubt = models.CharField(max_length=6, choices=Doubt.choices, default=Doubt.RESEND)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    resent = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["not_before", "id"], condition=Q(state="ready"), name="message_waiting"
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state="sending"), name="message_sending"
            ),
            models.Index(fields=["case_id", "id"], name="message_of_case"),
            models.Index(
                fields=["-id"],
                condition=Q(state__in=["rejected", "unknown", "bounced"]),
                name="message_failed",
            ),
            models.Index(
                fields=["-id"],
                condition=Q(state__in=["skipped", "cancelled"]),
                name="message_left",
            ),
        ]


# What did not arrive, as far as anybody knows: somebody is to look at it.
FAILED = (Message.State.REJECTED, Message.State.UNKNOWN, Message.State.BOUNCED)
WAITING = (Message.State.READY, Message.State.SENDING)


class Sending(models.Model):
    """The one row that says whether anything leaves at all, and to which installation the outbox belongs."""

    class Why(models.TextChoices):
        PERSON = "person", _("by hand")
        COPIED = "copied", _("this is a copy of the database, or the address of Lotse was changed")
        RESTORED = "restored", _("the database was restored to an earlier state")

    # Where this outbox was last allowed to send from; empty until the first mail.
    place = models.CharField(max_length=64, blank=True)
    # Raised when somebody lets mails leave again.
    epoch = models.PositiveIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=8, choices=Why.choices, blank=True)


class SendingNode(models.Model):
    """
    How many windows a node has sent in this epoch; it remembers the number outside of the database, too.

    A database that knows of fewer than its node is an earlier state.
    """

    key = models.CharField(max_length=32, primary_key=True)
    windows = models.BigIntegerField(default=0)


class Suppression(models.Model):
    """An address that nothing is sent to, for what went there came back for good."""

    address = models.CharField(max_length=254, unique=True)
    since = models.DateTimeField()
    answer = models.CharField(max_length=300)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")


class Notice(models.Model):
    """A line under somebody's bell: a fact of the journal this person should know of."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=48)
    data = models.JSONField(default=dict)
    case_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="notice_of_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
        ]
