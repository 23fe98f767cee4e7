"""Every setting, each read from the environment, with a default that runs on a laptop."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from lotse.config import logs
from lotse.config.environment import env, env_choice, env_database, env_flag
from lotse.config.secret import read_or_make

# Lets forms and managers say what they hold: ModelForm[User].
django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parent.parent


# Where Lotse keeps what it writes: the SQLite file, uploads, the secret key of a laptop.
HOME = Path(env("LOTSE_HOME", str(Path.cwd() / "var"))).absolute()

# "laptop" takes defaults that just work; "production" refuses to start with an insecure one.
MODE = env_choice("LOTSE_MODE", "laptop", ("laptop", "production"))
PRODUCTION = MODE == "production"
DEBUG = env_flag("LOTSE_DEBUG", default=False)

# Signs sessions and links. A laptop makes its own when it is first needed, not when the settings
# are merely read.
SECRET_KEY: Any = env("LOTSE_SECRET_KEY")
if not SECRET_KEY and not PRODUCTION:
    SECRET_KEY = SimpleLazyObject(lambda: read_or_make(HOME / "secret-key"))

LAPTOP_HOSTS = "localhost,127.0.0.1,[::1]"
ALLOWED_HOSTS = [
    host.strip()
    for host in env("LOTSE_HOSTS", "" if PRODUCTION else LAPTOP_HOSTS).split(",")
    if host.strip()
]
# The address people use, for links in mails.
BASE_URL = env("LOTSE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "lotse.records.people",
    "lotse.records.journal",
    "lotse.records.outbox",
    "lotse.records.accounts",
    "lotse.records.catalog",
    "lotse.records.cases",
    "lotse.records.activities",
    "lotse.stages.intake",
    "lotse.stages.matching",
    "lotse.stages.assignment",
    "lotse.stages.acceptance",
    "lotse.stages.process",
    "lotse.stages.closing",
    "lotse.web",
    "lotse.api",
    "lotse.worker",
    "lotse.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "template_partials",
    "django_htmx",
    "csp",
    "ninja",
    "axes",
]

MIDDLEWARE = [
    "lotse.config.watching.watching",
    "lotse.config.requests.one_line_each",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lotse.web.desk.middleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lotse.config.urls"
WSGI_APPLICATION = "lotse.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lotse.web.shell.context.shell",
            ],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": env_database("LOTSE_DATABASE_URL", f"sqlite:///{HOME / 'lotse.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "lotse.config.sqlite"
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start, so that
    # nobody finds the database locked in the middle of a transaction.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
PASSWORD_RESET_TIMEOUT = 3600
CSRF_FAILURE_VIEW = "lotse.web.shell.views.csrf_failed"
# Five wrong passwords close an account for a quarter of an hour, from wherever they come: neither
# another browser nor another network gets around it. Counting by network instead would close a whole
# office for one colleague's typing, and everybody where a proxy hides the networks; counting by both
# together would give a guesser five more tries from each network.
AXES_FAILURE_LIMIT = 5
AXES_USERNAME_FORM_FIELD = "username"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "lotse.web.shell.login.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = env_choice("LOTSE_LANGUAGE", "de", ("de", "en"))
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# Days and opening hours are reckoned here where a user, team or partner has no zone of its own.
HOME_ZONE = env("LOTSE_ZONE", "Europe/Berlin")
# Numbers and postcodes without a country belong here.
HOME_COUNTRY = env("LOTSE_COUNTRY", "DE")
CURRENCY = env("LOTSE_CURRENCY", "EUR")
COMPANY_NAME = env("LOTSE_COMPANY", "Lotse")

# The daily run that sends the follow-up mails: a time of day on the wall of a zone.
FOLLOW_UP_TIME = env("LOTSE_FOLLOW_UP_TIME", "07:00")
FOLLOW_UP_ZONE = env("LOTSE_FOLLOW_UP_ZONE", "UTC")

# The mail server: smtp://user:password@host:587?starttls=1, or smtps://; without one, mails wait in
# the outbox.
SMTP_URL = env("LOTSE_SMTP_URL")
MAIL_FROM = env("LOTSE_MAIL_FROM", "Lotse <lotse@localhost>")
# bounces@brise.example: what cannot be delivered comes back to bounces+…@brise.example, `lotse bounce`.
MAIL_BOUNCES = env("LOTSE_MAIL_BOUNCES")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "lotse.config.static.Hashed"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# On a laptop files are served from where they lie, so that nothing has to be collected first.
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = HOME / "uploads"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
# Lotse itself speaks plain HTTP on this machine; a proxy in front of it does the encryption and says
# so in a header, which gunicorn takes from nobody but the addresses it trusts.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SILENCED_SYSTEM_CHECKS = [
    # Speaking for the names beside and below ours is not for us to decide.
    "security.W005",
    "security.W021",
    # It warns that guesses are not counted by network, see AXES_LOCKOUT_PARAMETERS.
    "axes.W006",
]
X_FRAME_OPTIONS = "DENY"

LOG_LEVEL = env_choice("LOTSE_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = logs.config(as_json=PRODUCTION, level=LOG_LEVEL)
# Whoever sends this as a bearer token may read /metrics; empty means nobody.
METRICS_TOKEN = env("LOTSE_METRICS_TOKEN")
