"""Who works with Lotse: users, teams, partners, what they may, when they are there."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class OpeningHours(models.Model):
    """A calendar of a team or partner: open spans of each weekday, in a named zone."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    zone = models.CharField(_("time zone"), max_length=64)
    # {"0": [["09:00", "17:00"]], ...}; 0 is Monday. No weekday at all means always open.
    week = models.JSONField(_("week"), default=dict, blank=True)

    def __str__(self) -> str:
        return self.name


class ClosedDay(models.Model):
    """A day on which a calendar counts no hour, and why."""

    hours = models.ForeignKey(OpeningHours, models.CASCADE, related_name="closed_days")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hours", "day"], name="closed_day_once")
        ]


class Team(models.Model):
    """A group inside the company."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    manager = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, blank=True, related_name="managed_teams"
    )
    hours = models.ForeignKey(OpeningHours, models.SET_NULL, null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """A company outside that takes leads and sells on its own."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    is_active = models.BooleanField(_("active"), default=True)
    manager = models.ForeignKey(
        "people.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="managed_partners",
        help_text=_("Who inside the company looks after this partner."),
    )
    hours = models.ForeignKey(OpeningHours, models.SET_NULL, null=True, blank=True)
    # How many open cases the partner takes at a time; empty means any number.
    capacity = models.PositiveIntegerField(_("open cases at most"), null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """
    What its holders may do: a level for each entity and act, and single rights.

    `matrix` is {"lead": {"see": "team", "edit": "own"}, ...}; what is not named is "none".
    The words, and what they mean, stand in `lotse.access.policy`.
    """

    key = models.SlugField(_("key"), unique=True)
    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    matrix = models.JSONField(_("matrix"), default=dict, blank=True)
    rights = models.JSONField(_("rights"), default=list, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        is_english = (get_language() or "de").startswith("en")
        return (self.name_en if is_english else self.name_de) or self.name_de


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in; inside a company, or of a partner."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("System")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    roles = models.ManyToManyField(Role, related_name="users", blank=True)
    teams = models.ManyToManyField(Team, through="Membership", related_name="members")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="members"
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("de", _("German")), ("en", _("English"))],
        default="de",
    )
    zone = models.CharField(_("time zone"), max_length=64, blank=True)
    theme = models.CharField(
        _("appearance"), max_length=6, choices=Theme.choices, default=Theme.SYSTEM
    )
    single_keys = models.BooleanField(_("single-letter keys"), default=True)
    # How much this person takes: empty means any number.
    capacity = models.PositiveIntegerField(_("open cases at most"), null=True, blank=True)
    daily_capacity = models.PositiveIntegerField(
        _("new cases a day at most"), null=True, blank=True
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, help_text=_("Twice the weight gets twice the leads.")
    )
    created_at = models.DateTimeField(_("created at"))
    deactivated_at = models.DateTimeField(_("deactivated at"), null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weight__gte=1), name="user_weight_at_least_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        words = self.name.replace("-", " ").split()
        return "".join(w[0] for w in (words[:1] + words[1:][-1:])).upper()


class Membership(models.Model):
    """That a user belongs to a team; the main one takes the cases the user is given."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    is_main = models.BooleanField(_("main team"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "team"], name="member_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_main=True), name="one_main_team"
            ),
        ]


class Absence(models.Model):
    """Days on which somebody takes nothing; both days count."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    substitute = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="substitutions"
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="absence_ends_after_start"
            ),
        ]


class ApiKey(models.Model):
    """A machine's way in: acts as a person, with what that person may, or by itself with a role."""

    name = models.CharField(_("name"), max_length=80)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="keys")
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="keys")
    # SHA-256 of the key; the key itself is shown once and kept nowhere.
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role=None, user__isnull=False) | Q(role__isnull=False, user=None),
                name="key_has_role_or_user",
            )
        ]
