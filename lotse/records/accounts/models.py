"""Companies and people we know, what they agreed to, and by which keys they are found again."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _


class PlainField(models.CharField):  # type: ignore[type-arg]
    """Text without capitals and accents, in the order of its bytes on every database."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        # Only in this order does an index find all words with the same beginning; it is SQLite's own.
        found = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            found["collation"] = "C"
        return found


class Address(models.Model):
    """A postal address; a postcode is text."""

    street = models.CharField(_("street"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta:
        abstract = True


class Account(Address):
    """A company."""

    name = models.CharField(_("name"), max_length=160)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    website = models.CharField(_("website"), max_length=160, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=24, blank=True)
    customer_number = models.CharField(_("customer number"), max_length=40, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="accounts"
    )
    team = models.ForeignKey("people.Team", models.SET_NULL, null=True, blank=True)
    partner = models.ForeignKey("people.Partner", models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(_("created at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="account_by_name")]

    def __str__(self) -> str:
        return self.name


class Contact(Address):
    """A person; a private one stands under no account."""

    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    salutation = models.CharField(_("salutation"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    position = models.CharField(_("position"), max_length=80, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    mobile = models.CharField(_("mobile"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    team = models.ForeignKey("people.Team", models.SET_NULL, null=True, blank=True)
    partner = models.ForeignKey("people.Partner", models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(_("created at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["last_name", "first_name", "id"], name="contact_by_name")
        ]

    def __str__(self) -> str:
        return " ".join(p for p in (self.title, self.first_name, self.last_name) if p) or (
            self.email or self.phone
        )


class Consent(models.Model):
    """What a contact agreed to on one channel, and how that is proved; the newest row counts."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("none")
        GRANTED = "granted", _("agreed")
        REFUSED = "refused", _("refused")

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        PHONE = "phone", _("phone")
        POST = "post", _("post")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    state = models.CharField(max_length=7, choices=State.choices)
    wording = models.TextField(blank=True)
    proof = models.CharField(max_length=200, blank=True)
    since_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["contact", "channel", "-id"], name="consent_newest")
        ]


class FormerValue(models.Model):
    """
    A value that a field of an account or contact had, or was offered and not taken.

    Kept apart from the journal, which holds no names and addresses, so that erasing a person can
    delete it.
    """

    record_type = models.CharField(max_length=8)
    record_id = models.BigIntegerField()
    field = models.CharField(max_length=32)
    value = models.TextField()
    was_taken = models.BooleanField()
    entry_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["record_type", "record_id"], name="former_of_record"),
            models.Index(fields=["entry_id"], name="former_of_entry"),
        ]


class MatchKey(models.Model):
    """One key by which a record may be found: the hash of a kind of key and its value."""

    class Of(models.IntegerChoices):
        ACCOUNT = 1
        CONTACT = 2
        CASE = 3

    of = models.PositiveSmallIntegerField(choices=Of.choices)
    key = models.BigIntegerField()
    record_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "key", "record_id"], name="match_key_once")
        ]
        indexes: ClassVar = [models.Index(fields=["of", "record_id"], name="match_key_of_record")]


class SearchWord(models.Model):
    """One word by whose beginning an account or contact is found in the search."""

    of = models.PositiveSmallIntegerField(choices=MatchKey.Of.choices)
    word = PlainField(max_length=40)
    record_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "word", "record_id"], name="search_word_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["of", "record_id", "word"], name="search_word_of_record")
        ]
