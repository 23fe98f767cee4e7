"""The case: whose interest, in which stage, who works it, when it next wants a look; its inquiries."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotse.kernel.addresses import plain
from lotse.kernel.names import display_name
from lotse.records.accounts.models import Address, PlainField

# What a case may point to.
LINKS = (
    "account", "contact", "known_account", "known_contact", "lead_type", "product", "source", "campaign",
    "assignee", "team", "partner", "asked_person", "asked_team", "asked_partner", "process", "phase",
    "deferred_to_phase", "lost_reason", "joined_to", "hand_over_to",
)  # fmt: skip


class CaseQuerySet(models.QuerySet["Case"]):
    def leads(self) -> Self:
        return self.filter(kind=Case.Kind.LEAD)

    def opportunities(self) -> Self:
        return self.filter(kind=Case.Kind.OPPORTUNITY)

    def standing(self) -> Self:
        """Leave out what was joined to another case."""
        return self.filter(joined_to=None)

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def new(self) -> Self:
        """Nobody is assigned, and it is not closed."""
        return self.filter(closed_at=None, assignee=None)

    def active(self) -> Self:
        return self.filter(closed_at=None, assignee__isnull=False)

    def done(self) -> Self:
        return self.filter(closed_at__isnull=False, joined_to=None)

    def due(self, now: datetime) -> Self:
        """Want a look by their stage, and nobody is looking at them."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lte=now), wake_at__lte=now)

    def overdue(self, now: datetime) -> Self:
        return self.filter(overdue_at__lte=now)


