"""The addresses of the shell: notices, language, theme, keyboard, log-in and log-out."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from lotse.web.shell import login, password, views

urlpatterns = [
    path("login/", login.LogIn.as_view(), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path(
        "password/reset/",
        login_not_required(password.Ask.as_view()),
        name="password_reset",
    ),
    path(
        "password/reset/sent/",
        login_not_required(
            auth.PasswordResetDoneView.as_view(template_name="web/password/sent.html")
        ),
        name="password_reset_done",
    ),
    path(
        "password/reset/<uidb64>/<token>/",
        login_not_required(
            auth.PasswordResetConfirmView.as_view(
                template_name="web/password/choose.html", success_url="/login/"
            )
        ),
        name="password_reset_confirm",
    ),
    path(
        "password/",
        auth.PasswordChangeView.as_view(
            template_name="web/password/change.html", success_url="/profile/"
        ),
        name="password_change",
    ),
    path("favicon.ico", views.favicon, name="favicon"),
    path("keyboard/", views.keyboard, name="keyboard"),
    path("notices/", views.notices, name="notices"),
    path("notices/reading/", views.notices_read, name="notices-read"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
]
