"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.config.settings")
application = get_wsgi_application()

from lotse.config.checks import refuse_unsound  # noqa: E402

refuse_unsound()
