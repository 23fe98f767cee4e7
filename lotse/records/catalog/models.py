"""The lists an administrator keeps: what is asked for, where it came from, how it is worked."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lotse.kernel.durations import Duration, Unit

UNITS = [
    (Unit.HOUR.value, _("hours")),
    (Unit.DAY.value, _("days")),
    (Unit.WEEK.value, _("weeks")),
    (Unit.MONTH.value, _("months")),
]


class TwoNames(models.Model):
    """A name in German and English; the reader's is shown, the other stands in where one is empty."""

    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_in(get_language() or "de")

    def name_in(self, language: str) -> str:
        wanted, other = (
            (self.name_en, self.name_de)
            if language.startswith("en")
            else (self.name_de, self.name_en)
        )
        return wanted or other


class ProductLine(TwoNames):
    key = models.SlugField(_("key"), unique=True)
    icon = models.SlugField(_("sign"), max_length=24, default="box")


class Product(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    line = models.ForeignKey(
        ProductLine, models.PROTECT, null=True, blank=True, related_name="products"
    )
    number = models.CharField(_("number"), max_length=40, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    def __str__(self) -> str:
        return self.name


class LeadSource(models.Model):
    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("active"), default=True)

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    def __str__(self) -> str:
        return self.name


class Reason(TwoNames):
    """Why a lead was lost, or declined."""

    class Use(models.TextChoices):
        LOST = "lost", _("closing unsuccessfully")
        DECLINED = "declined", _("declining")

    use = models.CharField(_("used for"), max_length=8, choices=Use.choices)
    key = models.SlugField(_("key"))
    needs_comment = models.BooleanField(_("asks for a word on it"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["use", "key"], name="reason_once")]


class Process(TwoNames):
    """An ordered list of phases, for leads or for opportunities."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("lead process")
        OPPORTUNITY = "opportunity", _("sales process")

    key = models.SlugField(_("key"), unique=True)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    # The tab "Follow-up": off until switched on.
    follow_up_since = models.DateTimeField(_("follow-up since"), null=True, blank=True)
    interval_number = models.PositiveSmallIntegerField(_("every"), default=1)
    interval_unit = models.CharField(
        _("unit"), max_length=5, choices=UNITS[1:], default=Unit.WEEK.value
    )
    starts_again = models.BooleanField(
        _("a new series when an appointment or task has passed"), default=True
    )
    version = models.PositiveIntegerField(default=1)

    @property
    def interval(self) -> Duration:
        return Duration(self.interval_number, Unit(self.interval_unit))


class StandingPhases(models.Manager["Phase"]):
    """The phases that are part of their process now."""

    def get_queryset(self) -> models.QuerySet["Phase"]:
        return super().get_queryset().filter(removed_at=None)


class Phase(TwoNames):
    """
    A place in a process; how long a case may stay in it before it is overdue.

    One that was taken out of its process stays: histories name it, and what was closed in it.
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("open")
        WON = "won", _("won")
        LOST = "lost", _("lost")

    process = models.ForeignKey(Process, models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.OPEN)
    duration_number = models.PositiveSmallIntegerField(_("duration"), null=True, blank=True)
    duration_unit = models.CharField(_("unit"), max_length=5, choices=UNITS, blank=True)
    probability = models.PositiveSmallIntegerField(_("probability"), null=True, blank=True)
    # 1 to 8, won or lost: what `data-phase` in the style sheet knows.
    colour = models.CharField(_("colour"), max_length=4, default="1")
    only_managers_leave = models.BooleanField(_("only managers may move out"), default=False)
    required_fields = models.JSONField(_("required fields"), default=list, blank=True)
    removed_at = models.DateTimeField(null=True)

    objects = StandingPhases()
    # Also those that were removed.
    every: ClassVar[models.Manager["Phase"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(duration_number=None, duration_unit="")
                | Q(duration_number__gte=1, duration_unit__in=[u.value for u in Unit]),
                name="phase_duration_whole",
            ),
        ]

    @property
    def duration(self) -> Duration | None:
        if not self.duration_number:
            return None
        return Duration(self.duration_number, Unit(self.duration_unit))


class LeadType(TwoNames):
    """What sort of inquiry, and how it is handled."""

    class Opens(models.TextChoices):
        LEAD = "lead", _("a lead, to be qualified first")
        OPPORTUNITY = "opportunity", _("an opportunity at once")

    key = models.SlugField(_("key"), unique=True)
    opens = models.CharField(
        _("acceptance opens"), max_length=11, choices=Opens.choices, default=Opens.LEAD
    )
    # None linked means all.
    processes = models.ManyToManyField(Process, related_name="lead_types", blank=True)
    decline_needs_reason = models.BooleanField(_("declining needs a reason"), default=True)
    # Name, phone and e-mail are told to whoever accepts, and to nobody who only looks.
    keeps_contact_back = models.BooleanField(
        _("contact details only after accepting"), default=True
    )
    decline_needs_comment = models.BooleanField(_("declining needs a comment"), default=False)
    offer_hours = models.PositiveSmallIntegerField(_("opening hours to answer"), default=24)
    first_activity_hours = models.PositiveSmallIntegerField(
        _("opening hours until the first activity"), default=24
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_default = models.BooleanField(_("where nothing else is said"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_lead_type"
            )
        ]


class SalesArea(models.Model):
    """Where a partner or team sells: a country and a range of postcodes, both ends included."""

    partner = models.ForeignKey(
        "people.Partner", models.CASCADE, null=True, blank=True, related_name="areas"
    )
    team = models.ForeignKey(
        "people.Team", models.CASCADE, null=True, blank=True, related_name="areas"
    )
    country = models.CharField(_("country"), max_length=2)
    postcode_from = models.CharField(_("postcode from"), max_length=10)
    postcode_until = models.CharField(_("postcode to"), max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(partner=None, team__isnull=False) | Q(partner__isnull=False, team=None),
                name="area_has_one_holder",
            )
        ]
