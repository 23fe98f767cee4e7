"""The link with which somebody sets their first password, or a new one."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from lotse.records.people.models import User

# How long somebody who is invited may take; whoever asks for a new password waits for the mail.
INVITATION = timedelta(days=7)


class _Invitations(PasswordResetTokenGenerator):
    def _now(self) -> datetime:
        # Its tokens are checked like all others, by their age: these begin to age later.
        return super()._now() + INVITATION - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def password_link(user: User) -> str:
    """
    Return a link that works once, for an hour, and only until the password or the last log-in changes.

    It begins with the configured address of this installation: what a request says of its host may
    be a stranger's invention.
    """
    return _link(user, default_token_generator)


def invitation_link(user: User) -> str:
    """Return such a link that works for a week, for whoever is to hand it on by themselves."""
    return _link(user, _Invitations())


def _link(user: User, tokens: PasswordResetTokenGenerator) -> str:
    where = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": tokens.make_token(user),
    }
    return settings.BASE_URL + reverse("password_reset_confirm", kwargs=where)