class Case(Address):
    """One piece of sales work for one contact: a lead until it is won, or an opportunity."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("lead")
        OPPORTUNITY = "opportunity", _("opportunity")

    class Stage(models.TextChoices):
        MATCHING = "matching", _("being matched")
        ASSIGNMENT = "assignment", _("being assigned")
        ACCEPTANCE = "acceptance", _("offered")
        PROCESS = "process", _("in process")
        CLOSING = "closing", _("being closed")
        DONE = "done", _("done")

    class Outcome(models.TextChoices):
        WON = "won", _("successful")
        LOST = "lost", _("unsuccessful")
        JOINED = "joined", _("joined to another case")

    kind = models.CharField(max_length=11, choices=Kind.choices, default=Kind.LEAD)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.MATCHING)
    # When its stage wants to look at it next; empty: only when somebody acts.
    wake_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    stumbles = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    # Who is interested, as the inquiry said it; `contact` and `account` are whom we know.
    salutation = models.CharField(_("salutation"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    company = models.CharField(_("company"), max_length=160, blank=True)
    # Derived: under what it stands in lists, surname first.
    sort_name = PlainField(max_length=80, default="", blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    account = models.ForeignKey(
        "accounts.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        db_index=False,
    )
    contact = models.ForeignKey(
        "accounts.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        db_index=False,
    )
    # Whom matching is sure of, before anybody accepted: what assignment goes by.
    known_account = models.ForeignKey(
        "accounts.Account", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    known_contact = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    # In what, and where it came from.
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    lead_type = models.ForeignKey(
        "catalog.LeadType", models.PROTECT, null=True, related_name="+", db_index=False
    )
    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    source = models.ForeignKey(
        "catalog.LeadSource",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    campaign = models.ForeignKey(
        "catalog.Campaign", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2, null=True, blank=True)
    score = models.SmallIntegerField(_("score"), default=0)
    # Its number where it came from: shown, searched, never trusted to be unique.
    external_id = models.CharField(_("external number"), max_length=60, blank=True)

    # Who holds it, and who is being asked.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        db_index=False,
    )
    team = models.ForeignKey(
        "people.Team", models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    partner = models.ForeignKey(
        "people.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        db_index=False,
    )
    assigned_at = models.DateTimeField(null=True)
    asked_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="asked_cases",
        db_index=False,
    )
    asked_team = models.ForeignKey(
        "people.Team", models.SET_NULL, null=True, related_name="asked_cases", db_index=False
    )
    asked_partner = models.ForeignKey(
        "people.Partner", models.SET_NULL, null=True, related_name="asked_cases", db_index=False
    )
    # Whether the one asked may say no; otherwise the case is theirs at once.
    asked_by_offer = models.BooleanField(default=False)
    # Opening hours to answer, where whoever asked said so; empty: as the lead type says.
    answer_hours = models.PositiveSmallIntegerField(null=True)

    # Where in which process, since when, and what becomes of that.
    process = models.ForeignKey(
        "catalog.Process",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        db_index=False,
    )
    phase = models.ForeignKey(
        "catalog.Phase", models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    phase_entered_at = models.DateTimeField(null=True)
    # From here the duration counts: entry, acceptance for the first phase, or the end of a deferral.
    clock_from = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # Until here an appointment ahead or an open task keeps it from being overdue.
    held_until = models.DateTimeField(null=True)
    # Derived by `overdue.reckon`: it is overdue from this moment on, if nothing happens.
    overdue_at = models.DateTimeField(null=True)
    deferred_until = models.DateTimeField(null=True)
    deferred_to_phase = models.ForeignKey(
        "catalog.Phase", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    accepted_at = models.DateTimeField(null=True)
    first_activity_at = models.DateTimeField(null=True)

    # How it ended.
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    lost_reason = models.ForeignKey(
        "catalog.Reason", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    closing_comment = models.TextField(blank=True)
    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="joined", db_index=False
    )
    # The lead that opened this opportunity, and to whom the opportunity is to go.
    opened_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="opened")
    hand_over_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="case_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="lost") | Q(lost_reason__isnull=False),
                name="case_lost_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(joined_to=None) | Q(outcome="joined"), name="case_joined_is_closed"
            ),
            models.CheckConstraint(
                condition=Q(phase=None) | Q(process__isnull=False), name="case_phase_has_process"
            ),
            models.CheckConstraint(
                condition=Q(opened_by=None) | Q(kind="opportunity"), name="case_only_leads_open"
            ),
        ]
        indexes: ClassVar = [
            # The due work, and nothing but it.
            models.Index(fields=["wake_at", "id"], condition=Q(wake_at__isnull=False), name="case_due"),
            # The three groups of the overview, newest first.
            models.Index(
                fields=["kind", "-created_at", "-id"], condition=Q(closed_at=None, assignee=None), name="case_new",
            ),
            models.Index(
                fields=["kind", "-created_at", "-id"], condition=Q(closed_at=None, assignee__isnull=False), name="case_active",
            ),
            models.Index(
                fields=["kind", "-closed_at", "-id"],
                condition=Q(closed_at__isnull=False, joined_to=None), name="case_done",
            ),
            # A person's, a team's, a partner's work.
            models.Index(fields=["assignee", "phase", "-id"], condition=Q(closed_at=None), name="case_of_assignee"),
            models.Index(fields=["team", "-id"], condition=Q(closed_at=None), name="case_of_team"),
            models.Index(fields=["partner", "-id"], condition=Q(closed_at=None), name="case_of_partner"),
            # The board: its cards in their order, and all that is counted and summed up of them.
            models.Index(
                fields=["phase", "overdue_at", "-id", "assignee", "team", "partner", "kind", "value", "phase_entered_at"],
                condition=Q(closed_at=None, assignee__isnull=False), name="case_on_board",
            ),
            # What ended lately in a process, and what it was worth.
            models.Index(
                fields=["process", "closed_at", "outcome", "assignee", "team", "partner", "kind", "value"],
                condition=Q(closed_at__isnull=False), name="case_ended",
            ),
            models.Index(fields=["overdue_at", "id"], condition=Q(overdue_at__isnull=False), name="case_overdue"),
            # The columns by which lists are sorted.
            models.Index(fields=["kind", "score", "id"], name="case_by_score"),
            models.Index(fields=["kind", "value", "id"], name="case_by_value"),
            models.Index(fields=["kind", "sort_name", "id"], condition=Q(closed_at=None), name="case_by_name"),
            models.Index(
                fields=["kind", "sort_name", "id"],
                condition=Q(closed_at__isnull=False, joined_to=None), name="case_done_by_name",
            ),
            models.Index(
                fields=["kind", "outcome", "id"],
                condition=Q(closed_at__isnull=False, joined_to=None), name="case_done_by_outcome",
            ),
            models.Index(fields=["kind", "overdue_at", "id"], condition=Q(closed_at=None), name="case_by_due"),
            # What a case points to, where it does: most links of a new case are empty, and indexes
            # that leave those out need not be written for it.
            *(
                models.Index(fields=[name], condition=Q((f"{name}__isnull", False)), name=f"case_{name}")
                for name in LINKS
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return display_name(
            first=self.first_name,
            last=self.last_name,
            company=self.company,
            email=self.email,
            phone=self.phone,
        )

    @property
    def list_name(self) -> str:
        """Return under what it stands in lists; kept as `sort_name`."""
        person = f"{self.last_name} {self.first_name}".strip()
        return plain(person or self.name)[:80]

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def is_overdue(self, now: datetime) -> bool:
        return self.overdue_at is not None and self.overdue_at <= now


class LeadManager(models.Manager["Lead"]):
    def get_queryset(self) -> models.QuerySet["Lead"]:
        return super().get_queryset().filter(kind=Case.Kind.LEAD)


class Lead(Case):
    objects: ClassVar[LeadManager] = LeadManager()  # type: ignore[assignment]

    class Meta:
        proxy = True


class OpportunityManager(models.Manager["Opportunity"]):
    def get_queryset(self) -> models.QuerySet["Opportunity"]:
        return super().get_queryset().filter(kind=Case.Kind.OPPORTUNITY)


class Opportunity(Case):
    objects: ClassVar[OpportunityManager] = OpportunityManager()  # type: ignore[assignment]

    class Meta:
        proxy = True


class Inquiry(models.Model):
    """
    What came in, as it came in; only `case` and the verdict on it are ever written again.

    What could not become a lead has no case, but `faults`: a list of {"field", "code", "value"}.
    """

    class Channel(models.TextChoices):
        FORM = "form", _("web form")
        API = "api", _("interface")
        FILE = "file", _("file")
        MAIL = "mail", _("e-mail")
        HAND = "hand", _("by hand")

    # The same submission twice makes one inquiry.
    key = models.CharField(max_length=80, unique=True)
    channel = models.CharField(max_length=4, choices=Channel.choices)
    received_at = models.DateTimeField()
    payload = models.JSONField()
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="inquiries")
    faults = models.JSONField(default=list)
    # Which import brought it, and from which record and line of the file.
    import_id = models.BigIntegerField(null=True)
    row = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["import_id", "row"],
                condition=Q(import_id__isnull=False),
                name="inquiry_of_import",
            )
        ]


class CaseWord(models.Model):
    """One word by whose beginning a case is found in the search."""

    pk = models.CompositePrimaryKey("word", "case_id")
    word = PlainField(max_length=40)
    # Written and deleted with the case; to check each word once more would cost more than to write it.
    case = models.ForeignKey(
        Case, models.CASCADE, related_name="words", db_index=False, db_constraint=False
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "word"], name="case_word_of_case")]
