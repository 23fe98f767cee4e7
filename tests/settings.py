"""The settings under test: a folder and a database of their own, and cheap passwords."""

import os

from tests import databases

os.environ["LOTSE_HOME"] = str(databases.home())
os.environ["LOTSE_DATABASE_URL"] = databases.url()

from lotse.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A file, as in production: SQLite in memory locks whole tables between threads.
DATABASES["default"]["TEST"] = {"NAME": str(databases.folder() / "lotse-test.sqlite3")}  # noqa: F405
if databases.on_postgres():
    DATABASES["default"]["TEST"] = {"NAME": "lotse_test"}  # noqa: F405

# Static files come from where they stand; nobody has collected them.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
