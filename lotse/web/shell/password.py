"""Asking for a new password: the link leaves through the outbox, like every other mail."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.views import PasswordResetView

from lotse.records.outbox.models import Message
from lotse.records.outbox.services import post
from lotse.records.people.models import User
from lotse.web.desk import DeskRequest


class AskForm(PasswordResetForm):
    """Takes any address; whether somebody is known by it, nobody is told."""

    def get_users(self, email: str) -> Iterable[User]:
        # Also those who never set a password: they may have lost the link that invited them.
        return User.objects.filter(email=email.strip().lower(), is_active=True)

    def save(self, *args: Any, **options: Any) -> None:
        now = cast("DeskRequest", options["request"]).now
        post(
            Message(
                # One a minute, however often the button is pressed.
                key=f"password:{user.pk}:{now:%Y-%m-%dT%H:%M}",
                kind="password",
                to_user=user,
                to_address=user.email,
                language=user.language,
                created_at=now,
                not_before=now,
            )
            for user in self.get_users(self.cleaned_data["email"])
        )


class Ask(PasswordResetView):
    form_class = AskForm
    template_name = "web/password/ask.html"
    success_url = "/password/reset/sent/"
