"""Leads held out to somebody, who is just looking at them, and by when the work is to begin."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotse.records.cases.models import Case


class OfferQuerySet(models.QuerySet["Offer"]):
    def unanswered(self) -> Self:
        return self.filter(answer="")

    def standing(self, now: datetime) -> Self:
        """Not answered, and not past the deadline, whether or not anybody noticed yet."""
        return self.filter(answer="", deadline_at__gt=now)

    def unsettled(self) -> Self:
        """The stage has not drawn the consequence: nobody answered, or the answer is quite new."""
        return self.filter(settled_at=None)

    def to_member(
        self, person_id: int, *, team_ids: frozenset[int], partner_id: int | None
    ) -> Self:
        """Held out to this person, or to a team or partner they belong to."""
        mine = Q(person=person_id) | Q(team__in=team_ids)
        return self.filter(mine | Q(partner=partner_id) if partner_id else mine)


class Offer(models.Model):
    """A lead held out to a person, a team or a partner, until a moment."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        RAN_OUT = "ran_out", _("ran out")
        WITHDRAWN = "withdrawn", _("withdrawn")

    case = models.ForeignKey(Case, models.CASCADE, related_name="offers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="offers"
    )
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, related_name="offers")
    partner = models.ForeignKey("people.Partner", models.PROTECT, null=True, related_name="offers")
    offered_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    # Empty while it stands.
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.ForeignKey("catalog.Reason", models.PROTECT, null=True, related_name="+")
    comment = models.TextField(_("comment"), blank=True)
    # When the stage drew the consequence of the answer, so that the same person may be asked again.
    settled_at = models.DateTimeField(null=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answer=""), name="one_standing_offer"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, team=None, partner=None)
                | Q(person=None, team__isnull=False, partner=None)
                | Q(person=None, team=None, partner__isnull=False),
                name="offer_to_one",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="offer_answered_at",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=Q(settled_at=None), name="offer_unsettled"),
            models.Index(
                fields=["person", "deadline_at"], condition=Q(answer=""), name="offer_to_person"
            ),
            models.Index(
                fields=["partner", "deadline_at"], condition=Q(answer=""), name="offer_to_partner"
            ),
        ]

    def is_standing(self, now: datetime) -> bool:
        return not self.answer and now < self.deadline_at

    @property
    def can_be_answered(self) -> bool:
        """Say whether whoever it is held out to may still sign in."""
        is_gone = self.person is not None and not self.person.is_active
        return not is_gone and (self.partner is None or self.partner.is_active)

    def is_to(self, case: Case) -> bool:
        """Say whether it is held out to the one whom the case now asks."""
        asked = (case.asked_person_id, case.asked_team_id, case.asked_partner_id)
        return (self.person_id, self.team_id, self.partner_id) == asked


class Reservation(models.Model):
    """Who has the guide open, so that two colleagues do not work on the same lead at once."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="reservation")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until_at = models.DateTimeField()


class Start(models.Model):
    """By when the first activity is expected of whoever took a case over: the second clock."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="start")
    due_at = models.DateTimeField()
    # When the manager was told that nothing had happened, or it was seen that something had.
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(settled_at=None), name="start_due"),
        ]
