"""Logging in: by e-mail and password, with a limit on guessing, and back only into our own house."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lotse.web.safe_next import is_ours


class LogInForm(AuthenticationForm):
    remember = forms.BooleanField(label=_("Stay signed in"), required=False)

    error_messages = {  # noqa: RUF012 - as the parent has it
        "invalid_login": _("E-mail and password do not belong together."),
        "inactive": _("E-mail and password do not belong together."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget.attrs.update(autocomplete="username", type="email")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class LogIn(LoginView):
    template_name = "web/login.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        wanted = super().get_redirect_url()
        return wanted if is_ours(wanted, self.request) else ""

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        if not form.cleaned_data["remember"]:
            # Until the browser closes.
            self.request.session.set_expiry(0)
        return response


def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None = None, *_args: Any, **_kwargs: Any
) -> HttpResponse:
    """Answer whoever guessed too often."""
    return render(request, "web/locked_out.html", status=429)
