"""The link with which somebody sets their first password, or a new one."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from lotse.records.people.models import User


def password_link(user: User) -> str:
    """
    Return a link that works once, for an hour, and only until the password or the last log-in changes.

    It begins with the configured address of this installation: what a request says of its host may
    be a stranger's invention.
    """
    where = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    return settings.BASE_URL + reverse("password_reset_confirm", kwargs=where)
